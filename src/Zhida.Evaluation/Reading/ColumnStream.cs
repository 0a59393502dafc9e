using ParquetSharp;

namespace Zhida.Evaluation.Reading;

/// <summary>Rows of a row group that belong to a chunk.</summary>
internal readonly record struct Segment(int Group, int Start, int Count);

/// <summary>The open files of a table, for one thread.</summary>
internal sealed class PartFiles(ParquetTable table) : IDisposable
{
    /// <summary>Row groups beyond this many rows are read page by page, not in one piece.</summary>
    private const int LargeGroup = 1 << 18;

    private readonly Dictionary<ParquetPart, ParquetFileReader> _files = new(ReferenceEqualityComparer.Instance);

    public ParquetTable Table => table;

    /// <summary>A row group, to be disposed of by the caller.</summary>
    public RowGroupReader Open(int group)
    {
        var wanted = table.Groups[group];
        if (!_files.TryGetValue(wanted.Part, out var file))
        {
            using var properties = ReaderProperties.GetDefaultReaderProperties();
            if (wanted.Rows > LargeGroup) properties.EnableBufferedStream();
            _files[wanted.Part] = file = new ParquetFileReader(wanted.Part.Path, properties);
        }
        return file.RowGroup(wanted.Index);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }
}

/// <summary>Takes the values of a column batch by batch.</summary>
internal abstract class ColumnSink
{
    /// <param name="at">The row of the first.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="levels">For each row whether it is known: equal to <paramref name="most"/>; empty: all are.</param>
    /// <param name="most">The level of what is known.</param>
    /// <param name="values">Those that are known, one behind the other.</param>
    /// <param name="column">How the file keeps them.</param>
    public virtual void Take(int at, int count, ReadOnlySpan<short> levels, short most, ReadOnlySpan<long> values,
        PartColumn column) => throw new InvalidOperationException("not a column of numbers");

    public virtual void Take(int at, int count, ReadOnlySpan<short> levels, short most,
        ReadOnlySpan<ByteArray> values) => throw new InvalidOperationException("not a column of texts");
}

/// <summary>One column of a table, read forwards over the row groups.</summary>
/// <param name="files">Shared by the columns of the table.</param>
/// <param name="where">Where the column stands in a part; null: the part has none.</param>
internal sealed class ColumnStream(PartFiles files, Func<ParquetPart, PartColumn?> where) : IDisposable
{
    private const int Batch = 4096;

    private readonly short[] _levels = new short[Batch];
    private readonly long[] _longs = new long[Batch];
    private int[]? _ints;
    private bool[]? _flags;
    private ByteArray[]? _bytes;
    private RowGroupReader? _rows;
    private ColumnReader? _reader;
    private int _group = -1;
    private long _at;

    /// <summary>Reads the rows of segments, one segment behind the other, into a sink.</summary>
    public void Read(IReadOnlyList<Segment> segments, ColumnSink sink)
    {
        var at = 0;
        foreach (var segment in segments)
        {
            Read(segment.Group, segment.Start, segment.Count, at, sink);
            at += segment.Count;
        }
    }

    public void Read(int group, long start, int count, int at, ColumnSink sink)
    {
        var part = files.Table.Groups[group].Part;
        if (where(part) is not { } column) return;
        Seek(group, start, column);
        var most = _reader!.ColumnDescriptor.MaxDefinitionLevel;
        while (count > 0)
        {
            var read = ReadBatch(Math.Min(count, Batch), out var known, out var isText);
            if (read == 0) throw new InvalidDataException($"{part.Shown} ended before its last row");
            var levels = known == read ? default : _levels.AsSpan(0, read);
            if (isText) sink.Take(at, read, levels, most, _bytes.AsSpan(0, known));
            else sink.Take(at, read, levels, most, _longs.AsSpan(0, known), column);
            at += read;
            count -= read;
            _at += read;
        }
    }

    private void Seek(int group, long start, PartColumn column)
    {
        if (group != _group || _at > start || _reader is null)
        {
            Dispose();
            _rows = files.Open(group);
            _reader = _rows.Column(column.Index);
            (_group, _at) = (group, 0);
        }
        while (_at < start)
        {
            var skipped = _reader.Skip(start - _at);
            if (skipped == 0) throw new InvalidDataException("a row group ended before its last row");
            _at += skipped;
        }
    }

    private int ReadBatch(int count, out int known, out bool isText)
    {
        isText = false;
        long read, values;
        switch (_reader)
        {
            case ColumnReader<long> longs:
                read = longs.ReadBatch(count, _levels, [], _longs, out values);
                break;
            case ColumnReader<int> ints:
                _ints ??= new int[Batch];
                read = ints.ReadBatch(count, _levels, [], _ints, out values);
                for (var i = 0; i < values; i++) _longs[i] = _ints[i];
                break;
            case ColumnReader<bool> flags:
                _flags ??= new bool[Batch];
                read = flags.ReadBatch(count, _levels, [], _flags, out values);
                for (var i = 0; i < values; i++) _longs[i] = _flags[i] ? 1 : 0;
                break;
            case ColumnReader<ByteArray> texts:
                _bytes ??= new ByteArray[Batch];
                read = texts.ReadBatch(count, _levels, [], _bytes, out values);
                isText = true;
                break;
            default: throw new InvalidOperationException($"a column of {_reader?.GetType()}");
        }
        known = (int)values;
        return (int)read;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _rows?.Dispose();
    }
}
