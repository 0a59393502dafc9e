using Npgsql;
using Zhida.Policy.Batch;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Sql;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Engines;

/// <summary>PostgreSQL, over tables of facts that are in it, or that <see cref="PostgresLoad"/> has put
/// there.</summary>
public sealed class PostgresEngine : SqlEngine
{
    private PostgresEngine(NpgsqlConnection connection, RunContext context, SqlScript script)
        : base(connection, context, script) { }

    /// <summary>Over the tables that a connection's search path sees; the engine takes the connection over.</summary>
    /// <param name="context">What is decided.</param>
    /// <param name="plan">The same as plans.</param>
    /// <param name="connection">Open.</param>
    /// <param name="linked">As <see cref="SqlSource.IsLinked"/>.</param>
    public static PostgresEngine Open(
        RunContext context, RunPlan plan, NpgsqlConnection connection, bool linked = false)
    {
        try
        {
            var source = SourceOf(connection, context.Program.Dictionary) with { IsLinked = linked };
            // Millions of rows by few queries: planning for the machine's code costs more than it brings.
            Execute(connection, "SET jit = off");
            return new PostgresEngine(connection, context,
                SqlGenerator.Generate(context, plan, SqlDialect.Postgres, source));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Children are looked up by their subject.</summary>
    private protected override void Created(SqlView table)
    {
        if (table.Query.Contains("主体", StringComparison.Ordinal) && table.Name.StartsWith("事实_",
            StringComparison.Ordinal))
            Execute(Connection, $"CREATE INDEX ON {table.Name} (主体)");
        Execute(Connection, $"ANALYZE {table.Name}");
    }

    private static SqlSource SourceOf(NpgsqlConnection connection, Dictionary dictionary)
    {
        var tables = new Dictionary<string, SqlTable>(StringComparer.Ordinal);
        foreach (var name in TableLayout.Of(dictionary).Select(t => t.Name).Append(TableLayout.Grants))
        {
            using var command = new NpgsqlCommand(
                "SELECT attname FROM pg_attribute " +
                "WHERE attrelid = to_regclass(@name) AND attnum > 0 AND NOT attisdropped",
                connection);
            command.Parameters.AddWithValue("name", $"\"{name}\"");
            using var reader = command.ExecuteReader();
            var columns = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read()) columns.Add(reader.GetString(0));
            if (columns.Count > 0) tables[name] = new SqlTable($"\"{name}\"", columns);
        }
        return new SqlSource(tables);
    }
}
