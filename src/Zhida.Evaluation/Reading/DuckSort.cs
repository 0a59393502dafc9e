using System.Data;
using DuckDB.NET.Data;

namespace Zhida.Evaluation.Reading;

/// <summary>Orders Parquet files by the subject's id as bytes, then by row, in bounded memory; and reads Parquet files
/// whose columns are of other types row by row. Both by DuckDB.</summary>
internal static class DuckSort
{
    private const int GroupRows = 61_440;

    /// <summary>Orders a file of <see cref="TakenRows"/>.</summary>
    public static void Taken(TablePlan plan, string from, string to, ReadOptions options) => Copy(
        $"SELECT * FROM read_parquet({Text(from)}) ORDER BY {Name(plan.Key.Name)}, {Name(TakenRows.RowNumber)}", to,
        options);

    /// <summary>Orders files whose columns are of the right types, with the number of each row and of its file; returns
    /// the part that was made.</summary>
    public static ParquetPart Plain(TablePlan plan, IReadOnlyList<ParquetPart> parts, string to, ReadOptions options)
    {
        var present = plan.Columns.Select((_, i) => i).Where(i => parts.Any(p => p.Columns[i] is not null)).ToList();
        var selects = parts.Select((part, p) => "SELECT " + string.Join(", ", present.Select(i =>
            (part.Columns[i] is null ? "NULL AS " : "") + Name(plan.Columns[i].Name))) +
            $", {(long)p << ParquetTable.FileShift} + file_row_number + 1 AS {Name(TakenRows.RowNumber)} " +
            $"FROM read_parquet({Text(part.Path)}, file_row_number = true)");
        Copy($"SELECT * FROM ({string.Join(" UNION ALL ", selects)})" +
             $" ORDER BY coalesce({Name(plan.Key.Name)}, ''), {Name(TakenRows.RowNumber)}", to, options);
        var columns = new PartColumn?[plan.Columns.Count];
        for (var i = 0; i < present.Count; i++)
            columns[present[i]] =
                parts.Select(p => p.Columns[present[i]]).First(c => c is not null)! with { Index = i };
        return new ParquetPart(to, plan.Name, columns, new PartColumn(present.Count), null);
    }

    /// <summary>The rows of a file in their order.</summary>
    public static IDataReader Rows(string path, ReadOptions options)
    {
        var connection = Open(options);
        var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM read_parquet({Text(path)})";
        command.UseStreamingMode = true;
        return command.ExecuteReader(CommandBehavior.CloseConnection);
    }

    private static void Copy(string select, string to, ReadOptions options)
    {
        using var connection = Open(options);
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY ({select}) TO {Text(to)} (FORMAT parquet, ROW_GROUP_SIZE {GroupRows})";
        command.ExecuteNonQuery();
    }

    private static DuckDBConnection Open(ReadOptions options)
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SET memory_limit = '{options.SortMemory >> 20}MiB'; SET threads = {options.Threads}; " +
            $"SET temp_directory = {Text(options.TemporaryFolder)}";
        command.ExecuteNonQuery();
        return connection;
    }

    private static string Name(string name) => PostgresAddress.Quote(name);

    private static string Text(string text) => $"'{text.Replace("'", "''")}'";
}
