using System.Globalization;
using System.Numerics;
using System.Text;
using DuckDB.NET.Data;

namespace Zhida.Bench.Match;

/// <summary>The rules in DuckDB, in its better form: the industries as a table of 64-bit masks to join, a sum for each
/// rule, whole numbers throughout (decimals would be divided as doubles).</summary>
internal sealed class DuckDbPeer : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly W60Rule[] _rules;

    public DuckDbPeer(W60Data data, W60Rule[] rules)
    {
        _rules = rules;
        _connection.Open();
        Load(data);
        Execute("create table masks(code usmallint, mask ubigint)");
        using var appender = _connection.CreateAppender("masks");
        for (var code = 0; code < W60Data.Industries; code++)
        {
            var mask = 0UL;
            for (var r = 0; r < rules.Length; r++) mask |= (ulong)rules[r].Set[code] << r;
            appender.CreateRow().AppendValue((ushort)code).AppendValue(mask).EndRow();
        }
    }

    /// <summary>The statement that is timed gives the sums; counts come from another.</summary>
    public BigInteger[] Sums(int threads)
    {
        Execute(string.Create(CultureInfo.InvariantCulture, $"set threads={threads}"));
        return Query(rule => $"sum(case when {Condition(rule)} then {Amount(rule)} else 0 end)");
    }

    public Tally[] Tallies(BigInteger[] sums)
    {
        var counts = Query(rule => $"count(*) filter (where {Condition(rule)})");
        return [.. counts.Zip(sums, (count, sum) => new Tally((long)count, (Int128)sum))];
    }

    public void Dispose() => _connection.Dispose();

    private string Condition(W60Rule rule) => string.Create(CultureInfo.InvariantCulture,
        $"""
        region{rule.Region} between {rule.RegionFirst} and {rule.RegionLast} and flag{rule.Flag} = 0
        and date{rule.Date} between {rule.DateFirst} and {rule.DateLast}
        and ((m{rule.Industry}.mask >> {Array.IndexOf(_rules, rule)}) & 1) = 1
        """);

    private static string Amount(W60Rule rule) => string.Create(CultureInfo.InvariantCulture,
        $"least((principal{rule.Principal} * {rule.Rate} * days{rule.Days} + {W60Rule.Divisor / 2}) // " +
        $"{W60Rule.Divisor}, {rule.Cap})");

    private BigInteger[] Query(Func<W60Rule, string> column)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"select {string.Join(",\n", _rules.Select(column))}\n" +
            "from t join masks m0 on m0.code = t.industry0 join masks m1 on m1.code = t.industry1";
        using var reader = command.ExecuteReader();
        reader.Read();
        return [.. Enumerable.Range(0, _rules.Length).Select(i => BigInteger.Parse(
            Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture))];
    }

    private void Load(W60Data data)
    {
        var columns = new StringBuilder();
        void Columns(int count, string name, string type)
        {
            for (var i = 0; i < count; i++) columns.Append(CultureInfo.InvariantCulture, $"{name}{i} {type},");
        }
        Columns(2, "industry", "usmallint");
        Columns(4, "region", "utinyint");
        Columns(4, "flag", "utinyint");
        Columns(4, "date", "integer");
        Columns(4, "days", "integer");
        Columns(6, "principal", "bigint");
        Execute($"create table t({columns.ToString().TrimEnd(',')})");
        using var appender = _connection.CreateAppender("t");
        for (var i = 0; i < data.Rows; i++)
        {
            var row = appender.CreateRow();
            foreach (var column in data.Industry) row.AppendValue(column[i]);
            foreach (var column in data.Region) row.AppendValue(column[i]);
            foreach (var column in data.Flag) row.AppendValue(column[i]);
            foreach (var column in data.Date) row.AppendValue(column[i]);
            foreach (var column in data.Days) row.AppendValue(column[i]);
            foreach (var column in data.Principal) row.AppendValue(column[i]);
            row.EndRow();
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
