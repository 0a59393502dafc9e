using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;

namespace Zhida.Policy.Program;

/// <summary>What the applicant gets (方式).</summary>
public enum Method { InterestSubsidy, Grant, Award, Compensation, Discount, Quota, Service, Easement }

/// <summary>How it reaches the applicant (兑现): 免申即享, 快申快享, 竞争评审, 减免, 额度, 服务, 便利.</summary>
public enum Delivery { NoApplication, ShortApplication, Competitive, Discount, QuotaDraw, Service, Easement }

/// <summary>The period of a line (按): 自然年度, 印发起12个月, 申报批次, 政策期, 一次.</summary>
public enum PeriodKind { CalendarYear, PolicyYear, Batch, Policy, Once }

/// <summary>The period of lines: fixed, or picked by a reading whose options are kinds of period.</summary>
public sealed record PeriodRule(PeriodKind Kind, Reading? Reading);

/// <summary>How an amount becomes 分: a step in 元 (0.01, 1, 100, …) and a direction.</summary>
public sealed record Rounding(decimal Step, RoundingMode Mode)
{
    public static readonly Rounding HalfUpToFen = new(0.01m, RoundingMode.HalfUp);

    public decimal Apply(decimal amount)
    {
        var steps = amount / Step;
        return Step * Mode switch
        {
            RoundingMode.HalfUp => decimal.Round(steps, MidpointRounding.AwayFromZero),
            RoundingMode.Down => decimal.Truncate(steps),
            _ => decimal.Ceiling(steps),
        };
    }
}

/// <summary>四舍五入, 舍去, 进位.</summary>
public enum RoundingMode { HalfUp, Down, Up }

/// <summary>A place where the text can be read in several ways (口径). In expressions it is the member
/// <paramref name="Slot"/> of 口径, a string among <paramref name="Options"/>.</summary>
public sealed record Reading(
    string Question, int Slot, IReadOnlyList<string> Options, string Current, string Confirmation, Location Location)
{
    /// <summary>The layer that switched the reading; null: as the policy has it.</summary>
    public string? Layer { get; init; }

    /// <summary>For 未列NAME, the reading that a list ending in 等 brings: the slot of its symbol, and the cause while
    /// it is open.</summary>
    public UnlistedSlot? Unlisted { get; init; }

    public bool IsConfirmed => Confirmation is not ("" or "待确认");
}

/// <summary>Where the decider stores whether an unlisted value counts.</summary>
public sealed record UnlistedSlot(int Slot, UnlistedValue Cause);

/// <summary>A condition of eligibility, with the label that applicants read.</summary>
public sealed record Condition(int Number, string Label, Expr Expression, string Text, Basis? Basis, Location Location)
{
    public string? Layer { get; init; }
}

/// <summary>A named step of the calculation (定义).</summary>
public sealed record Definition(string Name, Symbol Symbol, Expr Expression, string Text, Basis? Basis,
    Location Location);

/// <summary>A decision table (表) as a name in expressions; its node holds the rules.</summary>
/// <param name="Figures">Output cells that a figure of the text fixes.</param>
public sealed record Table(
    string Name, Symbol Symbol, DecisionTable Node, IReadOnlyList<Basis> Bases,
    IReadOnlyList<(Basis Basis, Zhida.Feel.Values.Value Value, Zhida.Feel.Types.FeelType Type)> Figures,
    Location Location)
{
    /// <summary>The layer that gave or replaced the table; null: the policy's own.</summary>
    public string? Layer { get; init; }
}

/// <summary>What an amount section may say.</summary>
public enum AmountKind { Formula, AtMost, Open, None }

/// <summary>The amount of a line before rounding and caps, in 元 (金额). For <see cref="AmountKind.AtMost"/> and
/// <see cref="AmountKind.Open"/> the expression is the bound, null where none is given.</summary>
public sealed record Amount(AmountKind Kind, Expr? Expression, string Text, Basis? Basis, Location Location);

/// <summary>What a cap counts together. <see cref="CapScope.Key"/>: by the value of an expression.</summary>
public enum CapScope { Line, Object, Subject, Item, Key }

/// <summary>年度 (the line's period), 政策期, 一次 (once for ever).</summary>
public enum CapPeriod { Line, Policy, Ever }

/// <summary>A cap (上限): lines of one account together get at most <paramref name="Limit"/>, in 元, or at most so many
/// lines where <paramref name="CountsLines"/>.</summary>
/// <param name="Scope">What is counted together.</param>
/// <param name="ScopeSlot">For <see cref="CapScope.Object"/>: the frame slot of the object whose id is the key.</param>
/// <param name="Key">For <see cref="CapScope.Key"/>: the expression (a string).</param>
public sealed record Cap(
    string Name, CapScope Scope, string ScopeName, int ScopeSlot, Expr? Key, CapPeriod Period, Expr Limit,
    bool CountsLines, bool ProRata, string? SharedName, Basis? Basis, Location Location)
{
    /// <summary>The limit as the file has it: a parameter's name, or an expression.</summary>
    public string Text { get; init; } = "";

    public string? Layer { get; init; }
}

