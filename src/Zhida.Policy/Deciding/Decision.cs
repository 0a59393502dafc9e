using System.Text.Json;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>符合, 不符合, 待补充: eligibility alone (SEMANTICS 4).</summary>
public enum Outcome { Due, NotDue, Undecided }

/// <summary>定额, 上限, 待细则, 待补充, 无金额: what can be said of the amount.</summary>
public enum AmountState { Fixed, Bound, Open, Missing, None }

/// <summary>A fact that can still change a line, and the object it is about (empty: an object nobody has told
/// of).</summary>
public sealed record MissingItem(string Path, string? Object, string Question);

/// <summary>A value that a condition or a step used.</summary>
public sealed record UsedValue(string Name, string Value, string? Source, string? Time);

/// <summary>How a condition came out. <paramref name="AsIfInForce"/>: it hangs on the open issue date and was decided
/// as if the policy were in force.</summary>
/// <param name="Gap">How far a failed numeric comparison is from holding, in words (还差 3人).</param>
/// <param name="Source">The official words it rests on, or the layer's.</param>
public sealed record ConditionResult(
    Condition Condition, Outcome Outcome, bool AsIfInForce, IReadOnlyList<UsedValue> Values, string? Source,
    string? Gap, IReadOnlyList<string> Reasons);

/// <summary>How a cap acted on a line, in 元: its limit, what was used before, what it left the line.</summary>
/// <param name="Account">The name of the account across subjects (<see cref="AccountName"/>); null: the facts don't say
/// which one.</param>
public sealed record CapResult(
    Cap Cap, string Key, string Period, string? Account, decimal? Limit, decimal Used, decimal? Left, bool Bites);

/// <summary>A step of the worksheet: its name, the formula in words, the same with its values, the result.</summary>
public sealed record WorksheetStep(string Name, string Formula, string? Substituted, string Result);

/// <summary>What a line would be under another reading; null members: no such line there.</summary>
public sealed record AlternativeResult(
    string Option, Outcome? Outcome, AmountState? AmountState, decimal? Amount, decimal? Bound);

/// <summary>A reading that matters here: another option changes the line.</summary>
public sealed record ReadingResult(Reading Reading, string Current, IReadOnlyList<AlternativeResult> Alternatives);

/// <summary>One line (SEMANTICS 3): item, subject, claim object, period.</summary>
public sealed class Line
{
    public required Item Item { get; init; }

    public required Record Object { get; init; }

    /// <summary>"2026", "第1年", a batch, "政策期", "一次"; "未知" where the facts don't say.</summary>
    public required string Period { get; init; }

    public Outcome Outcome { get; internal set; }

    public AmountState AmountState { get; internal set; } = AmountState.None;

    /// <summary>In 元, to the 分 (or the item's step); after caps. Only for 定额.</summary>
    public decimal? Amount { get; internal set; }

    /// <summary>The most it can be, in 元, after caps; null: no bound is known.</summary>
    public decimal? Bound { get; internal set; }

    /// <summary>The amount after rounding, before caps.</summary>
    public decimal? Asked { get; internal set; }

    /// <summary>The bound beside the other lines of the decision, for sums; null: as <see cref="Bound"/>.</summary>
    internal decimal? BoundAmongOthers { get; set; }

    /// <summary>Index of the first condition that failed, or −1.</summary>
    public int FirstFailed { get; internal set; } = -1;

    /// <summary>Decided as if the policy were in force (未生效, 预判).</summary>
    public bool AsIfInForce { get; internal set; }

    /// <summary>Another item of the exclusion group was better, or a cap on the number of lines left no
    /// place.</summary>
    public string? GivenUp { get; internal set; }

    /// <summary>Each payer's part of the amount, in the order of 资金.</summary>
    public IReadOnlyList<(string Payer, decimal Amount)> Payers { get; internal set; } = [];

    /// <summary>The caps that the line meets, evaluated with it.</summary>
    internal CapClaim[] Claims { get; set; } = [];

    /// <summary>For <see cref="LineDetail.Missing"/>: the facts that can still change the line.</summary>
    internal IReadOnlyList<Cause> MissingFacts { get; set; } = [];

    /// <summary>For <see cref="LineDetail.NearMisses"/>: how far a line that is 差一点 is from holding, as
    /// <see cref="Batch.LineSink.CountNearMiss"/> has it; null: it is not.</summary>
    internal long? NearMiss { get; set; }

    /// <summary>The payers whose conditions hold, with their shares.</summary>
    internal IReadOnlyList<(string Payer, decimal Share)> Shares { get; set; } = [];

    public IReadOnlyList<ConditionResult> Conditions { get; internal set; } = [];

    public IReadOnlyList<CapResult> Caps { get; internal set; } = [];

    public IReadOnlyList<MissingItem> Missing { get; internal set; } = [];

    /// <summary>Open places by name, and as 口径.问题 the unconfirmed readings that would change the line.</summary>
    public IReadOnlyList<string> Open { get; internal set; } = [];

    /// <summary>The open places alone: readings have a list of their own.</summary>
    public IEnumerable<string> OpenPlaces => Open.Where(o => !o.StartsWith("口径.", StringComparison.Ordinal));

    /// <summary>Other reasons why something is not known: 资料未发布, 无对应行, a value not on a list that ends in 等.</summary>
    public IReadOnlyList<string> Notes { get; internal set; } = [];

    public IReadOnlyList<ReadingResult> Readings { get; internal set; } = [];

    public IReadOnlyList<WorksheetStep> Worksheet { get; internal set; } = [];
}

/// <summary>An item with its lines. No lines: the subject has no such object (<paramref name="NoObject"/>), or no such
/// line as is claimed.</summary>
public sealed record ItemResult(
    Item Item, Outcome Outcome, AmountState AmountState, decimal? Amount, decimal? Bound, bool NoObject,
    IReadOnlyList<Line> Lines);

/// <summary>A question worth asking next, with what hangs on it.</summary>
/// <param name="Stake">Money that it may settle, in 元, as far as bounds are known.</param>
public sealed record Question(
    string Path, string Text, IReadOnlyList<string> Items, decimal Stake, string Reason);

/// <summary>All that is decided about one subject on one day.</summary>
public sealed record Decision
{
    /// <summary>SHA-256 of the bundle, in hex; empty where none was made.</summary>
    public required string Bundle { get; init; }

    public required IReadOnlyList<string> Policies { get; init; }

    /// <summary>The layers that were applied, in their order.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>Why layers that were asked for were not applied: another place administers the subject.</summary>
    public IReadOnlyList<string> LayerNotes { get; init; } = [];

    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public required DateOnly On { get; init; }

    public required JsonElement Facts { get; init; }

    public required IReadOnlyList<ItemResult> Items { get; init; }

    public required IReadOnlyList<Question> NextQuestions { get; init; }
}

/// <summary>The Chinese words of outcomes and states, the only ones that leave the program.</summary>
public static class Words
{
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Due => "符合",
        Outcome.NotDue => "不符合",
        _ => "待补充",
    };

    public static string Of(AmountState state) => state switch
    {
        AmountState.Fixed => "定额",
        AmountState.Bound => "上限",
        AmountState.Open => "待细则",
        AmountState.Missing => "待补充",
        _ => "无金额",
    };
}
