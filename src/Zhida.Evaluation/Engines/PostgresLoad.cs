using System.Data.Common;
using DuckDB.NET.Data;
using Npgsql;
using NpgsqlTypes;
using Zhida.Policy.Program;
using Zhida.Policy.Sql;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Engines;

/// <summary>Copies tables of facts into temporary tables of PostgreSQL, under their names in the layout.</summary>
public static class PostgresLoad
{
    /// <summary>From a folder of Parquet files.</summary>
    public static void FromParquet(
        NpgsqlConnection to, Dictionary dictionary, string folder, CancellationToken stop = default)
    {
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        FromDuckDb(to, dictionary, duck, DuckDbEngine.SourceOf(duck, dictionary, folder), stop);
    }

    /// <summary>From what a DuckDB connection sees.</summary>
    public static void FromDuckDb(
        NpgsqlConnection to, Dictionary dictionary, DuckDBConnection from, SqlSource source,
        CancellationToken stop = default)
    {
        foreach (var layout in TableLayout.Of(dictionary))
        {
            if (!source.Tables.TryGetValue(layout.Name, out var table)) continue;
            Copy(to, from, layout.Name, table,
                [.. layout.Columns.Where(c => table.Columns.Contains(c.Name)).Select(c => (c.Name, TypeOf(c)))],
                stop);
        }
        if (source.Tables.TryGetValue(TableLayout.Grants, out var grants))
            Copy(to, from, TableLayout.Grants, grants, [.. grants.Columns.Select(c =>
                (c, c == "金额" ? NpgsqlDbType.Numeric : NpgsqlDbType.Text))], stop);
    }

    private static NpgsqlDbType TypeOf(ColumnLayout column) => column switch
    {
        { Role: ColumnRole.Year } => NpgsqlDbType.Bigint,
        { Role: not ColumnRole.Fact } => NpgsqlDbType.Text,
        { Fact.Kind: FactKind.Boolean } => NpgsqlDbType.Boolean,
        { Fact.Kind: FactKind.Date } => NpgsqlDbType.Date,
        { Fact.Kind: FactKind.Integer } => NpgsqlDbType.Bigint,
        { Fact.Type: Feel.Types.NumberType } => NpgsqlDbType.Numeric,
        _ => NpgsqlDbType.Text,
    };

    private static void Copy(NpgsqlConnection to, DuckDBConnection from, string name, SqlTable table,
        IReadOnlyList<(string Name, NpgsqlDbType Type)> columns, CancellationToken stop)
    {
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        using (var create = new NpgsqlCommand(
            $"CREATE TEMP TABLE \"{name}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\" {c.Type}"))})", to))
            create.ExecuteNonQuery();
        using var command = from.CreateCommand();
        command.UseStreamingMode = true;
        command.CommandText = $"SELECT {names} FROM {table.From}";
        using var reader = command.ExecuteReader();
        using var copy = to.BeginBinaryImport($"COPY \"{name}\" ({names}) FROM STDIN (FORMAT BINARY)");
        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            copy.StartRow();
            for (var i = 0; i < columns.Count; i++) Write(copy, reader, i, columns[i].Type);
        }
        copy.Complete();
    }

    private static void Write(NpgsqlBinaryImporter copy, DbDataReader reader, int column, NpgsqlDbType type)
    {
        if (reader.IsDBNull(column)) copy.WriteNull();
        else if (type == NpgsqlDbType.Boolean) copy.Write(reader.GetBoolean(column), type);
        else if (type == NpgsqlDbType.Date) copy.Write(reader.GetFieldValue<DateOnly>(column), type);
        else if (type == NpgsqlDbType.Bigint)
            copy.Write(Convert.ToInt64(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture),
                type);
        else if (type == NpgsqlDbType.Numeric) copy.Write(
            Convert.ToDecimal(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture), type);
        else copy.Write(reader.GetString(column), type);
    }
}
