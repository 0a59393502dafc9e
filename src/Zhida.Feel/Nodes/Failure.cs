using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>What can't be bound but must still run (standard mode): null, reported each time it is evaluated.</summary>
public sealed class Failure(Span span, string reason) : Expr(span, FeelType.Any)
{
    public string Reason { get; } = reason;

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame) => frame.Fail(Span, Reason);
}
