using System.Numerics.Tensors;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>Numbers and dates: in 64 bits where the bounds of the values that there are allow it, else in
/// 128.</summary>
internal sealed partial class Evaluator
{
    private NumberVec Arithmetic(Node node, Rows rows)
    {
        switch (node.Op)
        {
            case Op.Add or Op.AddDays or Op.Subtract or Op.Multiply or Op.Minimum or Op.Maximum:
                var (left, right) = (Number(node.Children[0], rows), Number(node.Children[1], rows));
                return Combine(node.Op == Op.AddDays ? Op.Add : node.Op, left, right, rows,
                    Spare(node.Children[0], left) ?? Spare(node.Children[1], right));
            case Op.Rescale:
                var (number, power) = (Number(node.Children[0], rows), PlanBuilder.PowerOfTen((int)node.Payload!));
                return power > 1 ? Combine(Op.Multiply, number, new NumberVec(power), rows)
                    : number.Constant is null ? number.With(number.Known) : number;
            case Op.Divide:
                var dividend = Number(node.Children[0], rows);
                return Divide(dividend, Number(node.Children[1], rows), (DivideMode)node.Payload!, rows,
                    Spare(node.Children[0], dividend));
            case Op.Days:
                var days = Combine(Op.Subtract, Number(node.Children[1], rows), Number(node.Children[0], rows), rows);
                days = Combine(Op.Add, days, new NumberVec(1), rows);
                return Combine(Op.Maximum, days, new NumberVec(0), rows);
            case Op.NonZero: return NonZero(Number(node.Children[0], rows), rows);
            case Op.If: return ChooseNumber(node, rows);
            default: return Row(node, rows);
        }
    }

    /// <summary>An operand's array that nothing else looks at: the result may take its place, in cache already.
    /// </summary>
    private long[]? Spare(Node operand, NumberVec values) => _facts[operand].Users == 1 ? values.Own : null;

    private static (Int128 Low, Int128 High)? BoundsOf(Op op, (Int128 Low, Int128 High) a, (Int128 Low, Int128 High) b)
    {
        switch (op)
        {
            case Op.Add: return (a.Low + b.Low, a.High + b.High);
            case Op.Subtract: return (a.Low - b.High, a.High - b.Low);
            case Op.Minimum: return (Int128.Min(a.Low, b.Low), Int128.Min(a.High, b.High));
            case Op.Maximum: return (Int128.Max(a.Low, b.Low), Int128.Max(a.High, b.High));
            default:
                if (!FitsLong(a) || !FitsLong(b)) return null;
                var (p, q, r, s) = (a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High);
                return (Int128.Min(Int128.Min(p, q), Int128.Min(r, s)), Int128.Max(Int128.Max(p, q), Int128.Max(r, s)));
        }
    }

    /// <summary>The bounds of a result that fits 64 bits; the values are looked at only where what bounds them from
    /// afar is too wide.</summary>
    private static (Int128, Int128)? Fitting(Op op, NumberVec a, NumberVec b) =>
        BoundsOf(op, a.Bounds, b.Bounds) is { } bounds && FitsLong(bounds) ? bounds
        : BoundsOf(op, a.Measure(), b.Measure()) is { } measured && FitsLong(measured) ? measured : null;

    private static bool FitsLong((Int128 Low, Int128 High) bounds) =>
        bounds.Low >= long.MinValue && bounds.High <= long.MaxValue;

