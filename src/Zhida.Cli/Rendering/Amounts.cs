using System.Globalization;
using Zhida.Policy.Deciding;

namespace Zhida.Cli.Rendering;

/// <summary>Amounts as people read them: 1,200,000.00元; a bound shorter where it is round: 最高120万元.</summary>
internal static class Amounts
{
    public static string Text(decimal amount) => amount.ToString("#,##0.00######", CultureInfo.InvariantCulture) + "元";

    /// <summary>An amount with its state: a sum, a bound, or the reason why there is neither.</summary>
    public static string Text(AmountState state, decimal? amount, decimal? bound)
    {
        var most = bound is { } b ? $"最高{Short(b)}" : "";
        return (state, amount) switch
        {
            (AmountState.None, _) => "—",
            (AmountState.Fixed, { } fixedAmount) => Text(fixedAmount),
            (AmountState.Bound, _) => most,
            (_, { } known) => $"{Text(known)}，另有{Words.Of(state)}{Bracket(most)}",
            _ => Words.Of(state) + Bracket(most),
        };
    }

    /// <summary>100万元, 10亿元 where nothing is lost by it.</summary>
    public static string Short(decimal amount) => amount switch
    {
        0 => "0元",
        _ when amount % 100_000_000 == 0 => $"{(amount / 100_000_000).ToString("0", CultureInfo.InvariantCulture)}亿元",
        _ when amount % 100 == 0 => $"{(amount / 10_000).ToString("0.##", CultureInfo.InvariantCulture)}万元",
        _ => Text(amount),
    };

    private static string Bracket(string text) => text.Length == 0 ? "" : $"（{text}）";
}
