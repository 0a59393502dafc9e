using System.Runtime.CompilerServices;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>Stands in the standard's mode at every so many levels of a tall tree: functions may call themselves
/// there, and their trees add up on the machine's stack. Where it is nearly used up, the operand is a
/// failure.</summary>
public sealed class StackGuard(Expr operand) : Expr(operand.Span, operand.Type)
{
    /// <summary>Levels from one guard to the next: they fit into what the system keeps in reserve.</summary>
    internal const int Levels = 48;

    public override IReadOnlyList<Expr> Children { get; } = [operand];

    public override Value Evaluate(Frame frame) => RuntimeHelpers.TryEnsureSufficientExecutionStack()
        ? Children[0].Evaluate(frame)
        : frame.Fail(Span, "嵌套过深，已停止");
}
