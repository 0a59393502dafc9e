using Encoding = System.Text.Encoding;
using ParquetSharp;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>A bad cell of a row of a chunk's table.</summary>
internal readonly record struct BadCell(int Row, int Column, string Value, Problem Problem);

/// <summary>What sinks share: which rows are known, and what is wrong.</summary>
internal abstract class RowSink(int rows, ColumnPlan plan, int column, List<BadCell> bad) : ColumnSink
{
    public ulong[] Known { get; } = new ulong[Bits.Words(rows)];

    protected ColumnPlan Plan => plan;

    /// <summary>The column as a chunk has it.</summary>
    public abstract FactColumn Column();

    protected void Report(int row, string value, Problem problem) => bad.Add(new BadCell(row, column, value, problem));

    /// <summary>Sets the bits of rows that stand together.</summary>
    protected void SetKnown(int at, int count)
    {
        for (; count > 0 && (at & 63) != 0; at++, count--) Bits.Set(Known, at);
        for (; count >= 64; at += 64, count -= 64) Known[at >> 6] = ulong.MaxValue;
        for (; count > 0; at++, count--) Bits.Set(Known, at);
    }
}

/// <summary>Numbers, to the scale of their kind.</summary>
internal sealed class NumberSink(int rows, ColumnPlan plan, int column, List<BadCell> bad)
    : RowSink(rows, plan, column, bad)
{
    private readonly long[] _values = new long[rows];

    public long[] Values => _values;

    public override FactColumn Column() => new NumberColumn(_values, Known);

    public override void Take(int at, int count, ReadOnlySpan<short> levels, short most, ReadOnlySpan<long> values,
        PartColumn column)
    {
        if (levels.IsEmpty)
        {
            values.CopyTo(_values.AsSpan(at));
            SetKnown(at, count);
        }
        else
        {
            var next = 0;
            for (var i = 0; i < count; i++)
            {
                if (levels[i] < most) continue;
                _values[at + i] = values[next++];
                Bits.Set(Known, at + i);
            }
        }
        if (column.Factor != 1 || column.Divisor != 1) Scale(at, count, column);
        Check(at, count);
    }

    private void Scale(int at, int count, PartColumn column)
    {
        for (var row = at; row < at + count; row++)
        {
            var (scaled, remainder) = Math.DivRem(_values[row], column.Divisor);
            if (remainder != 0)
                Refuse(row, Shown(_values[row], column), Plan.Rule.Scaled(Number(_values[row], column)).Problem!);
            else if (Math.BigMul(scaled, column.Factor, out var low) is var high && high != low >> 63)
                Refuse(row, Shown(_values[row], column), Plan.Rule.Outside(scaled > 0 ? long.MaxValue : long.MinValue));
            else _values[row] = low;
        }
    }

    private decimal Number(long raw, PartColumn column) =>
        raw / (decimal)column.Divisor / CellRule.Power(Plan.Rule.Scale) * column.Factor;

    private string Shown(long raw, PartColumn column) => CellReader.Show(Number(raw, column));

    private void Check(int at, int count)
    {
        var (low, width) = (Plan.Rule.Minimum, (ulong)(Plan.Rule.Maximum - Plan.Rule.Minimum));
        var outside = 0UL;
        foreach (var value in _values.AsSpan(at, count)) outside |= (ulong)(value - low) > width ? 1UL : 0;
        if (outside == 0) return;
        for (var row = at; row < at + count; row++)
            if ((ulong)(_values[row] - low) > width && Bits.Get(Known, row))
                Refuse(row, Plan.Rule.Show(_values[row]), Plan.Rule.Outside(_values[row]));
    }

    private void Refuse(int row, string value, Problem problem)
    {
        Report(row, value, problem);
        Bits.Clear(Known, row);
        _values[row] = 0;
    }
}

/// <summary>Days.</summary>
internal sealed class DateSink(int rows, ColumnPlan plan, int column, List<BadCell> bad)
    : RowSink(rows, plan, column, bad)
{
    private readonly int[] _days = new int[rows];

    public override FactColumn Column() => new DateColumn(_days, Known);

    public override void Take(int at, int count, ReadOnlySpan<short> levels, short most, ReadOnlySpan<long> values,
        PartColumn column)
    {
        var (low, width, next) = (Plan.Rule.Minimum, (ulong)(Plan.Rule.Maximum - Plan.Rule.Minimum), 0);
        if (levels.IsEmpty) SetKnown(at, count);
        for (var i = 0; i < count; i++)
        {
            if (!levels.IsEmpty)
            {
                if (levels[i] < most) continue;
                Bits.Set(Known, at + i);
            }
            var days = values[next++];
            if ((ulong)(days - low) <= width) _days[at + i] = (int)days;
            else
            {
                Report(at + i, Plan.Rule.Show(days), Plan.Rule.Outside(days));
                Bits.Clear(Known, at + i);
            }
        }
    }
}

