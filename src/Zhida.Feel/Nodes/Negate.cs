using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>-a</summary>
public sealed class Negate(Span span, FeelType type, Expr operand) : Expr(span, type)
{
    private readonly Expr[] _children = [operand];

    public Expr Operand { get; } = operand;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame) => Operations.Negate(Operand.Evaluate(frame), frame, Span);

    private protected override Interval BoundUnknown(Frame frame) => Operand.Bound(frame).Negated();
}
