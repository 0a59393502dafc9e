using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>for x in a, y in b return c: the list of c over all combinations; <c>partial</c> is the list so far (DMN
/// 1.5, 10.3.2.14).</summary>
public sealed class For(Span span, FeelType type, IReadOnlyList<Iterator> iterators, int partialSlot, Expr body)
    : Expr(span, type)
{
    /// <summary>What an item costs beside its step: items take room.</summary>
    private const int StepsPerItem = 8;

    private readonly Expr[] _children =
        [.. iterators.SelectMany(i => new[] { i.Source, i.End }).OfType<Expr>(), body];

    public IReadOnlyList<Iterator> Iterators { get; } = iterators;

    /// <summary>The slot of <c>partial</c>, or −1 where the body doesn't use it.</summary>
    public int PartialSlot { get; } = partialSlot;

    public Expr Body { get; } = body;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var results = new List<Value>();
        var failed = Run(0, frame, results, null);
        return failed.IsUnset ? Value.OfList([.. results]) : failed;
    }

    private Value Run(int depth, Frame frame, List<Value> results, CauseSet? causes)
    {
        if (depth == Iterators.Count)
        {
            if (PartialSlot >= 0)
            {
                frame[PartialSlot] = Value.OfList([.. results]);
                frame.Evaluation.Steps += results.Count;
            }
            frame.Evaluation.Steps += StepsPerItem;
            results.Add(Body.Evaluate(frame));
            causes?.AddUnknown(Body, frame);
            return default;
        }
        var iterator = Iterators[depth];
        var values = iterator.Open(frame, out var failed);
        if (!failed.IsUnset)
        {
            causes?.AddUnknown(iterator.Source, frame);
            return failed;
        }
        for (decimal i = 0; i < values.Count; i++)
        {
            if (!frame.Evaluation.Step()) return frame.Fail(Span, "运算步数过多，已停止");
            frame[iterator.Slot] = values[i];
            failed = Run(depth + 1, frame, results, causes);
            if (!failed.IsUnset) return failed;
        }
        return default;
    }

    /// <summary>The bounds of each item, or null where it is not known over what it runs.</summary>
    internal IReadOnlyList<Interval>? ItemBounds(Frame frame)
    {
        if (Iterators is not [var iterator]) return null;
        var values = iterator.Open(frame, out var failed);
        if (!failed.IsUnset) return null;
        var bounds = new List<Interval>();
        for (decimal i = 0; i < values.Count; i++)
        {
            if (!frame.Evaluation.Step()) return null;
            frame[iterator.Slot] = values[i];
            bounds.Add(Body.Bound(frame));
        }
        return bounds;
    }

    internal override void Explain(Frame frame, CauseSet causes)
    {
        var failed = Run(0, frame, [], causes);
        causes.Add(failed);
    }
}