/// <summary>是否.</summary>
internal sealed class FlagSink(int rows, ColumnPlan plan, int column, List<BadCell> bad)
    : RowSink(rows, plan, column, bad)
{
    private readonly ulong[] _bits = new ulong[Bits.Words(rows)];

    public ulong[] Set => _bits;

    public override FactColumn Column() => new FlagColumn(_bits, Known);

    public override void Take(int at, int count, ReadOnlySpan<short> levels, short most, ReadOnlySpan<long> values,
        PartColumn column)
    {
        var next = 0;
        if (levels.IsEmpty) SetKnown(at, count);
        for (var i = 0; i < count; i++)
        {
            if (!levels.IsEmpty)
            {
                if (levels[i] < most) continue;
                Bits.Set(Known, at + i);
            }
            if (values[next++] != 0) Bits.Set(_bits, at + i);
        }
    }
}

/// <summary>Texts as codes: of a pool that all chunks share, or of one of the chunk.</summary>
internal sealed class TextSink(int rows, ColumnPlan plan, int column, List<BadCell> bad, TextCoder coder)
    : RowSink(rows, plan, column, bad)
{
    public int[] Codes { get; } = new int[rows];

    public Pool Pool { get; } = coder.Begin(rows);

    public override FactColumn Column() => Narrow(Codes, Pool, Known, Plan.Rule.Kind);

    /// <summary>Codes in the width that their kind has, or a greater one where the pool has outgrown it.</summary>
    public static TextColumn Narrow(int[] codes, Pool pool, ulong[] known, FactKind kind)
    {
        var width = pool.Count > ushort.MaxValue + 1 ? 4 : kind switch
        {
            FactKind.Text or FactKind.CreditCode => 4,
            FactKind.Enumeration when pool.Count <= byte.MaxValue + 1 => 1,
            _ => 2,
        };
        if (width == 4) return new IntColumn(codes, pool, known);
        if (width == 2)
        {
            var shorts = new ushort[codes.Length];
            for (var i = 0; i < codes.Length; i++) shorts[i] = (ushort)codes[i];
            return new ShortColumn(shorts, pool, known);
        }
        var bytes = new byte[codes.Length];
        for (var i = 0; i < codes.Length; i++) bytes[i] = (byte)codes[i];
        return new ByteColumn(bytes, pool, known);
    }

    public override void Take(int at, int count, ReadOnlySpan<short> levels, short most,
        ReadOnlySpan<ByteArray> values)
    {
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            if (!levels.IsEmpty && levels[i] < most) continue;
            var value = values[next++];
            if (value.Length == 0) continue;
            var code = coder.Code(value);
            if (code > 0)
            {
                Codes[at + i] = code;
                Bits.Set(Known, at + i);
            }
            else Report(at + i, Encoding.UTF8.GetString(KeyScan.Bytes(value)), coder.ProblemOf(code));
        }
    }
}

/// <summary>From the bytes of a text to its code. Kept from chunk to chunk by one thread, so that a text is understood
/// once.</summary>
internal sealed class TextCoder(CellRule rule)
{
    private const int Remembered = 1 << 10;

    /// <summary>Texts known to a shared column are forgotten beyond this many: so many are no codes.</summary>
    private const int MostKnown = 1 << 17;

    private readonly (nint Pointer, int Known)[] _recent = new (nint, int)[Remembered];
    private readonly List<Problem> _problems = [];
    private PackedPool _known = new();
    private int[] _codes = new int[128];
    private PackedPool? _own;

    /// <summary>The pool for a chunk.</summary>
    public Pool Begin(int rows)
    {
        if (rule.Shape == CellShape.Shared && !(_known.Count > MostKnown)) return rule.Pool;
        _known = new PackedPool();
        Array.Clear(_recent);
        _problems.Clear();
        if (rule.Shape == CellShape.Shared) return rule.Pool;
        return _own = new PackedPool(rule.Kind == FactKind.Names ? 64 : rows);
    }

    public Problem ProblemOf(int code) => _problems[-code - 1];

    /// <summary>The code, or less than 0: <see cref="ProblemOf"/>.</summary>
    public int Code(ByteArray value)
    {
        var bytes = KeyScan.Bytes(value);
        if (_own is not null && rule.Kind == FactKind.Text) return _own.AddUtf8(bytes);
        // Values of a dictionary stand at one place in memory: the place is looked up first, then the bytes are
        // compared, since a page without a dictionary may hold another text there later.
        ref var recent = ref _recent[(int)((value.Pointer >> 3) ^ (value.Pointer >> 13)) & (Remembered - 1)];
        if (recent.Pointer == value.Pointer && recent.Known > 0 && _known.Utf8(recent.Known).SequenceEqual(bytes))
            return _codes[recent.Known];
        var known = _known.FindUtf8(bytes);
        if (known == 0) known = Learn(bytes);
        recent = (value.Pointer, known);
        return _codes[known];
    }

    private int Learn(ReadOnlySpan<byte> bytes)
    {
        var (text, problem) = rule.Text(Encoding.UTF8.GetString(bytes));
        var known = _known.AddUtf8(bytes);
        if (known >= _codes.Length) Array.Resize(ref _codes, known * 2);
        if (problem is null) _codes[known] = _own is null ? rule.Pool.Add(text) : _own.Add(text);
        else
        {
            _problems.Add(problem);
            _codes[known] = -_problems.Count;
        }
        return known;
    }
}
