using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Plans;

/// <summary>What an expression becomes while it is lowered: nodes, or something that only leads to nodes (a row, a
/// list, a range).</summary>
internal abstract record Shape;

/// <summary>Unknown wherever it stands, of whatever type.</summary>
internal sealed record UnknownShape : Shape
{
    public static readonly UnknownShape Instance = new();
}

internal sealed record BoolShape(Node Node) : Shape;

internal sealed record DateShape(Node Node) : Shape;

internal sealed record TextShape(Node Node) : Shape;

/// <summary>Top / Bottom as scaled integers; the bottom, where there is one, is positive or unknown. Division is put
/// off as long as possible, so that all before it is exact.</summary>
internal sealed record NumberShape(Node Top, Node? Bottom = null) : Shape;

/// <summary>A years and months duration, in months.</summary>
internal sealed record MonthsShape(Node Months) : Shape;

/// <summary>A days and time duration of whole days.</summary>
internal sealed record DaysShape(Node Days) : Shape;

/// <summary>A range; an end that is null is open. <paramref name="Valid"/>: false where making the range fails (never
/// unknown).</summary>
internal sealed record RangeShape(Shape? Start, bool StartIncluded, Shape? End, bool EndIncluded, Node Valid) : Shape;

/// <summary>One row of an object, reached from the row where the expression stands.</summary>
internal sealed record RowShape(ObjectType Type, IReadOnlyList<Hop> Path) : Shape;

/// <summary>行.</summary>
internal sealed record LineShape : Shape;

/// <summary>口径.</summary>
internal sealed record ReadingsShape : Shape;

/// <summary>A list that is known when the plan is made.</summary>
internal sealed record ListShape(IReadOnlyList<Value> Items, FeelType Item) : Shape;

/// <summary>A list of texts in one cell (多选, 名单).</summary>
internal sealed record TextsShape(Node Node) : Shape;

/// <summary>The children that refer to an owner. <paramref name="Known"/>: whether the list is known (never unknown
/// itself). <paramref name="Keep"/>: over the pairs, which of them a filter keeps (never unknown); null: all.</summary>
internal sealed record RowsShape(
    RowShape Owner, ObjectType Children, int Reference, Node Known, Cause Missing, Node? Keep = null) : Shape;

/// <summary>A value for each child, in the pairs' domain; <paramref name="Scope"/> is where it was lowered.</summary>
internal sealed record EachShape(RowsShape Rows, LoweringScope Scope, Shape Each) : Shape;

/// <summary>The outputs of a table by name, each with why it is unknown where the table is known.</summary>
internal sealed record ContextShape(
    IReadOnlyDictionary<string, (Shape Shape, CauseMap Causes)> Members, Node Known) : Shape;
