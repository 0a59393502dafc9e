using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>a and b, Kleene's: false wins over what is not known. What is no boolean counts as null (DMN 1.5,
/// table 50).</summary>
public sealed class And(Span span, Expr left, Expr right) : Expr(span, FeelType.Boolean)
{
    private readonly Expr[] _children = [left, right];

    public Expr Left { get; } = left;

    public Expr Right { get; } = right;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var a = Left.Evaluate(frame);
        if (a.IsFalse) return a;
        var b = Right.Evaluate(frame);
        if (b.IsFalse || a.IsTrue && b.IsTrue) return b;
        return a.IsUnknown ? a : b.IsUnknown ? b : Value.Null;
    }
}
