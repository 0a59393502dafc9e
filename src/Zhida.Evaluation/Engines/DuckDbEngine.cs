using System.Globalization;
using DuckDB.NET.Data;
using Zhida.Evaluation.Reading;
using Zhida.Policy.Batch;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Sql;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Engines;

/// <summary>DuckDB within this process, over a folder of Parquet files or over tables of an open connection.</summary>
public sealed class DuckDbEngine : SqlEngine
{
    private DuckDbEngine(DuckDBConnection connection, RunContext context, SqlScript script)
        : base(connection, context, script) { }

    /// <summary>Reads the tables of a folder (主体.parquet, 贷款.parquet, …), each where it is there.</summary>
    /// <param name="context">What is decided.</param>
    /// <param name="plan">The same as plans.</param>
    /// <param name="folder">Of the Parquet files.</param>
    /// <param name="threads">How many threads DuckDB may use.</param>
    /// <param name="memory">How many bytes it may use; what is more goes to <paramref name="temporary"/>.</param>
    /// <param name="temporary">A folder of the run's own.</param>
    public static DuckDbEngine Open(
        RunContext context, RunPlan plan, string folder, int threads, long memory, string temporary)
    {
        var connection = Connect(":memory:", threads, memory, temporary);
        return Open(context, plan, connection, SourceOf(connection, context.Program.Dictionary, folder));
    }

    /// <summary>A database with bounds.</summary>
    /// <param name="path">Its file, or :memory:.</param>
    internal static DuckDBConnection Connect(string path, int threads, long memory, string temporary)
    {
        var connection = new DuckDBConnection($"DataSource={path}");
        connection.Open();
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{memory}B'"));
        Execute(connection, $"SET temp_directory = '{Text(temporary)}'");
        Execute(connection, "SET preserve_insertion_order = false");
        return connection;
    }

    /// <summary>Over tables of an open connection, which the engine takes over.</summary>
    public static DuckDbEngine Open(RunContext context, RunPlan plan, DuckDBConnection connection, SqlSource source)
    {
        try
        {
            return new DuckDbEngine(connection, context, SqlGenerator.Generate(context, plan, SqlDialect.DuckDb,
                source));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Which tables of facts a folder has, with their columns.</summary>
    internal static SqlSource SourceOf(DuckDBConnection connection, Dictionary dictionary, string folder)
    {
        var tables = new Dictionary<string, SqlTable>(StringComparer.Ordinal);
        foreach (var name in TableLayout.Of(dictionary).Select(t => t.Name).Append(TableLayout.Grants))
        {
            var path = Path.Combine(folder, name + ".parquet");
            if (!File.Exists(path)) continue;
            var from = $"read_parquet('{Text(path)}', binary_as_string = true)";
            var columns = Columns(connection, from);
            var understood = columns.Select(c => Understood(c.Name, c.Type)).OfType<string>().ToList();
            if (understood.Count > 0) from = $"(SELECT * REPLACE ({string.Join(", ", understood)}) FROM {from})";
            tables[name] = new SqlTable(from, columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal));
        }
        return new SqlSource(tables);
    }

    /// <summary>The column as reading understands it, where that differs: an empty text is unknown; a whole number is
    /// as large as it may become in 分.</summary>
    private static string? Understood(string name, Type type)
    {
        var quoted = PostgresAddress.Quote(name);
        if (type == typeof(string)) return $"nullif({quoted}, '') AS {quoted}";
        return type == typeof(int) || type == typeof(short) || type == typeof(sbyte)
            ? $"CAST({quoted} AS BIGINT) AS {quoted}" : null;
    }

    private static List<(string Name, Type Type)> Columns(DuckDBConnection connection, string from)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {from} LIMIT 0";
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetFieldType(i)))];
    }

    private static string Text(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
