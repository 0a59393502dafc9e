using System.Globalization;

using MiniExcelLibs;
using Npgsql;
using ParquetSharp;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>Tables of facts as rows of values of .NET types (null: unknown), by the names of <see cref="TableLayout"/>;
/// written in every form that is read.</summary>
internal sealed class FactTables
{
    private static readonly IReadOnlyList<TableLayout> Layouts = TableLayout.Of(SmallFacts.Dictionary);

    public Dictionary<string, List<Dictionary<string, object?>>> Rows { get; init; } = [];

    /// <summary>Adds a row: names and values in turn.</summary>
    public FactTables Add(string table, params object?[] cells)
    {
        if (!Rows.TryGetValue(table, out var rows)) Rows[table] = rows = [];
        rows.Add(Enumerable.Range(0, cells.Length / 2).ToDictionary(i => (string)cells[2 * i]!, i => cells[2 * i + 1]));
        return this;
    }

    public static IReadOnlyList<(string Name, FactKind Kind)> Columns(string table) => table == TableLayout.Grants
        ? [("主体", FactKind.Text), ("事项", FactKind.Text), ("范围", FactKind.Text), ("对象", FactKind.Text),
            ("期", FactKind.Text), ("金额", FactKind.Money)]
        : [.. Layouts.First(l => l.Name == table).Columns.Select(c => (c.Name,
            c.Role == ColumnRole.Year ? FactKind.Integer : c.Fact?.Kind ?? FactKind.Text))];

    /// <summary>Rows in the order of their subjects' ids as bytes, as sorted files have them.</summary>
    public FactTables Sorted() => new()
    {
        Rows = Rows.ToDictionary(t => t.Key, t => t.Value.OrderBy(r => Convert.ToHexString(
            System.Text.Encoding.UTF8.GetBytes((string?)r[KeyOf(t.Key)] ?? "")), StringComparer.Ordinal).ToList()),
    };

    /// <summary>Rows of different subjects in another order; those of one subject stay in theirs.</summary>
    public FactTables Shuffled(int seed)
    {
        var random = new Random(seed);
        return new FactTables
        {
            Rows = Rows.ToDictionary(t => t.Key, t =>
            {
                var queues = t.Value.GroupBy(r => (string?)r[KeyOf(t.Key)] ?? "")
                    .Select(g => new Queue<Dictionary<string, object?>>(g)).ToList();
                var rows = new List<Dictionary<string, object?>>();
                while (queues.Count > 0)
                {
                    var queue = queues[random.Next(queues.Count)];
                    rows.Add(queue.Dequeue());
                    if (queue.Count == 0) queues.Remove(queue);
                }
                return rows;
            }),
        };
    }

    public static string KeyOf(string table) => table == "主体" ? "编号" : "主体";

    public void WriteParquet(string folder, int groupRows = 1 << 16)
    {
        foreach (var (table, rows) in Rows)
            WriteParquet(Path.Combine(folder, table + ".parquet"), table, rows, groupRows);
    }

    public static void WriteParquet(string path, string table, List<Dictionary<string, object?>> rows, int groupRows)
    {
        var columns = Columns(table);
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder.Compression(Compression.Snappy).EnableStoreDecimalAsInteger().Build();
        using var file = new ParquetFileWriter(path, [.. columns.Select(c => ColumnOf(c.Name, c.Kind))], properties);
        foreach (var chunk in rows.Chunk(groupRows))
        {
            using var group = file.AppendRowGroup();
            foreach (var (name, kind) in columns)
            {
                using var writer = group.NextColumn().LogicalWriter();
                T[] Cells<T>(Func<object?, T> of) => [.. chunk.Select(r => of(r.GetValueOrDefault(name)))];
                switch (writer)
                {
                    case LogicalColumnWriter<string> texts: texts.WriteBatch(Cells(c => (string)c!)); break;
                    case LogicalColumnWriter<bool?> flags: flags.WriteBatch(Cells(c => (bool?)c)); break;
                    case LogicalColumnWriter<DateOnly?> days: days.WriteBatch(Cells(c => (DateOnly?)c)); break;
                    case LogicalColumnWriter<long?> whole: whole.WriteBatch(Cells(c => (long?)c)); break;
                    case LogicalColumnWriter<decimal?> numbers: numbers.WriteBatch(Cells(c => (decimal?)c)); break;
                    default: throw new InvalidOperationException($"{writer.GetType()} for {kind}");
                }
            }
        }
        file.Close();
    }

    private static Column ColumnOf(string name, FactKind kind) => kind switch
    {
        FactKind.Boolean => new Column<bool?>(name),
        FactKind.Date => new Column<DateOnly?>(name),
        FactKind.Integer => new Column<long?>(name),
        FactKind.Money or FactKind.Number or FactKind.Share or FactKind.Ratio or FactKind.Rate =>
            new Column<decimal?>(name, LogicalType.Decimal(18, TableLayout.ScaleOf(kind))),
        _ => new Column<string>(name),
    };

    public void WriteCsv(string folder)
    {
        foreach (var (table, rows) in Rows)
        {
            var names = Columns(table).Select(c => c.Name).ToList();
            var lines = rows.Select(r => string.Join(',', names.Select(n => Quote(Text(r.GetValueOrDefault(n))))));
            File.WriteAllText(Path.Combine(folder, table + ".csv"),
                string.Join("\r\n", lines.Prepend(string.Join(',', names))) + "\r\n");
        }
    }

    public void WriteXlsx(string path) => MiniExcel.SaveAs(path, Rows.ToDictionary(t => t.Key, t =>
    {
        var table = new System.Data.DataTable(t.Key);
        var columns = Columns(t.Key);
        foreach (var (name, _) in columns) table.Columns.Add(name, typeof(object));
        foreach (var row in t.Value)
            table.Rows.Add([.. columns.Select(c => row.GetValueOrDefault(c.Name) is { } cell
                ? cell is DateOnly day ? day.ToDateTime(default) : cell : DBNull.Value)]);
        return (object)table;
    }));

    public void WritePostgres(PostgresServer server, string schema)
    {
        server.Execute($"CREATE SCHEMA {schema}");
        foreach (var (table, rows) in Rows)
        {
            var columns = Columns(table);
            server.Execute($"CREATE TABLE {schema}.\"{table}\" (" +
                string.Join(", ", columns.Select(c => $"\"{c.Name}\" {SqlType(c.Kind)}")) + ")");
            using var connection = new NpgsqlConnection(server.ConnectionString);
            connection.Open();
            foreach (var row in rows)
            {
                using var insert = new NpgsqlCommand($"INSERT INTO {schema}.\"{table}\" VALUES (" +
                    string.Join(", ", columns.Select((_, i) => $"${i + 1}")) + ")", connection);
                foreach (var (name, kind) in columns)
                    insert.Parameters.Add(new NpgsqlParameter
                        { Value = row.GetValueOrDefault(name) ?? DBNull.Value, DataTypeName = SqlType(kind) });
                insert.ExecuteNonQuery();
            }
        }
    }

    private static string SqlType(FactKind kind) => kind switch
    {
        FactKind.Boolean => "boolean",
        FactKind.Date => "date",
        FactKind.Integer => "bigint",
        FactKind.Money or FactKind.Number or FactKind.Share or FactKind.Ratio or FactKind.Rate => "numeric",
        _ => "text",
    };

    public static string Text(object? cell) => cell switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.########", CultureInfo.InvariantCulture),
        bool flag => flag ? "是" : "否",
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny("\",\r\n") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
}
