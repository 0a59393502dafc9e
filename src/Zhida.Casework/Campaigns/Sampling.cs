using Zhida.Casework.Proof;

namespace Zhida.Casework.Campaigns;

/// <summary>A random sample that anybody can draw again: within each stratum (city and band of amount) paid lines stand
/// in the order of SM3(seed/position), and the first ones are looked at.</summary>
/// <param name="percent">Of each stratum, rounded up: at least one.</param>
internal sealed class Sampling(string seed, int percent)
{
    private const long TenThousand = 1_000_000;
    private const long HundredThousand = 10_000_000;
    private const long Million = 100_000_000;

    /// <param name="position">The row of the frozen result table.</param>
    /// <param name="amount">分.</param>
    public IEnumerable<(T Of, string Stratum)> Draw<T>(
        IEnumerable<T> paid, Func<T, long> position, Func<T, string> city, Func<T, long> amount) =>
        paid.GroupBy(p => $"{city(p)}/{BandOf(amount(p))}")
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => g.OrderBy(p => Sm3.Hex($"{seed}/{position(p)}"), StringComparer.Ordinal)
                .Take((g.Count() * percent + 99) / 100).Select(p => (p, g.Key)));

    private static string BandOf(long fen) => fen switch
    {
        < TenThousand => "不足1万元",
        < HundredThousand => "1万至10万元",
        < Million => "10万至100万元",
        _ => "100万元以上",
    };
}
