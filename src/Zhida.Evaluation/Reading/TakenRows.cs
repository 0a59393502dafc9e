using System.Runtime.InteropServices;
using Encoding = System.Text.Encoding;
using ParquetSharp;
using ParquetSharp.Schema;

namespace Zhida.Evaluation.Reading;

/// <summary>Writes rows that were understood to a Parquet file of our own: numbers at their scale, days, 0 and 1 as
/// INT64, texts as UTF-8; the number of the row in its file; and whether the row was refused.</summary>
internal sealed class TakenRows : IDisposable
{
    public const string RowNumber = "行", Refused = "拒";

    private const int GroupRows = 1 << 16;

    private readonly TablePlan _plan;
    private readonly ParquetFileWriter _writer;
    private readonly NumberBuffer[] _numbers;
    private readonly TextBuffer[] _texts;
    private int _rows;

    public TakenRows(TablePlan plan, string path)
    {
        _plan = plan;
        var nodes = plan.Columns.Select(c => IsText(c) ? Node(c.Name, LogicalType.String(), PhysicalType.ByteArray)
            : Node(c.Name, LogicalType.None(), PhysicalType.Int64)).ToList();
        nodes.Add(Node(RowNumber, LogicalType.None(), PhysicalType.Int64));
        nodes.Add(Node(Refused, LogicalType.None(), PhysicalType.Int64));
        using var schema = new GroupNode("schema", Repetition.Required, nodes);
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder.Compression(Compression.Snappy).Build();
        _writer = new ParquetFileWriter(path, schema, properties);
        _numbers = [.. nodes.Select(_ => new NumberBuffer())];
        _texts = [.. nodes.Select(_ => new TextBuffer())];
        foreach (var node in nodes) node.Dispose();
    }

    public static bool IsText(ColumnPlan column) => column.Rule.Shape is CellShape.Shared or CellShape.Own;

    /// <summary>Where the columns stand in the file, as a part of a table.</summary>
    public static ParquetPart Part(TablePlan plan, string path, string shown) => new(path, shown,
        [.. plan.Columns.Select((_, i) => new PartColumn(i))], new PartColumn(plan.Columns.Count),
        new PartColumn(plan.Columns.Count + 1));

    /// <param name="cells">By the columns of the plan.</param>
    public void Add(ReadOnlySpan<Cell> cells, long number, bool refused)
    {
        for (var i = 0; i < cells.Length; i++)
            if (IsText(_plan.Columns[i])) _texts[i].Add(cells[i].IsKnown ? cells[i].Text : i == 0 ? "" : null);
            else _numbers[i].Add(cells[i].IsKnown ? cells[i].Number : null);
        _numbers[cells.Length].Add(number);
        _numbers[cells.Length + 1].Add(refused ? 1 : 0);
        if (++_rows == GroupRows) Flush();
    }

    private static PrimitiveNode Node(string name, LogicalType type, PhysicalType physical) =>
        new(name, Repetition.Optional, type, physical);

    private void Flush()
    {
        if (_rows == 0) return;
        using var group = _writer.AppendRowGroup();
        for (var i = 0; i < _numbers.Length; i++)
        {
            using var column = group.NextColumn();
            if (column is ColumnWriter<ByteArray> texts) _texts[i].Write(texts);
            else _numbers[i].Write((ColumnWriter<long>)column);
        }
        _rows = 0;
    }

    public void Dispose()
    {
        Flush();
        _writer.Close();
        _writer.Dispose();
    }

    private sealed class NumberBuffer
    {
        private readonly List<short> _levels = [];
        private readonly List<long> _values = [];

        public void Add(long? value)
        {
            _levels.Add(value is null ? (short)0 : (short)1);
            if (value is { } known) _values.Add(known);
        }

        public void Write(ColumnWriter<long> column)
        {
            column.WriteBatch(_levels.Count, CollectionsMarshal.AsSpan(_levels), [],
                CollectionsMarshal.AsSpan(_values));
            _levels.Clear();
            _values.Clear();
        }
    }

    private sealed class TextBuffer
    {
        private readonly List<short> _levels = [];
        private readonly List<int> _ends = [];
        private byte[] _bytes = new byte[1024];
        private int _size;

        public void Add(string? value)
        {
            _levels.Add(value is null ? (short)0 : (short)1);
            if (value is null) return;
            var most = _size + Encoding.UTF8.GetMaxByteCount(value.Length);
            if (most > _bytes.Length) Array.Resize(ref _bytes, Math.Max(most, _bytes.Length * 2));
            _size += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_size));
            _ends.Add(_size);
        }

        public unsafe void Write(ColumnWriter<ByteArray> column)
        {
            fixed (byte* bytes = _bytes)
            {
                var values = new ByteArray[_ends.Count];
                for (var (i, start) = (0, 0); i < values.Length; start = _ends[i++])
                    values[i] = new ByteArray((nint)(bytes + start), _ends[i] - start);
                column.WriteBatch(_levels.Count, CollectionsMarshal.AsSpan(_levels), [], values);
            }
            _levels.Clear();
            _ends.Clear();
            _size = 0;
        }
    }
}
