using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>a instance of T. Null is an instance of Null (and of no other type, Any included).</summary>
public sealed class InstanceOf(Span span, Expr operand, FeelType target) : Expr(span, FeelType.Boolean)
{
    private readonly Expr[] _children = [operand];

    public Expr Operand { get; } = operand;

    public FeelType Target { get; } = target;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var value = Operand.Evaluate(frame);
        if (value.IsUnknown) return value;
        return Value.Of(value.IsNull ? Target is NullType : Conformance.Conforms(value, Target));
    }
}
