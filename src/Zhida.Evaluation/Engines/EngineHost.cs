using System.Data.Common;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Plans;
using Zhida.Policy.Sql;

namespace Zhida.Evaluation.Engines;

/// <summary>
/// A connection to a database that decides a run, with a table in which its lines are gathered: those that the database
/// decides, and those of the items that it can't. Afterwards they are read in the order of the result table. Used by
/// one thread; what runs in the database ends early when the run shall stop.
/// </summary>
internal abstract class EngineHost(DbConnection connection, RunContext context, SqlDialect dialect) : IDisposable
{
    private protected const string Table = "结果行";

    private readonly LineRows _rows = new(context);

    public SqlDialect Dialect => dialect;

    private protected DbConnection Connection => connection;

    private protected RunContext Context => context;

    /// <summary>Has the database read the facts.</summary>
    /// <param name="plan">What is decided.</param>
    /// <param name="folder">Of Parquet files.</param>
    /// <param name="linked">As <see cref="SqlSource.IsLinked"/>.</param>
    /// <param name="stop">Gives up.</param>
    public abstract SqlEngine Load(RunPlan plan, string folder, bool linked, CancellationToken stop);

    /// <summary>Adds the lines of a block.</summary>
    public abstract void Add(ResultBlock block, ResultLabels labels);

    /// <summary>Adds lines that waited for all others.</summary>
    public abstract void Add(IEnumerable<ResultLine> lines, ResultLabels labels);

    /// <summary>Decides an item and keeps its lines.</summary>
    /// <param name="item">With its views.</param>
    /// <param name="index">Of the item.</param>
    /// <param name="waits">Whether its lines that draw come after all others.</param>
    /// <param name="all">Whether lines that are 不符合 are kept too.</param>
    /// <param name="stop">Gives up.</param>
    public void Decide(SqlItem item, int index, bool waits, bool all, CancellationToken stop)
    {
        Execute($"INSERT INTO {Table} {LineRows.Due(item, index, waits)}", stop);
        if (all) Execute($"INSERT INTO {Table} {LineRows.Failed(item, index)}", stop);
    }

    /// <summary>All lines: by subject, item and object; then those that waited, as they drew.</summary>
    public IEnumerable<ResultLine> Lines(CancellationToken stop)
    {
        var bytes = dialect.ByBytes;
        string[] queries =
        [
            $"SELECT * FROM {Table} WHERE NOT 等候 ORDER BY 主体{bytes}, 事项, coalesce(对象, ''){bytes}",
            $"SELECT * FROM {Table} WHERE 等候 ORDER BY 申报时间 NULLS LAST, coalesce(对象, ''){bytes}, 主体{bytes}, 事项",
        ];
        var together = new List<ResultLine>();
        foreach (var line in queries.SelectMany(q => Rows(q, stop)))
        {
            if (together.Count > 0 && together[0] is var first && (line.Item != first.Item ||
                    line.Object != first.Object || line.Subject != first.Subject))
            {
                foreach (var before in ByPeriod(together)) yield return before;
                together.Clear();
            }
            together.Add(line);
        }
        foreach (var last in ByPeriod(together)) yield return last;
    }

    private static IEnumerable<ResultLine> ByPeriod(List<ResultLine> lines) =>
        lines.Count == 1 ? lines : lines.OrderBy(l => l.Period);

    private IEnumerable<ResultLine> Rows(string query, CancellationToken stop)
    {
        using var command = Query(query);
        using var cancelling = stop.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return _rows.Read(reader);
    }

    private protected void Execute(string sql, CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        using var command = Command(sql);
        using var cancelling = stop.Register(command.Cancel);
        command.ExecuteNonQuery();
    }

    /// <summary>A command whose rows are not all held at once.</summary>
    private protected virtual DbCommand Query(string sql) => Command(sql);

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command;
    }

    /// <summary>The columns of a line that are words or numbers, in the order of <see cref="LineRows.Columns"/>.
    /// </summary>
    private protected readonly record struct Row(
        string Subject, string Object, int Item, string Period, string City, string Outcome, string State, long? Amount,
        int? Failed, string? Missing, string? Bit, DateOnly? Filed, bool Waited);

    private protected static IEnumerable<Row> RowsOf(ResultBlock block, ResultLabels labels)
    {
        var at = 0;
        for (var i = 0; i < block.Lines; i++)
        {
            int item = block.Items[i], subject = block.Lengths[i * 2], other = block.Lengths[i * 2 + 1];
            var (missing, bit) = (block.MissingTexts[block.Missing[i]], labels.Bit(item, block.Bits[i]));
            yield return new Row(
                System.Text.Encoding.UTF8.GetString(block.Ids, at, subject),
                System.Text.Encoding.UTF8.GetString(block.Ids, at + subject, other), item,
                labels.Period(block.Periods[i]), labels.Cities[block.Cities[i]],
                ResultLabels.Outcome(block.Outcomes[i]), ResultLabels.State(block.States[i]),
                block.Amounts[i] == ResultBlock.NoAmount ? null : block.Amounts[i],
                block.FirstFailed[i] < 0 ? null : block.FirstFailed[i] + 1, missing.Length == 0 ? null : missing,
                bit.Length == 0 ? null : bit, null, false);
            at += subject + other;
        }
    }

    private protected Row RowOf(ResultLine line, ResultLabels labels) => new(
        line.Subject, line.Object, line.Item, labels.Period(line.Period), labels.Cities[line.City],
        Words.Of(line.Outcome), Words.Of(line.State), line.Amount, null,
        line.Missing == 0 ? null : context.Missing[line.Missing], line.Bit,
        line.Filed == int.MaxValue ? null : DateOnly.FromDayNumber(line.Filed + Epoch), true);

    private const int Epoch = 719_162;

    public virtual void Dispose() => connection.Dispose();
}
