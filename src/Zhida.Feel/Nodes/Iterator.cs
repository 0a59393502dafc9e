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

    /// <summary>The values, or (<paramref name="failed"/>) the unknown or failure in their place.</summary>
    internal Sequence Open(Frame frame, out Value failed)
    {
        failed = default;
        var source = Source.Evaluate(frame);
        if (source.IsUnknown)
        {
            failed = source;
            return default;
        }
        if (End is not null) return Between(source, End.Evaluate(frame), frame, out failed);
        switch (source.Kind)
        {
            case ValueKind.List: return new Sequence(source.Items);
            case ValueKind.Range:
                return Between(source.Range.Start, source.Range.End, frame, out failed)
                    .Without(!source.Range.StartIncluded, !source.Range.EndIncluded);
            case ValueKind.Null:
                failed = frame.Fail(Source.Span, "不是列表，无从逐个取值");
                return default;
            default: return new Sequence([source]);
        }
    }

    private Sequence Between(in Value from, in Value to, Frame frame, out Value failed)
    {
        const decimal most = 1_000_000_000_000_000_000m;
        failed = from.IsUnknown ? from : to.IsUnknown ? to : default;
        if (!failed.IsUnset) return default;
        if (from.IsNumber && to.IsNumber && Math.Abs(from.Number) < most && Math.Abs(to.Number) < most)
            return new Sequence(from.Number, to.Number, days: false);
        if (from.Kind == ValueKind.Date && to.Kind == ValueKind.Date)
            return new Sequence(from.Days, to.Days, days: true);
        failed = frame.Fail(Source.Span, "只能在两个整数或两个日期之间逐个取值");
        return default;
    }
}

/// <summary>Items of a list, or whole steps up or down from one number or day to another: none of these is made before
/// it is asked for, so that 1..1000000000 takes no room.</summary>
internal readonly struct Sequence
{
    private readonly Value[]? _items;
    private readonly decimal _start;
    private readonly int _step;
    private readonly bool _days;

    public Sequence(Value[] items) => (_items, Count) = (items, items.Length);

    public Sequence(decimal start, decimal end, bool days)
        : this(start, end < start ? -1 : 1, days, decimal.Floor(Math.Abs(end - start)) + 1)
    {
    }

    private Sequence(decimal start, int step, bool days, decimal count) =>
        (_start, _step, _days, Count) = (start, step, days, count);

    public decimal Count { get; }

    public Value this[decimal i] => _items is not null ? _items[(int)i]
        : _days ? Value.OfDate((long)(_start + _step * i)) : Value.Of(_start + _step * i);

    /// <summary>The same without its first or last value.</summary>
    public Sequence Without(bool first, bool last) => new(
        first ? _start + _step : _start, _step, _days, Math.Max(0, Count - (first ? 1 : 0) - (last ? 1 : 0)));
}
