namespace Zhida.Policy.Deciding;

/// <summary>Splits an amount in proportion to weights so that the parts, in whole 分, add up to it: each gets its part
/// rounded down, the 分 left over go to the largest remainders, ties to the earlier (Hamilton's method).</summary>
public static class LargestRemainder
{
    /// <summary>Parts of <paramref name="total"/> (元) by weight; all zero where the weights are.</summary>
    public static decimal[] Split(decimal total, IReadOnlyList<decimal> weights)
    {
        var parts = new decimal[weights.Count];
        var sum = weights.Sum();
        if (sum <= 0) return parts;
        var remainders = new decimal[weights.Count];
        var leftOver = decimal.Truncate(total * 100);
        for (var i = 0; i < parts.Length; i++)
        {
            var exact = total * 100 * (weights[i] / sum);
            parts[i] = decimal.Floor(exact);
            remainders[i] = exact - parts[i];
            leftOver -= parts[i];
        }
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i))
        {
            if (leftOver <= 0) break;
            parts[i]++;
            leftOver--;
        }
        for (var i = 0; i < parts.Length; i++) parts[i] /= 100;
        return parts;
    }
}
