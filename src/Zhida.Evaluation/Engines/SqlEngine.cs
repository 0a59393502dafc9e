using System.Data.Common;
using Zhida.Policy.Batch;
using Zhida.Policy.Program;
using Zhida.Policy.Sql;

namespace Zhida.Evaluation.Engines;

/// <summary>Lines that are 不符合, counted by city and the condition that failed first.</summary>
/// <param name="Item">Index among the items of the run.</param>
/// <param name="City">Index among the run's cities.</param>
/// <param name="Condition">Index among the item's conditions.</param>
/// <param name="Lines">How many.</param>
public readonly record struct EngineCount(int Item, int City, int Condition, long Lines);

/// <summary>
/// A database that decides the items of a script over the facts that it holds. Facts and what is derived from them are
/// read once, into temporary tables; each item is then asked for by itself. Used by one thread.
/// </summary>
public abstract class SqlEngine : IDisposable
{
    private readonly Dictionary<Item, int> _index = new(ReferenceEqualityComparer.Instance);
    private readonly LineRows _rows;

    private protected SqlEngine(DbConnection connection, RunContext context, SqlScript script)
    {
        (Connection, Script, _rows) = (connection, script, new LineRows(context));
        for (var i = 0; i < context.Items.Count; i++) _index[context.Items[i]] = i;
        var derived = script.Views.Where(v => v.Kind == SqlViewKind.Derived).Select(v =>
            v.Name["推导_".Length..]).ToHashSet();
        foreach (var view in script.Views)
        {
            if (view.Kind == SqlViewKind.Result) continue;
            var isTable = view.Kind == SqlViewKind.Derived ||
                view.Kind == SqlViewKind.Facts && !derived.Contains(view.Name["事实_".Length..]);
            Execute(connection, script.Dialect.CreateView(view.Name, view.Query, isTable));
            if (isTable) Created(view);
        }
    }

    /// <summary>What is run, with the items that it doesn't decide.</summary>
    public SqlScript Script { get; }

    private protected DbConnection Connection { get; }

    /// <summary>Called when a table of facts is there.</summary>
    private protected virtual void Created(SqlView table) { }

    private protected static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    /// <summary>The lines of an item, in no order; those that are 不符合 only where all are wanted.</summary>
    public IEnumerable<ResultLine> Lines(SqlItem item, bool all)
    {
        var index = _index[item.Item];
        var queries = new List<string> { LineRows.Due(item, index, waits: false) };
        if (all) queries.Add(LineRows.Failed(item, index));
        return queries.SelectMany(Rows).Select(_rows.Read);
    }

    private const string Condition = "CAST(首个不符_序 AS INTEGER) - 1";

    /// <summary>How many lines of an item are 不符合.</summary>
    public IEnumerable<EngineCount> Counts(SqlItem item)
    {
        var index = _index[item.Item];
        foreach (var row in Rows($"SELECT 城市, {Condition}, count(*) FROM {item.Conditions} " +
            "WHERE 首个不符_序 IS NOT NULL GROUP BY 城市, 首个不符_序"))
            yield return new EngineCount(index, _rows.City(row.GetString(0)), row.GetInt32(1), row.GetInt64(2));
    }

    private IEnumerable<DbDataReader> Rows(string query)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = query;
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return reader;
    }

    public virtual void Dispose()
    {
        Connection.Dispose();
        GC.SuppressFinalize(this);
    }
}
