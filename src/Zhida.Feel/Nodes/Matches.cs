using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>Whether a value passes an expression used as a test (DMN 1.5, 10.3.2.8): in a list (or equal to it), in a
/// range, or equal. An unlisted value of a list that ends in 等 is what <paramref name="unlisted"/> says.</summary>
public sealed class Matches(Span span, Expr value, Expr test, Variable? unlisted) : Expr(span, FeelType.Boolean)
{
    private const int MaxDepth = 100;

    private readonly Expr[] _children = unlisted is null ? [value, test] : [value, test, unlisted];

    public Expr Value { get; } = value;

    public Expr Test { get; } = test;

    /// <summary>For a list that ends in 等: true, false or unknown for what it doesn't list.</summary>
    public Variable? Unlisted { get; } = unlisted;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var value = Value.Evaluate(frame);
        var test = Test.Evaluate(frame);
        if (test.IsUnknown) return test;
        var result = test.Kind switch
        {
            ValueKind.List => InList(value, test.Items, 0),
            ValueKind.Range => RangeTest.Contains(test.Range, value, Span, frame),
            _ => value.IsUnknown ? value : Operations.Equal(value, test),
        };
        return result.IsFalse && Unlisted is not null ? Unlisted.Evaluate(frame) : result;
    }

    /// <summary>Kleene's: one that is equal settles it; an item may also be a range or a list.</summary>
    private Value InList(in Value value, Value[] items, int depth)
    {
        var result = Values.Value.False;
        foreach (ref readonly var item in items.AsSpan())
        {
            if (item.IsUnknown || value.IsUnknown)
            {
                result = item.IsUnknown ? item : value;
                continue;
            }
            if (Operations.Equal(value, item).IsTrue) return Values.Value.True;
            if (item.Kind == ValueKind.Range && RangeTest.Contains(item.Range, value, Span, null).IsTrue)
                return Values.Value.True;
            if (item.Kind == ValueKind.List && depth < MaxDepth &&
                InList(value, item.Items, depth + 1).IsTrue) return Values.Value.True;
        }
        if (!result.IsUnknown && value.Kind == ValueKind.List &&
            Operations.Equal(value, Values.Value.OfList(items)).IsTrue) return Values.Value.True;
        return result;
    }

    internal override void Explain(Frame frame, CauseSet causes)
    {
        // What a list leaves open is a cause of its own only once the value is known.
        if (Value.Evaluate(frame).IsUnknown) causes.AddUnknown(Value, frame);
        else base.Explain(frame, causes);
    }
}

/// <summary>Whether a point lies in a range value.</summary>
internal static class RangeTest
{
    public static Value Contains(FeelRange range, in Value point, Span span, Frame? frame)
    {
        if (point.IsUnknown) return point;
        var above = Side(range.Start, point, range.StartIncluded, 1, span, frame);
        if (above.IsFalse) return above;
        var below = Side(range.End, point, range.EndIncluded, -1, span, frame);
        return below.IsFalse || above.IsTrue ? below : above;
    }

    private static Value Side(in Value end, in Value point, bool included, int sign, Span span, Frame? frame)
    {
        if (end.IsNull) return Value.True;
        if (end.IsUnknown) return end;
        if (!Operations.TryCompare(point, end, out var order))
            return frame is null ? Value.Null : frame.Fail(span, "不能与区间的端点比较大小");
        return Value.Of(order == 0 ? included : Math.Sign(order) == sign);
    }
}