/// <summary>A payer's share of an amount (资金).</summary>
public sealed record Payer(string Name, Expr Share, Expr? Condition, Location Location);

/// <summary>A step of the procedure (办理); <paramref name="Days"/> is its time limit in 工作日, null where none
/// applies; unknown value: an open place.</summary>
public sealed record Step(string Name, string Actor, DatedValue? Days, Basis? Basis, Location Location);

/// <summary>A document to be handed in, and the facts it proves.</summary>
public sealed record Material(string Name, IReadOnlyList<Fact> Proves, Basis? Basis, Location Location);

/// <summary>A service given (服务), or words carried by one.</summary>
public sealed record Service(string Text, Basis? Basis, Location Location);

/// <summary>A reference reached from the claim object: the frame slot that holds it, and how to get there.</summary>
public sealed record ReachedObject(ObjectType Type, int Slot, int FromSlot, int MemberSlot);

/// <summary>An item (事项): what is granted to whom, as bound, typed expressions. Immutable; the one thing that is
/// decided, printed, and translated to columns and SQL.</summary>
public sealed record Item
{
    /// <summary>liaoning-2026:4.1.</summary>
    public required string Id { get; init; }

    public required string Number { get; init; }

    public required string Title { get; init; }

    public required Measure Measure { get; init; }

    public required IReadOnlyList<string> Departments { get; init; }

    public required ObjectType Object { get; init; }

    public required PeriodRule Period { get; init; }

    /// <summary>The accrual that is cut into lines, a range of dates; null: the event date alone.</summary>
    public Expr? Accrual { get; init; }

    public required Method Method { get; init; }

    public required Delivery Delivery { get; init; }

    public required Expr EventDate { get; init; }

    public required Rounding Rounding { get; init; }

    public required IReadOnlyList<Parameter> Parameters { get; init; }

    public required IReadOnlyList<Reading> Readings { get; init; }

    public required IReadOnlyList<Definition> Definitions { get; init; }

    public required IReadOnlyList<Table> Tables { get; init; }

    /// <summary>The policy's common conditions first, where they apply, then the item's own.</summary>
    public required IReadOnlyList<Condition> Conditions { get; init; }

    public required Amount Amount { get; init; }

    public required IReadOnlyList<Cap> Caps { get; init; }

    public required IReadOnlyList<string> ExclusionGroups { get; init; }

    /// <summary>The words that forbid to receive several.</summary>
    public required IReadOnlyList<Basis> ExclusionBases { get; init; }

    public required IReadOnlyList<Payer> Payers { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }

    public required IReadOnlyList<Material> Materials { get; init; }

    public required IReadOnlyList<Service> Services { get; init; }

    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>Open steps, cells and parameters that no layer has filled.</summary>
    public required IReadOnlyList<OpenPlace> OpenPlaces { get; init; }

    public required FrameLayout Frame { get; init; }

    /// <summary>Where a register's value and the applicant's stand side by side, the applicant's counts (取值：自报优先).
    /// </summary>
    public bool PrefersDeclared { get; init; }

    public required Location Location { get; init; }

    /// <summary>Every expression of the item.</summary>
    internal IEnumerable<Expr> Roots()
    {
        IEnumerable<Expr?> roots =
        [
            .. Conditions.Select(c => c.Expression), .. Definitions.Select(d => d.Expression),
            .. Tables.Select(t => t.Node), Amount.Expression, Accrual, EventDate,
            .. Caps.SelectMany(c => new[] { c.Limit, c.Key }),
            .. Payers.SelectMany(p => new[] { p.Share, p.Condition }),
        ];
        return roots.OfType<Expr>();
    }
}

/// <summary>Where the decider stores what an item's expressions read.</summary>
public sealed record FrameLayout(
    int Size, int SubjectSlot, int ObjectSlot, int LineSlot, int ReadingsSlot, int EventDateSlot,
    IReadOnlyList<ReachedObject> Reached)
{
    /// <summary>Layout of 口径 for this item, a member per reading, in the order of <see
    /// cref="Item.Readings"/>.</summary>
    public required Zhida.Feel.Types.RecordType ReadingsRecord { get; init; }
}

/// <summary>Slots of the globals that every expression of a policy sees.</summary>
public static class Globals
{
    public const int DecisionDate = 0;
    public const int IssueDate = 1;
    public const int Life = 2;
    public const int Count = 3;
}
