using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>
/// A bound, typed expression: the one representation that is evaluated, printed, translated to columns, SQL and
/// SMT-LIB. The set of kinds is closed (no subclass outside this assembly), each kind stands in its own file, nodes are
/// immutable and do their work (typing, folding, look-ups) in the constructor.
/// </summary>
public abstract class Expr
{
    private protected Expr(Span span, FeelType type) => (Span, Type) = (span, type);

    /// <summary>Where the node stands in the text of its expression.</summary>
    public Span Span { get; }

    public FeelType Type { get; }

    /// <summary>The operands, in the order of the text.</summary>
    public abstract IReadOnlyList<Expr> Children { get; }

    /// <summary>The value in <paramref name="frame"/>. Never throws on data: a failed operation is null (standard) or
    /// unknown (strict) and is reported to the frame.</summary>
    public abstract Value Evaluate(Frame frame);

    /// <summary>Adds why this node, whose value is unknown, is so: the causes of those operands that can still change
    /// it, in the order of the text. An operand that is known contributes nothing; where none is unknown the operation
    /// itself failed.</summary>
    internal virtual void Explain(Frame frame, CauseSet causes)
    {
        var before = causes.Count;
        foreach (var child in Children) causes.AddUnknown(child, frame);
        if (causes.Count == before) causes.Add(Evaluate(frame));
    }

    /// <summary>The least and the most that the node's number (or date, as days) can be, whatever the unknown facts
    /// are.</summary>
    internal Interval Bound(Frame frame)
    {
        var value = Evaluate(frame);
        return value.IsNumber ? Interval.Point(value.Number)
            : value.Kind == ValueKind.Date ? Interval.Point(value.Days) : BoundUnknown(frame);
    }

    /// <summary>The bounds of a node whose value is not known: its type's declared range, unless its kind says more.
    /// </summary>
    private protected virtual Interval BoundUnknown(Frame frame) => Interval.OfType(Type);
}
