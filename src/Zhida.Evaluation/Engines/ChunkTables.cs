using ParquetSharp;
using ParquetSharp.Schema;
using Zhida.Evaluation.Population;
using Zhida.Evaluation.Reading;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;
using Cell = Zhida.Evaluation.Population.Cell;

namespace Zhida.Evaluation.Engines;

/// <summary>Writes what was read as Parquet once more, without what was refused and with references resolved: for a
/// database that can't read the source itself, or would not read it so.</summary>
internal sealed class ChunkTables : IDisposable
{
    private readonly Dictionary _dictionary;
    private readonly List<(ParquetTable Source, TableLayout Layout, TableWriter Writer)> _tables = [];
    private readonly TableWriter? _grants;
    private readonly TextStore _texts = new();

    private ChunkTables(FactSource source, string folder)
    {
        _dictionary = source.Dictionary;
        var layouts = TableLayout.Of(_dictionary).ToDictionary(t => t.Name);
        foreach (var table in source.Tables)
        {
            var path = Path.Combine(folder, table.Plan.Name + ".parquet");
            if (table.Plan.Kind == TableKind.Grants)
            {
                string[] words = ["主体", "事项", "范围", "对象", "期"];
                _grants = new TableWriter(path, [.. words.Select(w => new TextBuffer(w, optional: true)),
                    new NumberBuffer("金额", 2, optional: false)]);
                continue;
            }
            var layout = layouts[table.Plan.Name];
            layout = layout with
            {
                Columns = [.. layout.Columns.Where(c => table.Plan.Columns.Any(p => p.Name == c.Name))],
            };
            var shape = new TableShape(layout);
            _tables.Add((table, layout, new TableWriter(path,
                [.. Enumerable.Range(0, shape.Width).Select(shape.NewColumn)])));
        }
    }

    /// <summary>Reads all chunks again; what is refused is not reported again.</summary>
    public static void Write(FactSource source, string folder, CancellationToken stop)
    {
        using var tables = new ChunkTables(source, folder);
        using var reader = source.OpenReader();
        for (var number = 0; number < source.Chunks; number++)
        {
            stop.ThrowIfCancellationRequested();
            tables.Add(reader.Read(number));
            source.Rejects.Take(number);
        }
        foreach (var (_, _, writer) in tables._tables) writer.Close();
        tables._grants?.Close();
    }

    private void Add(Chunk chunk)
    {
        foreach (var (_, layout, writer) in _tables)
        {
            var row = new Cell[layout.Columns.Count];
            if (layout.Yearly) AddYears(chunk, layout, writer, row);
            else AddObjects(chunk, layout, writer, row);
            writer.Flush();
            _texts.Clear();
        }
        if (_grants is null || chunk.Grants is not { } grants) return;
        for (var subject = 0; subject < chunk.Subjects.Count; subject++)
            for (var i = grants.First[subject]; i < grants.First[subject + 1]; i++)
                _grants.Add(CellsOf(IdOf(chunk.Subjects, subject), grants.Grants[i]));
        _grants.Flush();
        _texts.Clear();
    }

    private void AddObjects(Chunk chunk, TableLayout layout, TableWriter writer, Cell[] cells)
    {
        var table = chunk.Tables[layout.Object];
        for (var row = 0; row < table.Count; row++)
        {
            if (Bits.Get(table.Virtual, row)) continue;
            for (var i = 0; i < cells.Length; i++)
            {
                var column = layout.Columns[i];
                cells[i] = column.Role switch
                {
                    ColumnRole.Id => Text(IdOf(table, row)),
                    ColumnRole.Subject => Text(IdOf(chunk.Subjects, table.Subject[row])),
                    ColumnRole.Reference => Reference(chunk, table, column, row),
                    ColumnRole.UnknownObjects => Unsaid(chunk, row),
                    _ => Value(table.Facts.GetValueOrDefault(column.Fact!), column.Fact!, row),
                };
            }
            writer.Add(cells);
        }
    }

