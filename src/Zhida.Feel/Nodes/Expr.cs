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
}
