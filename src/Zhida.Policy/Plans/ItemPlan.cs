using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Plans;

/// <summary>A condition over the lines of an item.</summary>
/// <param name="Condition">As the item has it.</param>
/// <param name="Holds">True, false or unknown; what hangs on an open issue date alone is decided as if in
/// force.</param>
public sealed record ConditionPlan(Condition Condition, Node Holds)
{
    /// <summary>Where the condition fails: how far it is from holding, as <see cref="Batch.LineSink.CountNearMiss"/>
    /// takes it, at scale 4; unknown for no gap. Null in a plan made without gaps.</summary>
    public Node? Gap { get; init; }
}

/// <summary>A cap as it meets a line.</summary>
/// <param name="Cap">As the item has it.</param>
/// <param name="Key">For a cap by key: a text over the lines, unknown where the facts don't say; else null.</param>
/// <param name="Path">For <see cref="CapScope.Object"/>: the way from a line to the object that is the key, first to
/// the claim object; empty for other scopes.</param>
/// <param name="Limit">In 分, rounded down; in lines for a counting cap.</param>
/// <param name="LimitOpen">Never unknown: where the limit is unknown, only open places are in the way.</param>
public sealed record CapPlan(Cap Cap, Node? Key, IReadOnlyList<Hop> Path, Node Limit, Node LimitOpen);

/// <summary>
/// An item as a plan: nodes over its lines, under the readings, the layers and the day of a run. What decides a line:
/// the first condition that is false fails it; it is 待补充 where none is false and one is unknown, else 符合. A 符合 line has
/// the state 定额 where <see cref="Fixed"/>, else 待细则 where <see cref="Open"/>, else 待补充, for <see
/// cref="AmountKind.Formula"/>; 上限, 待细则, 无金额 for the other kinds. 待补充 lines have the same states.
/// </summary>
public sealed record ItemPlan
{
    public required Item Item { get; init; }

    /// <summary>The lines: always a <see cref="LineDomain"/>.</summary>
    public required LineDomain Lines { get; init; }

    public required IReadOnlyList<ConditionPlan> Conditions { get; init; }

    /// <summary>For a formula: the amount in 分 (scale 0), rounded, at least 0, before caps; unknown where it is. Else
    /// null.</summary>
    public required Node? Asked { get; init; }

    /// <summary>Never unknown. For a formula: amount, payers, and the account and limit of every cap are known.
    /// </summary>
    public required Node Fixed { get; init; }

    /// <summary>Never unknown. For a formula that is not <see cref="Fixed"/>: only open places are in the
    /// way.</summary>
    public required Node Open { get; init; }

    public required IReadOnlyList<CapPlan> Caps { get; init; }

    /// <summary>For an item with payers: the sum of the shares that are paid, a number; null: no payers.</summary>
    public required Node? Share { get; init; }

    /// <summary>For lines that are not 不符合: the missing facts and objects in the order of the dictionary, each with
    /// where it is missing (never unknown).</summary>
    public required IReadOnlyList<(Cause Cause, string Path, Node Where)> Missing { get; init; }

    /// <summary>All nodes that are not children of others.</summary>
    public IEnumerable<Node> Roots()
    {
        IEnumerable<Node?> roots =
        [
            .. Conditions.Select(c => c.Holds), .. Conditions.Select(c => c.Gap), Asked, Fixed, Open, Share,
            .. Caps.SelectMany(c => new[] { c.Key, c.Limit, c.LimitOpen }), .. Missing.Select(m => m.Where),
            Lines.First, Lines.Last,
        ];
        return roots.OfType<Node>();
    }

    /// <summary>Names of definitions, tables and derived facts among the nodes, for people.</summary>
    public required IReadOnlyDictionary<Node, string> Names { get; init; }
}

/// <summary>What can't be a plan, and why: the item runs in the interpreter.</summary>
public sealed record PlanRefusal(Item Item, string Reason);

/// <summary>The items of a run as plans over shared nodes.</summary>
/// <param name="Items">In the order of the run; null where an item has none.</param>
/// <param name="Refusals">The items that have none.</param>
/// <param name="Jurisdiction">主体.管辖, else 主体.注册地: a text over subjects; null where the dictionary has neither.</param>
public sealed record RunPlan(
    IReadOnlyList<ItemPlan?> Items, IReadOnlyList<PlanRefusal> Refusals, Node? Jurisdiction);