    private static NumberVec Combine(Op op, NumberVec a, NumberVec b, Rows rows, long[]? spare = null)
    {
        var known = Both(a.Known, b.Known, rows);
        if (a.IsNarrow && b.IsNarrow && Fitting(op, a, b) is { } bounds)
        {
            // Often a bound is never reached: an amount that is at least 0.
            if (op is Op.Minimum or Op.Maximum && a.Constant is null && b.Constant is { } end &&
                (op == Op.Minimum ? a.Bounds.High <= end : a.Bounds.Low >= end)) return a.With(a.Known);
            var longs = spare ?? rows.Arena.Longs(rows.Count);
            Combine(op, a, b, longs.AsSpan(0, rows.Count), rows.Arena);
            return new NumberVec(longs, rows.Count, known, bounds) { Own = longs };
        }
        var wides = rows.Arena.Wides(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            // Where a value is not known it may be anything, and must not overflow.
            if (known is not null && !Bits.Get(known, i)) wides[i] = 0;
            else wides[i] = op switch
            {
                Op.Add => checked(a[i] + b[i]),
                Op.Subtract => checked(a[i] - b[i]),
                Op.Multiply => a.IsNarrow && b.IsNarrow ? Math.BigMul((long)a[i], (long)b[i]) : checked(a[i] * b[i]),
                Op.Minimum => Int128.Min(a[i], b[i]),
                _ => Int128.Max(a[i], b[i]),
            };
        }
        return Narrowed(wides, known, rows);
    }

    private static void Combine(Op op, NumberVec a, NumberVec b, Span<long> to, Arena arena)
    {
        if (a.Constant is { } left && b.Constant is { } right)
        {
            to.Fill((long)(op switch
            {
                Op.Add => left + right, Op.Subtract => left - right, Op.Multiply => left * right,
                Op.Minimum => Int128.Min(left, right), _ => Int128.Max(left, right),
            }));
            return;
        }
        if (a.Constant is { } first)
        {
            if (op == Op.Subtract)
            {
                TensorPrimitives.Subtract((long)first, b.Narrow(arena), to);
                return;
            }
            (a, b) = (b, a);
        }
        var values = a.Narrow(arena);
        if (b.Constant is { } constant)
            switch (op)
            {
                case Op.Add: TensorPrimitives.Add(values, (long)constant, to); break;
                case Op.Subtract: TensorPrimitives.Subtract(values, (long)constant, to); break;
                case Op.Multiply: TensorPrimitives.Multiply(values, (long)constant, to); break;
                case Op.Minimum: TensorPrimitives.Min(values, (long)constant, to); break;
                default: TensorPrimitives.Max(values, (long)constant, to); break;
            }
        else
            switch (op)
            {
                case Op.Add: TensorPrimitives.Add(values, b.Narrow(arena), to); break;
                case Op.Subtract: TensorPrimitives.Subtract(values, b.Narrow(arena), to); break;
                case Op.Multiply: TensorPrimitives.Multiply(values, b.Narrow(arena), to); break;
                case Op.Minimum: TensorPrimitives.Min(values, b.Narrow(arena), to); break;
                default: TensorPrimitives.Max(values, b.Narrow(arena), to); break;
            }
    }

    /// <summary>Back to 64 bits where all values fit.</summary>
    private static NumberVec Narrowed(Int128[] wides, ulong[]? known, Rows rows)
    {
        var wide = new NumberVec(wides, rows.Count, known);
        if (!FitsLong(wide.Bounds)) return wide;
        var longs = rows.Arena.Longs(rows.Count);
        for (var i = 0; i < rows.Count; i++) longs[i] = (long)wides[i];
        return new NumberVec(longs, rows.Count, known);
    }

    private static NumberVec Divide(NumberVec a, NumberVec b, DivideMode mode, Rows rows, long[]? spare)
    {
        var known = Both(a.Known, b.Known, rows);
        if (a.IsNarrow && a.Constant is null && b.Constant is { } constant && constant > 1 && constant <= long.MaxValue)
        {
            var before = Reciprocal.Before((long)constant, mode);
            if (a.Bounds.Low >= 0 && a.Bounds.High + before <= long.MaxValue)
            {
                var reciprocal = new Reciprocal((long)constant);
                var dividends = a.Narrow(rows.Arena);
                var bounds = (PlanBuilder.Quotient(a.Bounds.Low, constant, mode),
                    PlanBuilder.Quotient(a.Bounds.High, constant, mode));
                var longs = spare ?? rows.Arena.Longs(rows.Count);
                for (var i = 0; i < dividends.Length; i++) longs[i] = reciprocal.Quotient(dividends[i] + before);
                return new NumberVec(longs, rows.Count, known, bounds) { Own = longs };
            }
        }
        var wides = rows.Arena.Wides(rows.Count);
        for (var i = 0; i < rows.Count; i++)
            wides[i] = known is not null && !Bits.Get(known, i) ? 0 : PlanBuilder.Quotient(a[i], b[i], mode);
        return Narrowed(wides, known, rows);
    }

