using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>Reads chunks with files of its own: one for each thread. Chunks that follow each other are read forwards;
/// another one is looked for.</summary>
public sealed class ChunkReader : IDisposable
{
    private readonly FactSource _source;
    private readonly TableReader _subjects;
    private readonly IReadOnlyList<TableReader> _others;

    /// <summary>The chunk at whose beginning the tables stand; −1: none.</summary>
    private int _at = -1;

    /// <summary>What was taken and not yet read.</summary>
    private int _next, _last = -1;

    internal ChunkReader(FactSource source)
    {
        _source = source;
        _subjects = new TableReader(source.Tables[0]);
        _others = [.. source.Tables.Skip(1).Select(t => new TableReader(t))];
    }

    /// <summary>The next chunk that no reader of the source has taken; null where there is none left. A reader takes
    /// several that follow each other at once.</summary>
    public Chunk? Next()
    {
        if (_next > _last)
        {
            if (_source.Claim() is not { } range) return null;
            (_next, _last) = range;
        }
        return Read(_next++);
    }

    /// <summary>A chunk by its number; its rejects are written once for each time it is read.</summary>
    public Chunk Read(int number)
    {
        if (number != _at) MoveTo(number);
        _at = number + 1;
        var group = _source.GroupOf(number);
        var last = number == group.FirstChunk + group.Chunks - 1;
        var end = last ? group.End : group.Start + (long)(number - group.FirstChunk + 1) * _source.ChunkSize;
        var rejects = new List<Reject>();
        var subjects = ReadSubjects(end);
        var hasMore = _subjects.Cursor.TryPeek(out var upper);
        var until = hasMore ? upper.ToArray() : null;
        var tables = new List<LoadedTable>(_others.Count);
        foreach (var table in _others) tables.Add(ReadOf(table, subjects, until));
        var linker = new ChunkLinker(_source.Dictionary, subjects, tables, _source.Plans);
        var chunk = linker.Link(number, rejects);
        if (rejects.Count > 0 || linker.Overrules) _source.Mended();
        _source.Rejects.Add(number, rejects);
        return chunk;
    }

    /// <summary>Rows of 主体 up to one, counted over all row groups; and those behind it with the same id.</summary>
    private LoadedTable ReadSubjects(long end)
    {
        var cursor = _subjects.Cursor;
        cursor.Begin();
        var count = 0;
        byte[] key = [];
        while (cursor.TryPeek(out var next))
        {
            var place = _source.FirstRows[cursor.Group] + cursor.Row;
            if (place >= end && !next.SequenceEqual(key)) break;
            if (place >= end - 1) key = next.ToArray();
            cursor.Pass();
            count++;
        }
        return _subjects.Load(new int[count], []);
    }

    private static LoadedTable ReadOf(TableReader table, LoadedTable subjects, byte[]? until)
    {
        var cursor = table.Cursor;
        cursor.Begin();
        var ids = subjects.Texts(ColumnRole.Id)!;
        var keys = (PackedPool)ids.Pool;
        var (subject, orphans, s) = (new List<int>(), new List<(int, string)>(), 0);
        while (cursor.TryPeek(out var key))
        {
            if (until is not null && key.SequenceCompareTo(until) >= 0) break;
            var order = -1;
            while (s < subjects.Rows && (order = keys.Utf8(ids.Codes[s]).SequenceCompareTo(key)) < 0) s++;
            if (s < subjects.Rows && order == 0 && key.Length > 0) subject.Add(s);
            else
            {
                orphans.Add((subject.Count, System.Text.Encoding.UTF8.GetString(key)));
                subject.Add(-1);
            }
            cursor.Pass();
        }
        return table.Load([.. subject], orphans);
    }

    /// <summary>Places every table at the beginning of a chunk.</summary>
    private void MoveTo(int number)
    {
        var group = _source.GroupOf(number);
        var row = group.Start + (long)(number - group.FirstChunk) * _source.ChunkSize;
        var cursor = _subjects.Cursor;
        Place(cursor, Math.Max(group.Start, row - 1));
        if (row > group.Start && cursor.TryPeek(out var key))
        {
            // The rows of an id stay together: those that begin in the chunk before belong to it.
            var before = key.ToArray();
            while (cursor.TryPeek(out key) && key.SequenceEqual(before)) cursor.Pass();
        }
        var from = number > 0 && cursor.TryPeek(out key) ? key.ToArray() : [];
        foreach (var table in _others) table.Cursor.MoveTo(from);
    }

    private void Place(TableCursor cursor, long row)
    {
        var group = 0;
        while (group + 1 < _source.FirstRows.Count && _source.FirstRows[group + 1] <= row) group++;
        cursor.MoveTo(group, _source.FirstRows.Count == 0 ? 0 : (int)(row - _source.FirstRows[group]));
    }

    public void Dispose()
    {
        _subjects.Dispose();
        foreach (var table in _others) table.Dispose();
    }
}
