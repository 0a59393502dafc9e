using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>A boxed conditional: unlike FEEL's <c>if</c>, a condition that is neither true, false nor null makes it
/// fail (DMN 1.5, 10.2.1.8).</summary>
internal sealed class BoxedConditional(Expr condition, Expr then, Expr otherwise) : Expr(default, FeelType.Any)
{
    public override IReadOnlyList<Expr> Children { get; } = [condition, then, otherwise];

    public override Value Evaluate(Frame frame)
    {
        var value = condition.Evaluate(frame);
        if (value.Kind is not (ValueKind.Boolean or ValueKind.Null))
            return frame.Fail(Span, $"条件应为是否值，实为{Formatting.KindName(value.Kind)}");
        return (value.IsTrue ? then : otherwise).Evaluate(frame);
    }
}