    private void AddYears(Chunk chunk, TableLayout layout, TableWriter writer, Cell[] cells)
    {
        var owners = chunk.Tables[layout.Object];
        if (owners.Years is not { } years) return;
        for (var row = 0; row < years.Count; row++)
        {
            var owner = years.Owner[row];
            for (var i = 0; i < cells.Length; i++)
            {
                var column = layout.Columns[i];
                cells[i] = column.Role switch
                {
                    ColumnRole.Subject => Text(IdOf(chunk.Subjects, owners.Subject[owner])),
                    ColumnRole.Owner => Text(IdOf(owners, owner)),
                    ColumnRole.Year => Cell.Of((long)years.Year[row]),
                    _ => Value(years.Facts.GetValueOrDefault(column.Fact!), column.Fact!, row),
                };
            }
            writer.Add(cells);
        }
    }

    private Cell Reference(Chunk chunk, ObjectTable table, ColumnLayout column, int row)
    {
        var index = table.Type.References.FindIndex(r => r.Target == column.Target);
        var to = table.References[index][row];
        return to < 0 ? Cell.Unknown : Text(IdOf(chunk.Tables[column.Target!], to));
    }

    /// <summary>未知对象: the objects of which the subject has a row that stands for what is not known.</summary>
    private Cell Unsaid(Chunk chunk, int subject)
    {
        var types = chunk.Tables.Values.Where(t => t.Type != _dictionary.Subject &&
            t.First[subject] < t.First[subject + 1] && Bits.Get(t.Virtual, t.First[subject])).ToList();
        return types.Count == 0 ? Cell.Unknown
            : Text(string.Join(TableLayout.Separator, types.Select(t => t.Type.Name)));
    }

    private Cell Value(FactColumn? column, Fact fact, int row)
    {
        if (column is null || !Bits.Get(column.Known, row)) return Cell.Unknown;
        return column switch
        {
            NumberColumn numbers => Cell.Of(numbers.Values[row]),
            DateColumn dates => Cell.Of((long)dates.Days[row]),
            FlagColumn flags => Cell.Of(Bits.Get(flags.Bits, row)),
            TextColumn texts => Text(texts.Pool[texts[row]] is { Length: > 0 } text || fact.Type is not
                Feel.Types.ListType ? texts.Pool[texts[row]] : TableLayout.EmptyList),
            _ => throw new InvalidOperationException($"{column}"),
        };
    }

    private Cell[] CellsOf(string subject, Grant grant) =>
    [
        Text(subject), Text(grant.Item), Optional(grant.Scope), Optional(grant.Key), Optional(grant.Period),
        Cell.Of((long)(grant.Amount * 100)),
    ];

    private Cell Optional(string? text) => text is null ? Cell.Unknown : Text(text);

    private Cell Text(string text) => _texts.Add(text);

    private static string IdOf(ObjectTable table, int row) => table.Ids.Pool[table.Ids[row]];

    public void Dispose()
    {
        foreach (var (_, _, writer) in _tables) writer.Dispose();
        _grants?.Dispose();
    }

    /// <summary>A Parquet file, a row group a chunk.</summary>
    private sealed class TableWriter : IDisposable
    {
        private readonly TableBuffer _rows;
        private readonly ParquetFileWriter _file;

        public TableWriter(string path, IReadOnlyList<ColumnBuffer> columns)
        {
            _rows = new TableBuffer(columns);
            using var schema = new GroupNode("schema", Repetition.Required, [.. columns.Select(c => c.Node())]);
            using var builder = new WriterPropertiesBuilder();
            using var properties = builder.Compression(Compression.Snappy).Build();
            _file = new ParquetFileWriter(path, schema, properties);
        }

        public void Add(ReadOnlySpan<Cell> row) => _rows.Add(row);

        public void Flush()
        {
            if (_rows.Rows == 0) return;
            using (var group = _file.AppendRowGroup())
                foreach (var column in _rows.Columns)
                {
                    using var writer = group.NextColumn();
                    column.Write(writer);
                }
            _rows.Clear();
        }

        public void Close() => _file.Close();

        public void Dispose() => _file.Dispose();
    }
}
