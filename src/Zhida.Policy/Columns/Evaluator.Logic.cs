using System.Runtime.InteropServices;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>Truths: logic 64 rows at a time, comparisons, look-ups.</summary>
internal sealed partial class Evaluator
{
    private BoolVec Truth(Node node, Rows rows)
    {
        switch (node.Op)
        {
            case Op.And or Op.Or: return Connect(node, rows);
            case Op.Not: return Not(Bool(node.Children[0], rows), rows);
            case Op.If: return Choose(node, rows);
            case Op.IsKnown: return Is(rows, Eval(node.Children[0], rows).Known, null, false);
            case Op.IsTrue: return new BoolVec(Bool(node.Children[0], rows).Holds, null);
            case Op.IsFalse:
                var truth = Bool(node.Children[0], rows);
                return Is(rows, truth.Known, truth.Holds, true);
            case Op.Less: return Compare<IsLess>(node, rows);
            case Op.LessOrEqual: return Compare<IsLessOrEqual>(node, rows);
            case Op.Equal: return Compare<IsEqual>(node, rows);
            default: return RowByRow(node, rows);
        }
    }

    /// <summary>Kleene's and and or.</summary>
    private BoolVec Connect(Node node, Rows rows)
    {
        if (AsRange(node) is var (value, low, high) && Number(value, rows) is { Constant: null, IsNarrow: true } values)
        {
            var bits = rows.Arena.Bits(rows.Count);
            InRange(values, low, high, bits);
            return Sure(bits, values.Known, rows);
        }
        var (holds, fails) = (rows.Arena.Bits(rows.Count), rows.Arena.Bits(rows.Count));
        var (isAnd, certain, everywhere) = (node.Op == Op.And, true, true);
        for (var c = 0; c < node.Children.Count; c++)
        {
            var part = Bool(node.Children[c], rows);
            certain &= part.Known is null;
            everywhere &= part.Everywhere;
            for (var i = 0; i < rows.Words; i++)
            {
                var yes = part.Holds[i];
                var no = (part.Known is { } known ? known[i] : ulong.MaxValue) & ~yes;
                holds[i] = c == 0 ? yes : isAnd ? holds[i] & yes : holds[i] | yes;
                fails[i] = c == 0 ? no : isAnd ? fails[i] | no : fails[i] & no;
            }
        }
        if (certain) return new BoolVec(holds, null, everywhere);
        for (var i = 0; i < rows.Words; i++) fails[i] |= holds[i];
        return new BoolVec(holds, fails);
    }

    /// <summary>low ≤ value ∧ value ≤ high, in one.</summary>
    private static (Node Value, Int128 Low, Int128 High)? AsRange(Node node)
    {
        if (node is not { Op: Op.And, Children: [{ Children: [{ Op: Op.Constant } from, var value] } least,
                { Children: [var same, { Op: Op.Constant } to] } most] } || !ReferenceEquals(value, same) ||
            least.Op is not (Op.Less or Op.LessOrEqual) || most.Op is not (Op.Less or Op.LessOrEqual)) return null;
        var (low, high) = (NodeEvaluator.Constant(from).Number, NodeEvaluator.Constant(to).Number);
        return (value, least.Op == Op.Less ? low + 1 : low, most.Op == Op.Less ? high - 1 : high);
    }

    private static BoolVec Not(BoolVec truth, Rows rows) =>
        new(Is(rows, truth.Known, truth.Holds, true).Holds, truth.Known);

    /// <summary>The rows that are in one set and, <paramref name="less"/>, not in another; null: all rows.</summary>
    private static BoolVec Is(Rows rows, ulong[]? known, ulong[]? holds, bool less)
    {
        var set = rows.Arena.Bits(rows.Count);
        if (known is null) Bits.Fill(set.AsSpan(0, rows.Words), rows.Count);
        else known.AsSpan(0, rows.Words).CopyTo(set);
        if (less)
            for (var i = 0; i < rows.Words; i++) set[i] &= ~holds![i];
        // What lies beyond the last row of a set of known rows is anything.
        if ((rows.Count & 63) != 0) set[rows.Words - 1] &= (1UL << (rows.Count & 63)) - 1;
        return new BoolVec(set, null, known is null && !less);
    }

