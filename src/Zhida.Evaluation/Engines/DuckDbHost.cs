using System.Data.Common;
using DuckDB.NET.Data;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;
using Zhida.Policy.Plans;
using Zhida.Policy.Sql;

namespace Zhida.Evaluation.Engines;

/// <summary>DuckDB within this process; the lines lie in a file of its own.</summary>
internal sealed class DuckDbHost : EngineHost
{
    private const string FileName = "engine-lines";

    private DuckDbHost(DuckDBConnection connection, RunContext context)
        : base(connection, context, SqlDialect.DuckDb) { }

    /// <param name="context">What is decided.</param>
    /// <param name="threads">How many threads DuckDB may use.</param>
    /// <param name="memory">How many bytes it may use; what is more goes to <paramref name="folder"/>.</param>
    /// <param name="folder">Of the run's own.</param>
    public static DuckDbHost Open(RunContext context, int threads, long memory, string folder)
    {
        var path = Path.Combine(folder, FileName);
        // Of a run that was stopped.
        foreach (var left in Directory.GetFiles(folder, FileName + "*")) File.Delete(left);
        var host = new DuckDbHost(DuckDbEngine.Connect(path, threads, memory, folder), context);
        host.Execute($"CREATE TABLE {Table} ({LineRows.Columns})");
        return host;
    }

    public override SqlEngine Load(RunPlan plan, string folder, bool linked, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var connection = (DuckDBConnection)Connection;
        var source = DuckDbEngine.SourceOf(connection, Context.Program.Dictionary, folder);
        return DuckDbEngine.Open(Context, plan, connection, source with { IsLinked = linked });
    }

    public override void Add(ResultBlock block, ResultLabels labels) => Append(RowsOf(block, labels));

    public override void Add(IEnumerable<ResultLine> lines, ResultLabels labels) =>
        Append(lines.Select(l => RowOf(l, labels)));

    private void Append(IEnumerable<Row> rows)
    {
        using var appender = ((DuckDBConnection)Connection).CreateAppender(Table);
        foreach (var row in rows)
            appender.CreateRow().AppendValue(row.Subject).AppendValue(row.Object).AppendValue(row.Item)
                .AppendValue(row.Period).AppendValue(row.City).AppendValue(row.Outcome).AppendValue(row.State)
                .AppendValue(row.Amount).AppendValue(row.Failed).AppendValue(row.Missing).AppendValue(row.Bit)
                .AppendValue(row.Filed).AppendValue(row.Waited).EndRow();
    }

    private protected override DbCommand Query(string sql)
    {
        var command = (DuckDBCommand)base.Query(sql);
        command.UseStreamingMode = true;
        return command;
    }
}
