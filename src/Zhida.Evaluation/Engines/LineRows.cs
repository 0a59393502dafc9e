using System.Data.Common;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;
using Zhida.Policy.Sql;

namespace Zhida.Evaluation.Engines;

/// <summary>Result lines as rows of a database: the columns of <see cref="Columns"/>. Used by one thread.</summary>
internal sealed class LineRows
{
    /// <summary>With their types, in this order. 事项: the index among the items of the run; 首个不符_序: the number of the
    /// condition, from 1; 等候: whether the line had to wait for all others.</summary>
    public const string Columns =
        "主体 TEXT, 对象 TEXT, 事项 INTEGER, 期 TEXT, 城市 TEXT, 结果 TEXT, 金额状态 TEXT, 金额_分 BIGINT, 首个不符_序 INTEGER, " +
        "缺 TEXT, 上限作用 TEXT, 申报时间 DATE, 等候 BOOLEAN";

    private readonly RunContext _context;
    private readonly Dictionary<string, int> _cities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _periods = new(StringComparer.Ordinal);

    public LineRows(RunContext context)
    {
        _context = context;
        for (var i = 0; i < context.Cities.Names.Count; i++) _cities[context.Cities.Names[i]] = i;
    }

    /// <summary>The query of the lines of an item that are not 不符合.</summary>
    /// <param name="item">With its views.</param>
    /// <param name="index">Of the item.</param>
    /// <param name="waits">Whether its lines that draw wait for all others.</param>
    public static string Due(SqlItem item, int index, bool waits)
    {
        var drawn = $"结果 = '{Words.Of(Outcome.Due)}' AND 金额状态 = '{Words.Of(AmountState.Fixed)}'";
        return $"SELECT 主体, 对象, {index}, 期, 城市, 结果, 金额状态, 金额_分, CAST(NULL AS INTEGER), 缺, 上限作用, 申报时间, " +
            $"{(waits ? drawn : "FALSE")} FROM {item.Due}";
    }

    /// <summary>The query of the lines of an item that are 不符合.</summary>
    public static string Failed(SqlItem item, int index) =>
        $"SELECT 主体, 对象, {index}, 期, 城市, '{Words.Of(Outcome.NotDue)}', '{Words.Of(AmountState.None)}', " +
        "CAST(NULL AS BIGINT), CAST(首个不符_序 AS INTEGER), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS DATE), " +
        $"FALSE FROM {item.Conditions} WHERE 首个不符_序 IS NOT NULL";

    public ResultLine Read(DbDataReader row)
    {
        var missing = Text(row, 9);
        return new ResultLine(row.GetString(0), Text(row, 1), row.GetInt32(2), Period(row.GetString(3)),
            OutcomeOf(row.GetString(5)), StateOf(row.GetString(6)), row.IsDBNull(7) ? null : row.GetInt64(7),
            row.IsDBNull(8) ? -1 : row.GetInt32(8) - 1, missing.Length == 0 ? 0 : _context.Missing.Add(missing),
            row.IsDBNull(10) ? null : row.GetString(10), City(row.GetString(4)));
    }

    public int City(string name) => _cities[name];

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private int Period(string name) =>
        _periods.TryGetValue(name, out var code) ? code : _periods[name] = PeriodCode.Of(name);

    private static Outcome OutcomeOf(string word)
    {
        foreach (var outcome in Enum.GetValues<Outcome>())
            if (Words.Of(outcome) == word) return outcome;
        throw new InvalidOperationException($"an outcome {word}");
    }

    private static AmountState StateOf(string word)
    {
        foreach (var state in Enum.GetValues<AmountState>())
            if (Words.Of(state) == word) return state;
        throw new InvalidOperationException($"a state {word}");
    }
}
