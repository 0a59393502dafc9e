using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>[a, b]</summary>
public sealed class ListLiteral(Span span, FeelType type, IReadOnlyList<Expr> items) : Expr(span, type)
{
    public override IReadOnlyList<Expr> Children { get; } = items;

    public override Value Evaluate(Frame frame)
    {
        var values = new Value[Children.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Children[i].Evaluate(frame);
        return Value.OfList(values);
    }
}
