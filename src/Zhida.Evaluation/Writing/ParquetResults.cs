using System.Runtime.InteropServices;
using ParquetSharp;
using ParquetSharp.IO;
using ParquetSharp.Schema;
using Encoding = System.Text.Encoding;

namespace Zhida.Evaluation.Writing;

/// <summary>
/// Parquet: zstd, labels as dictionaries, ids plain. The texts of labels are encoded once for the run and handed to
/// the encoder as addresses, the ids as addresses into the block: no line makes an object.
/// </summary>
internal sealed class ParquetResults : ResultWriter
{
    private const int RowsOfGroup = 1 << 20;

    private readonly ResultLabels _labels;
    private readonly Destination _destination;
    private readonly PendingFile _file;
    private readonly ParquetFileWriter _writer;
    private readonly TextArena _texts = new();
    private readonly ByteArray[] _items, _outcomes, _states;
    private readonly ByteArray[][] _conditions, _bits;
    private readonly Dictionary<int, ByteArray> _periods = [];
    private RowGroupWriter? _group;
    private int _rowsInGroup;
    private ByteArray[] _values = [];
    private long[] _amounts = [];
    private short[] _levels = [];

    public ParquetResults(Destination destination, ResultLabels labels)
    {
        (_labels, _destination) = (labels, destination);
        _items = [.. labels.Items.Select(i => _texts.Add(i.Id))];
        _outcomes = [.. Enumerable.Range(0, 3).Select(o => _texts.Add(ResultLabels.Outcome((byte)o)))];
        _states = [.. Enumerable.Range(0, 5).Select(s => _texts.Add(ResultLabels.State((byte)s)))];
        _conditions = [.. labels.Items.Select(i => i.Conditions.Select(c => _texts.Add(c.Label)).ToArray())];
        _bits = [.. labels.Items.Select((item, i) => Enumerable.Range(0, ResultBlock.FirstCap + item.Caps.Count)
            .Select(b => _texts.Add(labels.Bit(i, b))).ToArray())];
        _file = new PendingFile(destination.Path);
        using var builder = new WriterPropertiesBuilder();
        builder.Compression(Compression.Zstd).CompressionLevel(1).EnableDictionary()
            .DisableDictionary(ResultLabels.Columns[0]).DisableDictionary(ResultLabels.Columns[1])
            .DisableDictionary("金额_分").DisableStatistics().EnableStatistics("金额_分").CreatedBy("zhida");
        using var properties = builder.Build();
        using var schema = Schema();
        _writer = new ParquetFileWriter(new ManagedOutputStream(_file.Stream), schema, properties);
    }

    private static GroupNode Schema()
    {
        using var text = LogicalType.String();
        using var none = LogicalType.None();
        return new GroupNode("schema", Repetition.Required, [.. ResultLabels.Columns.Select((name, i) =>
            new PrimitiveNode(name, i is < 6 and not 1 ? Repetition.Required : Repetition.Optional,
                i == 6 ? none : text, i == 6 ? PhysicalType.Int64 : PhysicalType.ByteArray))]);
    }

    public override void Add(ResultBlock block)
    {
        if (block.Lines == 0) return;
        if (_group is not null && _rowsInGroup + block.Lines > RowsOfGroup) CloseGroup();
        _group ??= _writer.AppendBufferedRowGroup();
        _rowsInGroup += block.Lines;
        if (_values.Length < block.Lines)
            (_values, _amounts, _levels) =
                (new ByteArray[block.Lines], new long[block.Lines], new short[block.Lines]);
        AddIds(block);
        AddLabels(block);
        AddAmounts(block);
        using var texts = new TextArena();
        var missing = block.MissingTexts.Select(texts.Add).ToArray();
        Optional(8, block.Lines, row => block.Missing[row] != 0, row => missing[block.Missing[row]]);
    }

