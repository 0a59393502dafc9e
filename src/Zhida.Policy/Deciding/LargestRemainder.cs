using System.Numerics;

namespace Zhida.Policy.Deciding;

/// <summary>Splits an amount in proportion to weights so that the parts, in whole 分, add up to it: each gets its part
/// rounded down, the 分 left over go to the largest remainders, ties to the earlier (Hamilton's method). Exact: no
/// quotient is rounded on the way.</summary>
public static class LargestRemainder
{
    /// <summary>Parts of <paramref name="total"/> (元) by weight; all zero where the weights are.</summary>
    public static decimal[] Split(decimal total, IReadOnlyList<decimal> weights)
    {
        byte scale = 0;
        foreach (var weight in weights) scale = Math.Max(scale, weight.Scale);
        var parts = Split((BigInteger)decimal.Truncate(total * 100), [.. weights.Select(w => Scaled(w, scale))]);
        return [.. parts.Select(p => (decimal)p / 100)];
    }

    /// <summary>Parts of <paramref name="total"/> (分) by weight, neither negative.</summary>
    public static long[] Split(long total, IReadOnlyList<long> weights)
    {
        var parts = Split((UInt128)total, [.. weights.Select(w => (UInt128)w)]);
        return [.. parts.Select(p => (long)p)];
    }

    /// <summary>The weight times 10^scale, a whole number.</summary>
    private static BigInteger Scaled(decimal weight, byte scale)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(weight, words);
        var digits = new BigInteger(new decimal(words[0], words[1], words[2], weight < 0, 0));
        return digits * BigInteger.Pow(10, scale - weight.Scale);
    }

    private static T[] Split<T>(T total, T[] weights) where T : IBinaryInteger<T>
    {
        var parts = new T[weights.Length];
        var sum = T.Zero;
        foreach (var weight in weights) sum += weight;
        if (sum <= T.Zero)
        {
            Array.Fill(parts, T.Zero);
            return parts;
        }
        var remainders = new T[weights.Length];
        var leftOver = total;
        for (var i = 0; i < parts.Length; i++)
        {
            (parts[i], remainders[i]) = T.DivRem(total * weights[i], sum);
            leftOver -= parts[i];
        }
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i))
        {
            if (leftOver <= T.Zero) break;
            parts[i]++;
            leftOver--;
        }
        return parts;
    }
}
