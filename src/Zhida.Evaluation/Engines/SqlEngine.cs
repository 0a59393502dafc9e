using System.Data.Common;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
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
    private readonly RunContext _context;
    private readonly Dictionary<Item, int> _index = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _cities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _periods = new(StringComparer.Ordinal);

    private protected SqlEngine(DbConnection connection, RunContext context, SqlScript script)
    {
        (Connection, _context, Script) = (connection, context, script);
        for (var i = 0; i < context.Items.Count; i++) _index[context.Items[i]] = i;
        for (var i = 0; i < context.Cities.Names.Count; i++) _cities[context.Cities.Names[i]] = i;
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
        foreach (var row in Rows("SELECT 主体, 对象, 期, 城市, 结果, 金额状态, 金额_分, 缺, 上限作用 FROM " + item.Due))
        {
            var missing = Text(row, 7);
            yield return new ResultLine(row.GetString(0), Text(row, 1), index, Period(row.GetString(2)),
                OutcomeOf(row.GetString(4)), StateOf(row.GetString(5)), row.IsDBNull(6) ? null : row.GetInt64(6), -1,
                missing.Length == 0 ? 0 : _context.Missing.Add(missing), row.IsDBNull(8) ? null : row.GetString(8),
                City(row, 3));
        }
        if (!all) yield break;
        foreach (var row in Rows($"SELECT 主体, 对象, 期, 城市, {Condition} FROM {item.Conditions} WHERE 首个不符_序 IS NOT NULL"))
            yield return new ResultLine(row.GetString(0), Text(row, 1), index, Period(row.GetString(2)), Outcome.NotDue,
                AmountState.None, null, row.GetInt32(4), 0, null, City(row, 3));
    }

    private const string Condition = "CAST(首个不符_序 AS INTEGER) - 1";

    /// <summary>How many lines of an item are 不符合.</summary>
    public IEnumerable<EngineCount> Counts(SqlItem item)
    {
        var index = _index[item.Item];
        foreach (var row in Rows($"SELECT 城市, {Condition}, count(*) FROM {item.Conditions} " +
            "WHERE 首个不符_序 IS NOT NULL GROUP BY 城市, 首个不符_序"))
            yield return new EngineCount(index, City(row, 0), row.GetInt32(1), row.GetInt64(2));
    }

    private IEnumerable<DbDataReader> Rows(string query)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = query;
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return reader;
    }

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private int City(DbDataReader row, int column) => _cities[row.GetString(column)];

    private int Period(string name) =>
        _periods.TryGetValue(name, out var code) ? code : _periods[name] = PeriodCode.Of(name);

    private static Outcome OutcomeOf(string word) =>
        word == Words.Of(Outcome.Due) ? Outcome.Due : Outcome.Undecided;

    private static AmountState StateOf(string word)
    {
        foreach (var state in Enum.GetValues<AmountState>())
            if (Words.Of(state) == word) return state;
        throw new InvalidOperationException($"a state {word}");
    }

    public virtual void Dispose()
    {
        Connection.Dispose();
        GC.SuppressFinalize(this);
    }
}