    private unsafe void AddIds(ResultBlock block)
    {
        fixed (byte* ids = block.Ids)
        {
            for (var column = 0; column < 2; column++)
            {
                var at = ids;
                var n = 0;
                for (var row = 0; row < block.Lines; row++)
                {
                    int subject = block.Lengths[row * 2], other = block.Lengths[row * 2 + 1];
                    if (column == 0) _values[n++] = new ByteArray((nint)at, subject);
                    else
                    {
                        _levels[row] = other > 0 ? (short)1 : (short)0;
                        if (other > 0) _values[n++] = new ByteArray((nint)(at + subject), other);
                    }
                    at += subject + other;
                }
                Write(column, block.Lines, column == 1, n);
            }
        }
    }

    private void AddLabels(ResultBlock block)
    {
        for (var row = 0; row < block.Lines; row++) _values[row] = _items[block.Items[row]];
        Write(2, block.Lines, false, block.Lines);
        for (var row = 0; row < block.Lines; row++) _values[row] = Period(block.Periods[row]);
        Write(3, block.Lines, false, block.Lines);
        for (var row = 0; row < block.Lines; row++) _values[row] = _outcomes[block.Outcomes[row]];
        Write(4, block.Lines, false, block.Lines);
        for (var row = 0; row < block.Lines; row++) _values[row] = _states[block.States[row]];
        Write(5, block.Lines, false, block.Lines);
        Optional(7, block.Lines, row => block.FirstFailed[row] >= 0,
            row => _conditions[block.Items[row]][block.FirstFailed[row]]);
        Optional(9, block.Lines, row => block.Bits[row] != ResultBlock.NotBit,
            row => _bits[block.Items[row]][block.Bits[row]]);
    }

    private void AddAmounts(ResultBlock block)
    {
        var n = 0;
        for (var row = 0; row < block.Lines; row++)
        {
            var known = block.Amounts[row] != ResultBlock.NoAmount;
            _levels[row] = known ? (short)1 : (short)0;
            if (known) _amounts[n++] = block.Amounts[row];
        }
        var column = (ColumnWriter<long>)_group!.Column(6);
        column.WriteBatch(block.Lines, _levels.AsSpan(0, block.Lines), default, _amounts.AsSpan(0, n));
    }

    private void Optional(int column, int rows, Func<int, bool> has, Func<int, ByteArray> value)
    {
        var n = 0;
        for (var row = 0; row < rows; row++)
        {
            var known = has(row);
            _levels[row] = known ? (short)1 : (short)0;
            if (known) _values[n++] = value(row);
        }
        Write(column, rows, true, n);
    }

    private void Write(int column, int rows, bool optional, int values)
    {
        var writer = (ColumnWriter<ByteArray>)_group!.Column(column);
        if (optional) writer.WriteBatch(rows, _levels.AsSpan(0, rows), default, _values.AsSpan(0, values));
        else writer.WriteBatch(_values.AsSpan(0, values));
    }

    private ByteArray Period(int code)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_periods, code, out var exists);
        if (!exists) known = _texts.Add(_labels.Period(code));
        return known;
    }

    private void CloseGroup()
    {
        _group?.Close();
        _group?.Dispose();
        (_group, _rowsInGroup) = (null, 0);
    }

    public override void Finish(IReadOnlyList<FailedCount> failed)
    {
        CloseGroup();
        _writer.Close();
        CountsFile.Write(_destination.CountsPath, failed, _labels);
        _file.Appear();
    }

    public override void Dispose()
    {
        _group?.Dispose();
        _writer.Dispose();
        _file.Dispose();
        _texts.Dispose();
    }

    /// <summary>Texts as UTF-8 that stays where it is until the arena goes.</summary>
    private sealed unsafe class TextArena : IDisposable
    {
        private readonly List<nint> _allocated = [];

        public ByteArray Add(string text)
        {
            var length = Encoding.UTF8.GetByteCount(text);
            var place = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, length));
            Encoding.UTF8.GetBytes(text, new Span<byte>(place, length));
            _allocated.Add((nint)place);
            return new ByteArray((nint)place, length);
        }

        public void Dispose()
        {
            foreach (var place in _allocated) NativeMemory.Free((void*)place);
            _allocated.Clear();
        }
    }
}
