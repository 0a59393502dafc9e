using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>some x in a satisfies b, every x in a satisfies b: Kleene's or, and.</summary>
public sealed class Quantified(Span span, bool every, IReadOnlyList<Iterator> iterators, Expr condition)
    : Expr(span, FeelType.Boolean)
{
    private readonly Expr[] _children =
        [.. iterators.SelectMany(i => new[] { i.Source, i.End }).OfType<Expr>(), condition];

    /// <summary>every, else some.</summary>
    public bool Every { get; } = every;

    public IReadOnlyList<Iterator> Iterators { get; } = iterators;

    public Expr Condition { get; } = condition;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame) => Run(0, frame, null);

    private Value Run(int depth, Frame frame, CauseSet? causes)
    {
        if (depth == Iterators.Count)
        {
            causes?.AddUnknown(Condition, frame);
            return Condition.Evaluate(frame);
        }
        var iterator = Iterators[depth];
        var values = iterator.Open(frame, out var failed);
        if (!failed.IsUnset)
        {
            causes?.AddUnknown(iterator.Source, frame);
            return failed;
        }
        var result = Value.Of(Every);
        for (decimal i = 0; i < values.Count; i++)
        {
            if (!frame.Evaluation.Step()) return frame.Fail(Span, "运算步数过多，已停止");
            frame[iterator.Slot] = values[i];
            var outcome = Run(depth + 1, frame, causes);
            if (Every ? outcome.IsFalse : outcome.IsTrue) return outcome;
            if (outcome.IsUnknown) result = outcome;
            else if (outcome.Kind != ValueKind.Boolean && !result.IsUnknown) result = Value.Null;
        }
        return result;
    }

    internal override void Explain(Frame frame, CauseSet causes) => causes.Add(Run(0, frame, causes));
}
