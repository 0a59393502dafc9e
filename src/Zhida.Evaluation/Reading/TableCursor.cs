using ParquetSharp;

namespace Zhida.Evaluation.Reading;

/// <summary>Goes forwards over the keys of a table, one row at a time. Used by one thread.</summary>
internal sealed class TableCursor : ColumnSink, IDisposable
{
    private const int Block = 2048;

    private readonly PartFiles _files;
    private readonly ColumnStream _keys;
    private readonly int[] _ends = new int[Block + 1];
    private byte[] _bytes = new byte[Block * 24];
    private int _group;

    /// <summary>The row of the group at which the block begins; rows in the block; the row of the block that is next.
    /// </summary>
    private int _blockStart, _blockRows, _blockAt;

    public TableCursor(ParquetTable table)
    {
        Table = table;
        _files = new PartFiles(table);
        _keys = new ColumnStream(_files, p => p.Columns[0]);
        Columns = [.. table.Plan.Columns.Select((_, i) => new ColumnStream(_files, p => p.Columns[i]))];
        RowNumbers = new ColumnStream(_files, p => p.RowNumbers);
        Refused = new ColumnStream(_files, p => p.Refused);
    }

    public ParquetTable Table { get; }

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<ColumnStream> Columns { get; }

    public ColumnStream RowNumbers { get; }

    public ColumnStream Refused { get; }

    /// <summary>The rows passed since <see cref="Begin"/>.</summary>
    public List<Segment> Segments { get; } = [];

    public int Group => _group;

    /// <summary>The row of the group that is next.</summary>
    public int Row => _blockStart + _blockAt;

    /// <summary>Goes to a row.</summary>
    public void MoveTo(int group, int row)
    {
        (_group, _blockStart, _blockRows, _blockAt) = (group, row, 0, 0);
        Segments.Clear();
    }

    /// <summary>Goes to the first row whose key is not below another.</summary>
    public void MoveTo(ReadOnlySpan<byte> key)
    {
        var groups = Table.Groups;
        var group = 0;
        while (group < groups.Count && groups[group].LastKey.AsSpan().SequenceCompareTo(key) < 0) group++;
        MoveTo(group, 0);
        while (TryPeek(out var next) && next.SequenceCompareTo(key) < 0) Pass();
        Segments.Clear();
    }

    /// <summary>Begins to collect segments anew.</summary>
    public void Begin() => Segments.Clear();

    /// <summary>The next row's key, which lasts until the cursor moves; false at the end of the table.</summary>
    public bool TryPeek(out ReadOnlySpan<byte> key)
    {
        key = default;
        while (_group < Table.Groups.Count && Row == Table.Groups[_group].Rows)
            (_group, _blockStart, _blockRows, _blockAt) = (_group + 1, 0, 0, 0);
        if (_group == Table.Groups.Count) return false;
        // The first key of a group is known without opening it: whoever only looks ahead doesn't read it.
        if (Row == 0 && _blockRows == 0)
        {
            key = Table.Groups[_group].FirstKey;
            return true;
        }
        if (_blockAt == _blockRows) Load();
        key = _bytes.AsSpan(_ends[_blockAt], _ends[_blockAt + 1] - _ends[_blockAt]);
        return true;
    }

    /// <summary>Passes the row that was peeked at.</summary>
    public void Pass()
    {
        if (_blockAt == _blockRows) Load();
        var row = Row;
        if (Segments.Count > 0 && Segments[^1] is var last && last.Group == _group && last.Start + last.Count == row)
            Segments[^1] = last with { Count = last.Count + 1 };
        else Segments.Add(new Segment(_group, row, 1));
        _blockAt++;
    }

    private void Load()
    {
        _blockStart += _blockAt;
        (_blockAt, _blockRows) = (0, (int)Math.Min(Block, Table.Groups[_group].Rows - _blockStart));
        _keys.Read(_group, _blockStart, _blockRows, 0, this);
    }

    public override void Take(int at, int count, ReadOnlySpan<short> levels, short most,
        ReadOnlySpan<ByteArray> values)
    {
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            var start = _ends[at + i];
            _ends[at + i + 1] = start;
            if (!levels.IsEmpty && levels[i] < most) continue;
            var key = KeyScan.Bytes(values[next++]);
            if (start + key.Length > _bytes.Length)
                Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + key.Length));
            key.CopyTo(_bytes.AsSpan(start));
            _ends[at + i + 1] = start + key.Length;
        }
    }

    public void Dispose()
    {
        _keys.Dispose();
        RowNumbers.Dispose();
        Refused.Dispose();
        foreach (var column in Columns) column.Dispose();
        _files.Dispose();
    }
}
