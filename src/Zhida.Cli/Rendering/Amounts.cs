using System.Globalization;
using Zhida.Policy.Deciding;

namespace Zhida.Cli.Rendering;

/// <summary>Amounts as people read them: 1,200,000.00元, 最高…（待细则）.</summary>
internal static class Amounts
{
    public static string Text(decimal amount) => amount.ToString("#,##0.00######", CultureInfo.InvariantCulture) + "元";

    /// <summary>An amount with its state: a sum, a bound, or the reason why there is neither.</summary>
    public static string Text(AmountState state, decimal? amount, decimal? bound)
    {
        var most = bound is { } b ? $"最高{Text(b)}" : "";
        return (state, amount) switch
        {
            (AmountState.None, _) => "—",
            (AmountState.Fixed, { } fixedAmount) => Text(fixedAmount),
            (AmountState.Bound, _) => most,
            (_, { } known) => $"{Text(known)}，另有{Words.Of(state)}{Bracket(most)}",
            _ => Words.Of(state) + Bracket(most),
        };
    }

    private static string Bracket(string text) => text.Length == 0 ? "" : $"（{text}）";
}