    private BoolVec Choose(Node node, Rows rows)
    {
        var (condition, then, otherwise) =
            (Bool(node.Children[0], rows), Bool(node.Children[1], rows), Bool(node.Children[2], rows));
        var same = node.Children.Count > 3 ? Bool(node.Children[3], rows) : null;
        var certain = (condition.Known ?? then.Known ?? otherwise.Known) is null;
        var (holds, known) = (rows.Arena.Bits(rows.Count), rows.Arena.Bits(rows.Count));
        for (var i = 0; i < rows.Words; i++)
        {
            var sure = condition.Known is { } k ? k[i] : ulong.MaxValue;
            var (yes, no) = (condition.Holds[i], sure & ~condition.Holds[i]);
            var a = then.Known is { } ka ? ka[i] : ulong.MaxValue;
            var b = otherwise.Known is { } kb ? kb[i] : ulong.MaxValue;
            var equal = ~sure & a & b & (same is null ? ~(then.Holds[i] ^ otherwise.Holds[i]) : same.Holds[i]);
            holds[i] = yes & then.Holds[i] | no & otherwise.Holds[i] | equal & then.Holds[i];
            known[i] = yes & a | no & b | equal;
        }
        return new BoolVec(holds, certain ? null : known);
    }

    private BoolVec Compare<TOrder>(Node node, Rows rows) where TOrder : IOrder
    {
        var (a, b) = (Number(node.Children[0], rows), Number(node.Children[1], rows));
        var bits = rows.Arena.Bits(rows.Count);
        var less = node.Op == Op.Less ? 1 : 0;
        if (b.Constant is { } most && a.IsNarrow && a.Constant is null)
            InRange(a, node.Op == Op.Equal ? most : Int128.MinValue, most - less, bits);
        else if (a.Constant is { } least && b.IsNarrow && b.Constant is null)
            InRange(b, least + less, node.Op == Op.Equal ? least : Int128.MaxValue, bits);
        else if (a is { IsNarrow: true, Constant: null } && b is { IsNarrow: true, Constant: null })
            _bits.Compare<TOrder>(a.Narrow(rows.Arena), b.Narrow(rows.Arena), bits);
        else
        {
            bits.AsSpan(0, rows.Words).Clear();
            for (var i = 0; i < rows.Count; i++)
                if (TOrder.Holds(a[i], b[i])) Bits.Set(bits, i);
        }
        return Sure(bits, Both(a.Known, b.Known, rows), rows);
    }

    /// <summary>Clears what is not known.</summary>
    private static BoolVec Sure(ulong[] bits, ulong[]? known, Rows rows)
    {
        if (known is not null)
            for (var i = 0; i < rows.Words; i++) bits[i] &= known[i];
        return new BoolVec(bits, known);
    }

    /// <summary>Whether values lie between two bounds, which may be beyond what the column can hold.</summary>
    private void InRange(NumberVec values, Int128 low, Int128 high, ulong[] bits)
    {
        if (values.Longs is { } longs)
        {
            (low, high) = (Int128.Max(low, long.MinValue), Int128.Min(high, long.MaxValue));
            if (low > high) bits.AsSpan(0, Bits.Words(values.Count)).Clear();
            else _bits.InRange(MemoryMarshal.Cast<long, ulong>(longs.AsSpan(0, values.Count)), (ulong)(long)low,
                (ulong)(high - low), bits);
            return;
        }
        (low, high) = (Int128.Max(low, int.MinValue), Int128.Min(high, int.MaxValue));
        if (low > high) bits.AsSpan(0, Bits.Words(values.Count)).Clear();
        else _bits.InRange(MemoryMarshal.Cast<int, uint>(values.Ints.AsSpan(0, values.Count)), (uint)(int)low,
            (uint)(high - low), bits);
    }

    /// <summary>Evaluates a truth one row at a time.</summary>
    private BoolVec RowByRow(Node node, Rows rows)
    {
        var (holds, known) = (rows.Arena.Bits(rows.Count), rows.Arena.Bits(rows.Count));
        holds.AsSpan(0, rows.Words).Clear();
        known.AsSpan(0, rows.Words).Clear();
        var (parts, cells) = Operands(node, rows);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var c = 0; c < parts.Length; c++) cells[c] = CellOf(parts[c], i);
            var cell = _cells.Apply(node, cells);
            if (cell.IsKnown) Bits.Set(known, i);
            if (cell.IsTrue) Bits.Set(holds, i);
        }
        return new BoolVec(holds, known);
    }

    private (Vec[] Parts, Cell[] Cells) Operands(Node node, Rows rows)
    {
        var parts = new Vec[node.Children.Count];
        for (var c = 0; c < parts.Length; c++) parts[c] = Eval(node.Children[c], rows);
        return (parts, new Cell[parts.Length]);
    }
}
