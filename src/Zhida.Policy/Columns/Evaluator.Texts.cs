using System.Runtime.InteropServices;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>Texts, and what hangs on one text alone: looked up by its code.</summary>
internal sealed partial class Evaluator
{
    private TextVec MakeText(Node node, Rows rows)
    {
        if (node.Op == Op.If) return ChooseText(node, rows);
        var known = rows.Arena.Bits(rows.Count);
        known.AsSpan(0, rows.Words).Clear();
        var (texts, codes) = (rows.Arena.Texts(rows.Count), rows.Arena.Ints(rows.Count));
        var (parts, cells) = Operands(node, rows);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var c = 0; c < parts.Length; c++) cells[c] = CellOf(parts[c], i);
            var cell = _cells.Apply(node, cells);
            if (cell.IsKnown) Bits.Set(known, i);
            (texts[i], codes[i]) = (cell.Text ?? "", i);
        }
        return new TextVec(new MadeTexts(texts, rows.Count), codes, known);
    }

    private TextVec ChooseText(Node node, Rows rows)
    {
        var condition = Bool(node.Children[0], rows);
        var (then, otherwise) = (Text(node.Children[1], rows), Text(node.Children[2], rows));
        var same = condition.Known is not null && node.Children.Count > 3 ? Bool(node.Children[3], rows) : null;
        var known = ChosenKnown(condition, then, otherwise, rows, i => same is null ? then.Text(i) == otherwise.Text(i)
            : Bits.Get(same.Holds, i));
        var codes = rows.Arena.Ints(rows.Count);
        bool TakesThen(int i) => Bits.Get(condition.Holds, i) || condition.Known is { } k && !Bits.Get(k, i);
        if (ReferenceEquals(then.Space, otherwise.Space))
        {
            for (var i = 0; i < rows.Count; i++) codes[i] = TakesThen(i) ? then[i] : otherwise[i];
            return new TextVec(then.Space, codes, known);
        }
        if (Math.Max(then.Space.Count, otherwise.Space.Count) > JoinedSpace.MostCodes)
        {
            var texts = rows.Arena.Texts(rows.Count);
            for (var i = 0; i < rows.Count; i++)
                (texts[i], codes[i]) = (TakesThen(i) ? then.Text(i) : otherwise.Text(i), i);
            return new TextVec(new MadeTexts(texts, rows.Count), codes, known);
        }
        for (var i = 0; i < rows.Count; i++) codes[i] = TakesThen(i) ? then[i] * 2 : otherwise[i] * 2 + 1;
        return new TextVec(Joined(then.Space, otherwise.Space), codes, known);
    }

    private JoinedSpace Joined(TextSpace even, TextSpace odd)
    {
        if (!even.IsLasting || !odd.IsLasting) return new JoinedSpace(even, odd);
        return _joined.TryGetValue((even, odd), out var space) ? space
            : _joined[(even, odd)] = new JoinedSpace(even, odd);
    }

    private PoolSpace SpaceOf(Pool pool) =>
        _spaces.TryGetValue(pool, out var space) ? space : _spaces[pool] = new PoolSpace(pool, true);

    /// <summary>A node that hangs on one text, from its table; null where there can be none.</summary>
    private Vec? ByTable(Node node, Node leaf, TextVec text, Rows rows)
    {
        var table = text.Space.TableOf(node, leaf, _cells);
        var otherwise = table.WhenUnknown;
        if (node.Type == NodeType.Text)
        {
            if (otherwise.IsKnown || !table.AllKnown) return null;
            if (!_mapped.TryGetValue((text.Space, node), out var space))
                _mapped[(text.Space, node)] = space = new MappedSpace(text.Space, node, leaf, _cells);
            return text.In(space);
        }
        if (table.IsTooWide) return null;
        var count = text.Space.Count;
        var known = table.AllKnown ? null : InSet(text, table.Known, count, rows);
        if (node.Type != NodeType.Bool) return NumbersOf(table, text, Known(text, known, otherwise, rows), rows);
        var holds = table.Holds.Range is var (low, high) ? InRange(text, low, high, rows)
            : InSet(text, table.Holds, count, rows);
        if (text.Known is null) return Sure(holds, known, rows);
        if (!otherwise.IsKnown) return Sure(holds, Both(text.Known, known, rows), rows);
        for (var i = 0; i < rows.Words; i++)
            holds[i] = holds[i] & text.Known[i] | (otherwise.IsTrue ? ~text.Known[i] : 0);
        if ((rows.Count & 63) != 0) holds[rows.Words - 1] &= (1UL << (rows.Count & 63)) - 1;
        return Sure(holds, Known(text, known, otherwise, rows), rows);
    }

    /// <summary>Where the value is known, given where its table knows it.</summary>
    private static ulong[]? Known(TextVec text, ulong[]? known, in Cell otherwise, Rows rows)
    {
        if (!otherwise.IsKnown || text.Known is null) return Both(text.Known, known, rows);
        if (known is null) return null;
        for (var i = 0; i < rows.Words; i++) known[i] = known[i] & text.Known[i] | ~text.Known[i];
        return known;
    }

    private static NumberVec NumbersOf(LookUp table, TextVec text, ulong[]? known, Rows rows)
    {
        if (text is { Ints: null, Shorts: null, Bytes: null })
            return Spread(new NumberVec(table.Numbers[0]), rows, known);
        var (numbers, longs) = (table.Numbers, rows.Arena.Longs(rows.Count));
        for (var i = 0; i < rows.Count; i++) longs[i] = numbers[text[i]];
        if (text.Known is { } texts && table.WhenUnknown.IsKnown)
            for (var i = 0; i < rows.Count; i++)
                if (!Bits.Get(texts, i)) longs[i] = (long)table.WhenUnknown.Number;
        return new NumberVec(longs, rows.Count, known);
    }

    /// <summary>The rows whose codes a set has; of one text for all rows, all or none.</summary>
    private ulong[] InSet(TextVec text, CodeSet set, int count, Rows rows)
    {
        var bits = rows.Arena.Bits(rows.Count);
        if (text.Bytes is { } bytes)
            CodeKernels.InSet<byte>(bytes.AsSpan(0, rows.Count), set, count, bits, _bits.Width);
        else if (text.Shorts is { } shorts)
            CodeKernels.InSet<ushort>(shorts.AsSpan(0, rows.Count), set, count, bits, _bits.Width);
        else if (text.Ints is { } ints)
            CodeKernels.InSet<int>(ints.AsSpan(0, rows.Count), set, count, bits, _bits.Width);
        else Bits.Fill(bits.AsSpan(0, rows.Words), set.Bytes[0] != 0 ? rows.Count : 0);
        return bits;
    }

    private ulong[] InRange(TextVec text, int low, int high, Rows rows)
    {
        var bits = rows.Arena.Bits(rows.Count);
        if (high < low) bits.AsSpan(0, rows.Words).Clear();
        else if (text.Bytes is { } bytes)
            _bits.InRange<byte>(bytes.AsSpan(0, rows.Count), (byte)low, (byte)(high - low), bits);
        else if (text.Shorts is { } shorts)
            _bits.InRange(shorts.AsSpan(0, rows.Count), (ushort)low, (ushort)(high - low), bits);
        else if (text.Ints is { } ints)
            _bits.InRange(MemoryMarshal.Cast<int, uint>(ints.AsSpan(0, rows.Count)), (uint)low, (uint)(high - low),
                bits);
        else Bits.Fill(bits.AsSpan(0, rows.Words), low == 0 ? rows.Count : 0);
        return bits;
    }
}
