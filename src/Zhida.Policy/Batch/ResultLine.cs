using Zhida.Policy.Deciding;

namespace Zhida.Policy.Batch;

/// <summary>A line of a population run as it leaves: decided, and after caps.</summary>
/// <param name="Subject">编号 of the subject.</param>
/// <param name="Object">编号 of the claim object; empty where nobody said whether there is one.</param>
/// <param name="Item">Index among <see cref="RunContext.Items"/>.</param>
/// <param name="Period">A <see cref="PeriodCode"/>.</param>
/// <param name="Outcome">符合, 不符合, 待补充.</param>
/// <param name="State">定额, 上限, …</param>
/// <param name="Amount">In 分, after caps and payers; only for 定额 of a line that is 符合.</param>
/// <param name="FirstFailed">Index of the condition that failed first, or −1.</param>
/// <param name="Missing">Code in <see cref="RunContext.Missing"/> of the missing facts; 0: none.</param>
/// <param name="Bit">The name of the cap that reduced the amount, or <see cref="Exclusion"/>; null: nothing
/// did.</param>
/// <param name="City">Index among <see cref="Cities.Names"/> of the subject's place.</param>
public readonly record struct ResultLine(
    string Subject, string Object, int Item, int Period, Outcome Outcome, AmountState State, long? Amount,
    int FirstFailed, int Missing, string? Bit, int City)
{
    /// <summary>Of a line that waited for all others: 申报时间 as days since 1970-01-01, <see cref="int.MaxValue"/> where
    /// it is not known. They come in the order of it, of object, subject, item and period. Else 0.</summary>
    public int Filed { get; init; }

    /// <summary>上限作用 where another item of the exclusion group was better.</summary>
    public const string Exclusion = "互斥";
}
