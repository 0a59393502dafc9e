using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>a or b, Kleene's: true wins over what is not known. What is no boolean counts as null.</summary>
public sealed class Or(Span span, Expr left, Expr right) : Expr(span, FeelType.Boolean)
{
    private readonly Expr[] _children = [left, right];

    public Expr Left { get; } = left;

    public Expr Right { get; } = right;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var a = Left.Evaluate(frame);
        if (a.IsTrue) return a;
        var b = Right.Evaluate(frame);
        if (b.IsTrue || a.IsFalse && b.IsFalse) return b;
        return a.IsUnknown ? a : b.IsUnknown ? b : Value.Null;
    }
}
