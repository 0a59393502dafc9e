using Zhida.Policy.Deciding;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>A line of a population run as it is decided, before caps. Rows are those of the chunk.</summary>
/// <param name="Item">Index among the items of the run.</param>
/// <param name="Subject">Row of 主体.</param>
/// <param name="Object">Row of the claim object, in the table of the item's object.</param>
/// <param name="Period">A <see cref="PeriodCode"/>.</param>
/// <param name="Order">Which of its object's lines of this item it is, from 0.</param>
/// <param name="Outcome">符合, 不符合, 待补充.</param>
/// <param name="State">定额, 上限, …; 定额 only where every cap's account and limit and every payer is known too.</param>
/// <param name="Asked">In 分, rounded, before caps; where <see cref="Draws"/>.</param>
/// <param name="Share">The part of the amount that payers carry (资金), 0 to 1; 1 where the item names none.</param>
/// <param name="FirstFailed">Index of the first condition that failed, or −1.</param>
/// <param name="Missing">Code in <see cref="RunContext.Missing"/> of the missing facts; 0: none.</param>
public readonly record struct DecidedLine(
    int Item, int Subject, int Object, int Period, int Order, Outcome Outcome, AmountState State, long Asked,
    decimal Share, int FirstFailed, int Missing)
{
    /// <summary>Takes from its caps: due, with a fixed amount.</summary>
    public bool Draws => Outcome == Outcome.Due && State == AmountState.Fixed;
}

/// <summary>What a drawing line asks of one of its item's caps, in their order.</summary>
/// <param name="Key">The account's key for a cap by key; null for the scopes that follow from the line itself (行, 主体,
/// 事项) and for an object, whose key is <see cref="ObjectRow"/>.</param>
/// <param name="ObjectRow">For <see cref="Program.CapScope.Object"/>: the row of the object in its own table, else −1.
/// </param>
/// <param name="Limit">In 分, rounded down; in lines for a cap that counts lines.</param>
public readonly record struct CapAsk(string? Key, int ObjectRow, long Limit);

/// <summary>Takes what deciding a chunk gives. Used by one thread.</summary>
public abstract class LineSink
{
    /// <summary>A line that is 符合 or 待补充, or any line where all are wanted. <paramref name="asks"/>: an entry for
    /// each cap of the item where the line draws, else empty.</summary>
    public abstract void Add(in DecidedLine line, ReadOnlySpan<CapAsk> asks);

    /// <summary>Counts lines that are 不符合, for each condition that failed first.</summary>
    /// <param name="item">Index among the items of the run.</param>
    /// <param name="city">Index among <see cref="RunContext.Cities"/>.</param>
    /// <param name="condition">Index of the condition.</param>
    /// <param name="lines">How many.</param>
    public abstract void CountFailed(int item, int city, int condition, long lines);

    /// <summary>In <see cref="CountNearMiss"/>: the condition is not one number or date against another.</summary>
    public const long NoGap = long.MinValue;

    /// <summary>How many parts of a unit (元, 人, 天 …) a gap counts in.</summary>
    public const int GapsOfUnit = 10_000;

    /// <summary>Whether lines that are 差一点 are to be counted.</summary>
    public virtual bool WantsNearMisses => false;

    /// <summary>Counts a line that is 差一点: exactly one of its conditions fails and all others hold. Only called where
    /// <see cref="WantsNearMisses"/>; the line is counted by <see cref="CountFailed"/> too.</summary>
    /// <param name="item">Index among the items of the run.</param>
    /// <param name="city">Index among <see cref="RunContext.Cities"/>.</param>
    /// <param name="condition">Index of the condition that fails.</param>
    /// <param name="gap">|limit − value| of the comparison that fails, in 1/10000 of its unit (days for dates), what is
    /// beyond cut off; or <see cref="NoGap"/>.</param>
    public virtual void CountNearMiss(int item, int city, int condition, long gap)
    {
    }
}

/// <summary>A way to decide the lines of a chunk: the interpreter, or column kernels. Built once for a run and a
/// thread.</summary>
public abstract class ChunkDecider
{
    /// <summary>Decides every line of the chunk in the order of items, and of rows within an item.</summary>
    /// <param name="chunk">Subjects with all that they have.</param>
    /// <param name="sink">Takes the lines.</param>
    /// <param name="all">Whether lines that are 不符合 are added too; they are counted in any case.</param>
    public abstract void Decide(Chunk chunk, LineSink sink, bool all);

    /// <summary>The backend that really decides an item: interpreter, columns.</summary>
    public virtual string DecidedBy(int item) => "interpreter";
}
