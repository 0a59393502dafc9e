using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>a in [b..c), a between b and c. An end that is left out is not tested.</summary>
public sealed class InRange(Span span, Expr value, Expr? low, bool lowIncluded, Expr? high, bool highIncluded)
    : Expr(span, FeelType.Boolean)
{
    private readonly Expr[] _children = [.. new[] { value, low, high }.OfType<Expr>()];

    public Expr Value { get; } = value;

    public Expr? Low { get; } = low;

    public bool LowIncluded { get; } = lowIncluded;

    public Expr? High { get; } = high;

    public bool HighIncluded { get; } = highIncluded;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var value = Value.Evaluate(frame);
        var above = Low is null ? Values.Value.True : Side(value, Low.Evaluate(frame), LowIncluded, 1, frame);
        if (above.IsFalse || High is null) return above;
        var below = Side(value, High.Evaluate(frame), HighIncluded, -1, frame);
        return below.IsFalse || above.IsTrue ? below : above;
    }

    private Value Side(in Value value, in Value end, bool included, int sign, Frame frame)
    {
        if (!Operations.TryCompare(value, end, out var order))
            return value.IsUnknown ? value : end.IsUnknown ? end : frame.Fail(Span, "不能与区间的端点比较大小");
        return Values.Value.Of(order == 0 ? included : Math.Sign(order) == sign);
    }
}
