using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>x in a, or x in a..b: where for, some and every take their values from.</summary>
public sealed class Iterator(string name, int slot, Expr source, Expr? end)
{
    public string Name { get; } = name;

    public int Slot { get; } = slot;

    public Expr Source { get; } = source;

    /// <summary>The last value, for a..b; null: the source is a list or a range.</summary>
    public Expr? End { get; } = end;

    /// <summary>The values, or (<paramref name="failed"/>) the unknown or failure in their place. The array is not to
    /// be changed.</summary>
    internal Value[] Values(Frame frame, out Value failed)
    {
        failed = default;
        var source = Source.Evaluate(frame);
        if (End is not null) return Between(source, End.Evaluate(frame), frame, out failed);
        switch (source.Kind)
        {
            case ValueKind.List:
                return source.Items;
            case ValueKind.Range:
                var range = source.Range;
                var values = Between(range.Start, range.End, frame, out failed);
                var first = range.StartIncluded ? 0 : 1;
                var last = Math.Max(first, values.Length - (range.EndIncluded ? 0 : 1));
                return values.Length == 0 ? values : values[first..last];
            case ValueKind.Unknown:
                failed = source;
                return [];
            case ValueKind.Null:
                failed = frame.Fail(Source.Span, "不是列表，无从逐个取值");
                return [];
            default:
                return [source];
        }
    }

    private Value[] Between(in Value from, in Value to, Frame frame, out Value failed)
    {
        failed = from.IsUnknown ? from : to.IsUnknown ? to : default;
        if (!failed.IsUnset) return [];
        var count = (from.Kind, to.Kind) switch
        {
            // Halved, so that the distance of two numbers near the limits has no overflow.
            (ValueKind.Number, ValueKind.Number) when Math.Abs(to.Number / 2 - from.Number / 2) > Evaluation.MaxItems =>
                decimal.MaxValue,
            (ValueKind.Number, ValueKind.Number) => Math.Abs(to.Number - from.Number) + 1,
            (ValueKind.Date, ValueKind.Date) => Math.Abs((decimal)to.Days - from.Days) + 1,
            _ => -1,
        };
        if (count < 0 || count > Evaluation.MaxItems)
        {
            failed = frame.Fail(Source.Span, count < 0 ? "只能在两个整数或两个日期之间逐个取值" : "要取的值太多");
            return [];
        }
        var values = new Value[(int)count];
        for (var i = 0; i < values.Length; i++)
            values[i] = from.IsNumber
                ? Value.Of(from.Number + (to.Number < from.Number ? -i : i))
                : Value.OfDate(from.Days + (to.Days < from.Days ? -i : i));
        return values;
    }
}
