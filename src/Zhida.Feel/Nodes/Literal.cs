using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>A value that stands in the text, or that folding found.</summary>
public sealed class Literal(Span span, FeelType type, Value value) : Expr(span, type)
{
    public Value Value { get; } = value;

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame) => Value;
}
