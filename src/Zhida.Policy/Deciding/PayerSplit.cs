using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>资金: who pays which part of a line. A payer whose condition failed falls away with its share, so the parts
/// may add up to less than the amount asked, even to nothing; then that sum is the line's amount.</summary>
internal static class PayerSplit
{
    public static void Apply(Line line)
    {
        if (line.Item.Payers.Count == 0 || line.Amount is not { } amount) return;
        var total = line.Shares.Sum(s => s.Share);
        var payable = Payable(amount, total, line.Item.Rounding);
        var parts = LargestRemainder.Split(payable, [.. line.Shares.Select(s => s.Share)]);
        line.Payers = [.. line.Shares.Select((s, i) => (s.Payer, parts[i]))];
        line.Amount = payable;
    }

    /// <summary>What is paid where the payers together carry this share of an amount: all of it, or that part, rounded
    /// as the item says but never to more than the amount.</summary>
    public static decimal Payable(decimal amount, decimal share, Rounding rounding) =>
        share >= 1 ? amount : Math.Min(amount, rounding.Apply(amount * share));
}
