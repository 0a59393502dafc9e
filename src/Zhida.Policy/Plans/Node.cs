using System.Globalization;
using System.Text;

namespace Zhida.Policy.Plans;

/// <summary>What a node's values are.</summary>
public enum NodeType { Bool, Number, Date, Text }

/// <summary>
/// What a node does with its children. Unless it says otherwise an operation is strict: unknown where an operand is.
/// Numbers are integers of a fixed scale (<see cref="Node.Scale"/>): 1.5 % at scale 3 is 15; operands of Add, Subtract,
/// Minimum, Maximum, Less, LessOrEqual, Equal and of the branches of If have one scale.
/// </summary>
public enum Op
{
    /// <summary>The value in <see cref="Node.Constant"/>: bool, Int128 (number), long (date, days since 1970-01-01) or
    /// string.</summary>
    Constant,

    /// <summary>Unknown in every row.</summary>
    Unknown,

    /// <summary>The fact in <see cref="Node.Payload"/>: over its object's rows, or for a yearly one over lines.
    /// </summary>
    Fact,

    /// <summary>行.年度 (scale 0; unknown where the period is no calendar year), 行.起, 行.止.</summary>
    LineYear, LineFirst, LineLast,

    /// <summary>Never unknown: whether the list of children is known. Payload: a <see cref="ChildList"/>.</summary>
    ListKnown,

    /// <summary>Never unknown: whether a reference leads somewhere. Payload: its index (int).</summary>
    ReferenceKnown,

    /// <summary>The child's value in the row to which the <see cref="Hop"/> in Payload leads; unknown where it leads
    /// nowhere.</summary>
    Lift,

    /// <summary>Kleene's, over two or more children.</summary>
    And, Or,

    Not,

    /// <summary>(condition, then, else), or with a fourth child. Where the condition is unknown it is the first branch
    /// if both branches are known and equal; the fourth child, where there is one, says whether they count as equal.
    /// </summary>
    If,

    Less, LessOrEqual, Equal,

    /// <summary>Two texts are the same.</summary>
    TextEqual,

    /// <summary>The text is one of the strings in Payload (string[], ordinal order, no duplicates).</summary>
    InSet,

    /// <summary>属于(text, the prefix in Payload).</summary>
    Within,

    /// <summary>The list (a text, as <see cref="Tables.TextColumn"/> writes it) has the item in Payload.</summary>
    HasItem,

    /// <summary>Some, or every, item of the list is one of the strings in Payload (string[]).</summary>
    AnyIn, AllIn,

    /// <summary>Never unknown: whether the child is known, true, false.</summary>
    IsKnown, IsTrue, IsFalse,

    Add, Subtract, Multiply,

    /// <summary>The less, the greater of two numbers or dates.</summary>
    Minimum, Maximum,

    /// <summary>× 10^Payload (int): the same number at a greater scale.</summary>
    Rescale,

    /// <summary>(numerator, denominator), as integers whatever their scales, the denominator positive: the quotient
    /// rounded to an integer, as the <see cref="DivideMode"/> in Payload says.</summary>
    Divide,

    /// <summary>The child, unknown where it is zero.</summary>
    NonZero,

    /// <summary>天数(first, last): last − first + 1, at least 0.</summary>
    Days,

    /// <summary>整月数(from, to) (<see cref="Reference.Civil"/>).</summary>
    WholeMonths,

    /// <summary>行业中类(text); unknown for a code above the group.</summary>
    IndustryGroup,

    /// <summary>LPR(date, text): scale <see cref="PlanBuilder.LprScale"/>; unknown where nothing reliable is published.
    /// </summary>
    Lpr,

    /// <summary>A date and a number of days, or of months, later.</summary>
    AddDays, AddMonths,

    /// <summary>Texts one behind the other.</summary>
    Concat,

    /// <summary>substring(text, start, length): Payload (int Start from 1, int Length).</summary>
    Substring,

    /// <summary>A whole number as text.</summary>
    NumberText,

    /// <summary>Over the pairs of an outer row (domain: the outer rows; child: over the <see cref="PairDomain"/>). Sum,
    /// Least and Most are unknown where a pair's value is, or where there is no pair; Count never is; Some and Every
    /// are Kleene's.</summary>
    Sum, Least, Most, Count, Some, Every,
}

/// <summary>How a quotient becomes an integer. HalfUp is away from zero.</summary>
public enum DivideMode { HalfUp, Down, Up, Floor, Ceiling }

/// <summary>The children of <see cref="Children"/>'s type that refer to the owner by a reference (−1: to their
/// subject).
/// </summary>
public sealed record ChildList(ObjectDomain Children, int Reference);

/// <summary>
/// A node of a plan: what decides an item, without names, readings, units and open places, over columns of a chunk or
/// of a database. Immutable and interned: equal nodes of one builder are one object, so that what several items have in
/// common is computed once.
/// </summary>
public sealed class Node
{
    internal Node(int id, Op op, NodeType type, Domain? domain, object? payload, IReadOnlyList<Node> children) =>
        (Id, Op, Type, Domain, Payload, Children) = (id, op, type, domain, payload, children);

    /// <summary>Numbers nodes of a builder from 0; children come before parents.</summary>
    public int Id { get; }

    public Op Op { get; }

    public NodeType Type { get; }

    /// <summary>The rows over which it has values; null for a constant.</summary>
    public Domain? Domain { get; }

    public object? Payload { get; }

    public IReadOnlyList<Node> Children { get; }

    /// <summary>For a number: its decimal places.</summary>
    public int Scale { get; init; }

    /// <summary>For a number: the least and the most it can be, as scaled integers, by the declared ranges of facts;
    /// null:
    /// not known, or beyond 128 bits.</summary>
    public Int128? Low { get; init; }

    public Int128? High { get; init; }

    /// <summary>Some row may be unknown.</summary>
    public bool MayBeUnknown { get; init; }

    public object Constant =>
        Op == Op.Constant ? Payload! : throw new InvalidOperationException($"{Op} is no constant");

    public bool IsTrue => Op == Op.Constant && Payload is true;

    public bool IsFalse => Op == Op.Constant && Payload is false;

    /// <summary>The node as text, for people who debug plans and for tests.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text);
        return text.ToString();
    }

    private void Append(StringBuilder text)
    {
        switch (Op)
        {
            case Op.Constant when Payload is Int128 number:
                text.Append((decimal)number / (decimal)Int128.Parse("1" + new string('0', Scale),
                    CultureInfo.InvariantCulture));
                return;
            case Op.Constant:
                text.Append(Payload);
                return;
            case Op.Fact:
                text.Append(((Program.Fact)Payload!).Path);
                return;
            case Op.Lift:
                text.Append(((Hop)Payload!).Kind).Append('→');
                Children[0].Append(text);
                return;
        }
        text.Append(Op);
        if (Payload is string[] set) text.Append('{').AppendJoin('；', set).Append('}');
        else if (Payload is not null) text.Append('{').Append(Payload).Append('}');
        if (Children.Count == 0) return;
        text.Append('(');
        for (var i = 0; i < Children.Count; i++)
        {
            if (i > 0) text.Append(", ");
            Children[i].Append(text);
        }
        text.Append(')');
    }
}