    private static NumberVec NonZero(NumberVec number, Rows rows)
    {
        var known = rows.Arena.Bits(rows.Count);
        known.AsSpan(0, rows.Words).Clear();
        for (var i = 0; i < rows.Count; i++)
            if (number[i] != 0 && (number.Known is null || Bits.Get(number.Known, i))) Bits.Set(known, i);
        return number.Constant is null ? number.With(known) : Spread(number, rows, known);
    }

    private NumberVec ChooseNumber(Node node, Rows rows)
    {
        var condition = Bool(node.Children[0], rows);
        var (then, otherwise) = (Number(node.Children[1], rows), Number(node.Children[2], rows));
        var same = condition.Known is not null && node.Children.Count > 3 ? Bool(node.Children[3], rows) : null;
        var known = ChosenKnown(condition, then, otherwise, rows, i => same is null ? then[i] == otherwise[i]
            : Bits.Get(same.Holds, i));
        var narrow = then.IsNarrow && otherwise.IsNarrow;
        // Where the condition is unknown it is the first branch, or unknown.
        var second = rows.Arena.Bits(rows.Count);
        for (var w = 0; w < rows.Words; w++)
            second[w] = (condition.Known is { } k ? k[w] : ulong.MaxValue) & ~condition.Holds[w];
        if (!narrow)
        {
            var wides = rows.Arena.Wides(rows.Count);
            for (var i = 0; i < rows.Count; i++) wides[i] = Bits.Get(second, i) ? otherwise[i] : then[i];
            return Narrowed(wides, known, rows);
        }
        var (a, b) = (then.Constant is null ? then : Spread(then, rows, null),
            otherwise.Constant is null ? otherwise : Spread(otherwise, rows, null));
        var x = a.Narrow(rows.Arena);
        var y = b.Narrow(rows.Arena);
        var longs = rows.Arena.Longs(rows.Count);
        for (var i = 0; i < rows.Count; i++) longs[i] = (second[i >> 6] >> (i & 63) & 1) != 0 ? y[i] : x[i];
        return new NumberVec(longs, rows.Count, known);
    }

    /// <summary>Where a choice is known; an unknown condition leaves it known where both branches are equal.</summary>
    private static ulong[]? ChosenKnown(BoolVec condition, Vec then, Vec otherwise, Rows rows, Func<int, bool> equal)
    {
        if ((condition.Known ?? then.Known ?? otherwise.Known) is null) return null;
        var known = rows.Arena.Bits(rows.Count);
        for (var w = 0; w < rows.Words; w++)
        {
            var sure = condition.Known is { } k ? k[w] : ulong.MaxValue;
            var a = then.Known is { } ka ? ka[w] : ulong.MaxValue;
            var b = otherwise.Known is { } kb ? kb[w] : ulong.MaxValue;
            known[w] = condition.Holds[w] & a | sure & ~condition.Holds[w] & b;
            var open = ~sure & a & b;
            for (var i = w << 6; open != 0 && i < Math.Min((w + 1) << 6, rows.Count); i++)
                if ((open >> (i & 63) & 1) != 0 && equal(i)) known[w] |= 1UL << (i & 63);
        }
        return known;
    }

    /// <summary>What has no kernel of its own, one row at a time.</summary>
    private NumberVec Row(Node node, Rows rows)
    {
        var (wides, known) = (rows.Arena.Wides(rows.Count), rows.Arena.Bits(rows.Count));
        known.AsSpan(0, rows.Words).Clear();
        var (parts, cells) = Operands(node, rows);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var c = 0; c < parts.Length; c++) cells[c] = CellOf(parts[c], i);
            var cell = _cells.Apply(node, cells);
            if (cell.IsKnown) Bits.Set(known, i);
            wides[i] = cell.Number;
        }
        return Narrowed(wides, known, rows);
    }
}
