using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>[a..b) as a value. In strict mode an end that is unknown makes the range unknown.</summary>
public sealed class RangeLiteral(Span span, FeelType type, Expr? start, bool startIncluded, Expr? end, bool endIncluded)
    : Expr(span, type)
{
    private readonly Expr[] _children = [.. new[] { start, end }.OfType<Expr>()];

    public Expr? Start { get; } = start;

    public bool StartIncluded { get; } = startIncluded;

    public Expr? End { get; } = end;

    public bool EndIncluded { get; } = endIncluded;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var first = Start?.Evaluate(frame) ?? Value.Null;
        if (first.IsUnknown) return first;
        var last = End?.Evaluate(frame) ?? Value.Null;
        if (last.IsUnknown) return last;
        if (!first.IsNull && !last.IsNull)
        {
            if (!Operations.TryCompare(first, last, out var order)) return frame.Fail(Span, "区间的两端不是同一种值");
            if (order > 0) return frame.Fail(Span, "区间的起点大于终点");
        }
        return Value.Of(new FeelRange(first, StartIncluded, last, EndIncluded));
    }
}
