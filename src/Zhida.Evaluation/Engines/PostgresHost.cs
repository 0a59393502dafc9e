using Npgsql;
using NpgsqlTypes;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;
using Zhida.Policy.Plans;
using Zhida.Policy.Sql;

namespace Zhida.Evaluation.Engines;

/// <summary>A PostgreSQL server: facts and lines lie in temporary tables, which end with the connection.</summary>
internal sealed class PostgresHost : EngineHost
{
    private PostgresHost(NpgsqlConnection connection, RunContext context)
        : base(connection, context, SqlDialect.Postgres) { }

    /// <param name="context">What is decided.</param>
    /// <param name="address">What Npgsql connects with.</param>
    /// <param name="threads">How many processes of the server may work on one query.</param>
    public static PostgresHost Open(RunContext context, string address, int threads)
    {
        // A connection that is kept for others would keep the tables.
        var pairs = new NpgsqlConnectionStringBuilder(address) { Pooling = false };
        var connection = new NpgsqlConnection(pairs.ConnectionString);
        try
        {
            connection.Open();
            var host = new PostgresHost(connection, context);
            // A table that others have under the name of one of ours is not read.
            host.Execute($"SET search_path TO pg_temp; SET max_parallel_workers_per_gather = {threads}; " +
                $"CREATE TEMP TABLE {Table} ({LineRows.Columns})");
            return host;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override SqlEngine Load(RunPlan plan, string folder, bool linked, CancellationToken stop)
    {
        var connection = (NpgsqlConnection)Connection;
        PostgresLoad.FromParquet(connection, Context.Program.Dictionary, folder, stop);
        return PostgresEngine.Open(Context, plan, connection, linked);
    }

    public override void Add(ResultBlock block, ResultLabels labels) => Copy(RowsOf(block, labels));

    public override void Add(IEnumerable<ResultLine> lines, ResultLabels labels) =>
        Copy(lines.Select(l => RowOf(l, labels)));

    private void Copy(IEnumerable<Row> rows)
    {
        using var copy = ((NpgsqlConnection)Connection)
            .BeginBinaryImport($"COPY {Table} FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            copy.StartRow();
            copy.Write(row.Subject, NpgsqlDbType.Text);
            copy.Write(row.Object, NpgsqlDbType.Text);
            copy.Write(row.Item, NpgsqlDbType.Integer);
            foreach (var word in new[] { row.Period, row.City, row.Outcome, row.State })
                copy.Write(word, NpgsqlDbType.Text);
            Write(copy, row.Amount, NpgsqlDbType.Bigint);
            Write(copy, row.Failed, NpgsqlDbType.Integer);
            Write(copy, row.Missing);
            Write(copy, row.Bit);
            Write(copy, row.Filed, NpgsqlDbType.Date);
            copy.Write(row.Waited, NpgsqlDbType.Boolean);
        }
        copy.Complete();
    }

    private static void Write<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type) where T : struct
    {
        if (value is { } known) copy.Write(known, type);
        else copy.WriteNull();
    }

    private static void Write(NpgsqlBinaryImporter copy, string? text)
    {
        if (text is null) copy.WriteNull();
        else copy.Write(text, NpgsqlDbType.Text);
    }
}
