using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>{a: 1, b: a + 1}: each entry sees those before it, in their slots.</summary>
public sealed class ContextLiteral(
    Span span, FeelType type, IReadOnlyList<string> names, IReadOnlyList<int> slots, IReadOnlyList<Expr> values)
    : Expr(span, type)
{
    public IReadOnlyList<string> Names { get; } = names;

    public IReadOnlyList<int> Slots { get; } = slots;

    public override IReadOnlyList<Expr> Children { get; } = values;

    public override Value Evaluate(Frame frame)
    {
        var result = new Value[Children.Count];
        for (var i = 0; i < result.Length; i++) frame[Slots[i]] = result[i] = Children[i].Evaluate(frame);
        return Value.Of(new DynamicContext(Names, result));
    }
}
