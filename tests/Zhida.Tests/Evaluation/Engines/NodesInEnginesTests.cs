using System.Globalization;
using System.Data.Common;
using CsCheck;
using DuckDB.NET.Data;
using Npgsql;
using Xunit;
using Zhida.Feel.Values;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Sql;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Evaluation.Engines;

/// <summary>Every operation of a plan, over random values and unknown ones, is in a database what it is said to be.
/// </summary>
public sealed class NodesInEnginesTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Rows = 40, Expressions = 60;

    private static readonly Zhida.Policy.Program.Dictionary Dictionary = RunContexts.Demo.Program.Dictionary;
    private static readonly Zhida.Policy.Reference.ReferenceTables Tables = RunContexts.Demo.Reference;
    private static readonly ObjectType Loan = Dictionary.Objects["贷款"];

    private static readonly string[] Facts =
        ["本金", "币种", "用途", "发放日", "计息起日", "计息止日", "期限档次", "申报时间"];

    [Fact]
    public void Operations_in_duckdb() => Sample(_ =>
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        return connection;
    }, SqlDialect.DuckDb, iterations: 12);

    [Fact]
    public void Operations_in_postgres()
    {
        if (postgres.ConnectionString.Length > 0)
            Sample(_ =>
            {
                var connection = new NpgsqlConnection(postgres.ConnectionString);
                connection.Open();
                return connection;
            }, SqlDialect.Postgres, iterations: 12);
    }

    private static void Sample(Func<int, DbConnection> open, SqlDialect dialect, int iterations) =>
        Gen.Select(Row.Array[Rows], Gen.Int[0, 1 << 30]).Sample((rows, seed) =>
        {
            using var connection = open(seed);
            Check(connection, dialect, rows, new RandomNodes(Loan, seed));
        }, iter: iterations, threads: 1);

    private static Gen<Dictionary<string, object?>> Row => Gen.Select(
        Maybe(Gen.OneOf(Gen.Long[0, 100_000_000_000_000], Gen.Long[0, 500])),
        Maybe(Word("人民币", "美元", "")), Maybe(Word("项目", "其他", "甲；乙", "乙")),
        Gen.Select(Day, Day, Day, Day), Maybe(Word("1年期", "5年期以上")))
        .Select((money, currency, use, days, tenor) => new Dictionary<string, object?>
        {
            ["本金"] = money is { } m ? (Int128)(long)m : null, ["币种"] = currency, ["用途"] = use, ["期限档次"] = tenor,
            ["发放日"] = days.Item1, ["计息起日"] = days.Item2, ["计息止日"] = days.Item3, ["申报时间"] = days.Item4,
        });

    private static Gen<string> Word(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static Gen<object?> Day => Maybe(Gen.OneOf(Gen.Long[18_100, 20_400], Gen.Long[-25_000, 80_000]));

    private static Gen<object?> Maybe<T>(Gen<T> gen) => Gen.Frequency((1, Gen.Const((object?)null)),
        (4, gen.Select(v => (object?)v)));

    private static void Check(
        DbConnection connection, SqlDialect dialect, Dictionary<string, object?>[] rows, RandomNodes random)
    {
        Run(connection, $"CREATE TEMP TABLE 贷款 (编号 TEXT, 主体 TEXT, {string.Join(", ", Facts.Select(f =>
            $"{f} {(f == "本金" ? "DECIMAL(18,2)" : random.Fact(f).Type == NodeType.Date ? "DATE" : "TEXT")}"))})");
        Run(connection, "INSERT INTO 贷款 VALUES " + string.Join(",\n", rows.Select((row, i) =>
            $"('{i:D4}', 'S', {string.Join(", ", Facts.Select(f => Literal(row[f])))})")));
        var views = new FactViews(Dictionary, SqlSource.Of(Dictionary), dialect, Tables);
        var writer = new NodeWriter(dialect, Tables, views, new Dictionary<Node, string>());
        var row = new FlatRow(views, new SqlNames());
        row.Bind(RowPath.Of(Loan), Loan.Name);
        var nodes = Enumerable.Range(0, Expressions).Select(_ => random.Next())
            .Where(n => new NumberRanges() is var ranges && (n.Type != NodeType.Number ||
                ranges.Bits(n) < 120)).ToList();
        var columns = nodes.Select(n => writer.Write(n, RowPath.Of(Loan), row).Text).ToList();
        foreach (var (name, query, _) in views.Views().ToList()) Run(connection, dialect.CreateView(name, query,
            false));
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(",\n", columns.Select((c, i) =>
            $"CAST({c} AS TEXT) AS 列{i}"))}\nFROM 事实_贷款 AS 贷款 ORDER BY 编号";
        using var reader = command.ExecuteReader();
        foreach (var facts in rows)
        {
            reader.Read();
            var reference = new NodeValues(Tables, facts);
            for (var i = 0; i < nodes.Count; i++)
            {
                var (wanted, given) = (Text(reference.Of(nodes[i]), nodes[i].Type),
                    reader.IsDBNull(i) ? null : reader.GetString(i));
                Assert.True(wanted == given,
                    $"{wanted ?? "unknown"} and not {given ?? "unknown"}: {nodes[i]}\n{columns[i]}");
            }
        }
    }

    /// <summary>属于 and 行业中类 over every code that a fact may hold.</summary>
    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public void Codes_of_the_registers(string dialect)
    {
        using DbConnection connection = dialect == "duckdb" ? new DuckDBConnection("DataSource=:memory:")
            : new NpgsqlConnection(postgres.ConnectionString);
        connection.Open();
        var places = Tables.Divisions.All.Select(d => d.Code).Where(c => c != Zhida.Policy.Reference.Divisions.Zone)
            .Append("110101").ToList();
        var industries = Tables.Industries.All.SelectMany(i => i.Code.Length == 1 ? [i.Code] : new[] { i.Code,
            i.Code[1..] });
        string[] prefixes = ["21", "2101", "210100", "210000", "210102", Zhida.Policy.Reference.Divisions.Zone];
        string[] wholes = ["C", "C3", "C35", "C352", "35", "3525", "3", "A", "L", "G54"];
        Codes(connection, SqlDialect.Find(dialect)!, "注册地", places, prefixes, (code, prefix) =>
            Zhida.Policy.Reference.Divisions.Within(code, prefix));
        Codes(connection, SqlDialect.Find(dialect)!, "行业代码", industries, wholes, (code, whole) =>
            Tables.Industries.Within(code, whole));
    }

    private static void Codes(DbConnection connection, SqlDialect dialect, string fact, IEnumerable<string> codes,
        string[] prefixes, Func<string, string, bool?> within)
    {
        var (type, nodes) = (Dictionary.Subject, new PlanBuilder());
        var views = new FactViews(Dictionary, SqlSource.Of(Dictionary), dialect, Tables);
        var writer = new NodeWriter(dialect, Tables, views, new Dictionary<Node, string>());
        var row = new FlatRow(views, new SqlNames());
        row.Bind(RowPath.Of(type), type.Name);
        var text = nodes.Fact(nodes.Objects(type), type.Facts.First(f => f.Name == fact));
        var group = fact == "行业代码" ? nodes.IndustryGroup(text) : nodes.IsKnown(text);
        var columns = prefixes.Select(p => nodes.Within(text, p, within)).Append(group)
            .Select(n => $"CAST({writer.Write(n, RowPath.Of(type), row).Text} AS TEXT)");
        var values = string.Join(", ", codes.Select(c => $"('{c}')"));
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {fact}, {string.Join(", ", columns)} FROM (VALUES {values}) AS 主体({fact})";
        using var reader = command.ExecuteReader();
        var rows = 0;
        for (; reader.Read(); rows++)
        {
            var code = reader.GetString(0);
            for (var i = 0; i < prefixes.Length; i++)
                Assert.True(Text(within(code, prefixes[i]), NodeType.Bool) == reader.GetString(i + 1),
                    $"{code} {prefixes[i]}");
            var wanted = fact == "行业代码" ? Tables.Industries.Group(code)?.ToString() : "true";
            Assert.Equal(wanted, reader.IsDBNull(prefixes.Length + 1) ? null : reader.GetString(prefixes.Length + 1));
        }
        Assert.Equal(codes.Count(), rows);
    }

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        Int128 number => ((decimal)number / 100).ToString(CultureInfo.InvariantCulture),
        long day => $"DATE '{FeelDate.ToDateOnly(day):yyyy-MM-dd}'",
        _ => $"'{value}'",
    };

    private static string? Text(object? value, NodeType type) => value switch
    {
        null => null,
        bool truth => truth ? "true" : "false",
        long day when type == NodeType.Date => $"{FeelDate.ToDateOnly(day):yyyy-MM-dd}",
        _ => value.ToString(),
    };
}

/// <summary>Random expressions over the facts of an object.</summary>
internal sealed class RandomNodes(ObjectType type, int seed)
{
    private readonly PlanBuilder _nodes = new();
    private readonly Random _random = new(seed);

    public Node Fact(string name) => _nodes.Fact(_nodes.Objects(type), type.Facts.First(f => f.Name == name));

    public Node Next() => _random.Next(3) switch
    {
        0 => Bool(4),
        1 => Number(4),
        _ => Date(3),
    };

    private Node Bool(int depth)
    {
        if (depth == 0) return _nodes.InSet(Fact("用途"), ["项目", "乙"]);
        return _random.Next(13) switch
        {
            0 => _nodes.And(Bool(depth - 1), Bool(depth - 1), Bool(depth - 1)),
            1 => _nodes.Or(Bool(depth - 1), Bool(depth - 1), Bool(depth - 1)),
            2 => _nodes.Not(Bool(depth - 1)),
            3 => _nodes.If(Bool(depth - 1), Bool(depth - 1), Bool(depth - 1)),
            4 => _nodes.Less(Number(depth - 1), Number(depth - 1)),
            5 => _nodes.LessOrEqual(Date(depth - 1), Date(depth - 1)),
            6 => _nodes.Equal(Number(depth - 1), Number(depth - 1)),
            7 => _nodes.TextEqual(Fact("币种"), Fact("用途")),
            8 => _nodes.HasItem(Fact("用途"), "甲"),
            9 => _nodes.AnyIn(Fact("用途"), ["乙", "其他"]),
            10 => _nodes.AllIn(Fact("币种"), ["美元", "甲"]),
            11 => _nodes.IsKnown(Number(depth - 1)),
            _ => _random.Next(2) == 0 ? _nodes.IsTrue(Bool(depth - 1)) : _nodes.IsFalse(Bool(depth - 1)),
        };
    }

    /// <summary>Of scale 2, as money is.</summary>
    private Node Number(int depth)
    {
        if (depth == 0) return _random.Next(3) == 0 ? _nodes.Number(_random.Next(-300, 300), 2) : Fact("本金");
        return _random.Next(10) switch
        {
            0 => _nodes.Add(Number(depth - 1), Number(depth - 1)),
            1 => _nodes.Subtract(Number(depth - 1), Number(depth - 1)),
            2 => _nodes.Minimum(Number(depth - 1), Number(depth - 1)),
            3 => _nodes.Maximum(Number(depth - 1), Number(depth - 1)),
            4 => _nodes.If(Bool(depth - 1), Number(depth - 1), Number(depth - 1)),
            5 => _nodes.If(Bool(depth - 1), Number(depth - 1), Number(depth - 1), Bool(depth - 1)),
            6 => _nodes.Divide(_nodes.Multiply(Number(depth - 1), Days()), _nodes.Number(_random.Next(1, 700), 0),
                Modes[_random.Next(Modes.Length)], 2),
            7 => _nodes.Divide(Number(depth - 1), _nodes.NonZero(_nodes.Maximum(Fact("本金"), _nodes.Number(0, 2))),
                Modes[_random.Next(Modes.Length)], 2),
            8 => _nodes.AtScale(_nodes.Days(Date(1), Date(1)), 2),
            _ => _nodes.AtScale(_nodes.WholeMonths(Date(1), Date(1)), 2),
        };
    }

    private static readonly DivideMode[] Modes = Enum.GetValues<DivideMode>();

    private Node Days() => _random.Next(3) == 0 ? _nodes.Lpr(Fact("发放日"), Fact("期限档次"))
        : _nodes.Days(Date(1), Date(1));

    private Node Date(int depth)
    {
        string[] facts = ["发放日", "计息起日", "计息止日", "申报时间"];
        if (depth == 0) return Fact(facts[_random.Next(facts.Length)]);
        return _random.Next(6) switch
        {
            0 => _nodes.Minimum(Date(depth - 1), Date(depth - 1)),
            1 => _nodes.Maximum(Date(depth - 1), _nodes.Date(_random.Next(15_000, 21_000))),
            2 => _nodes.AddDays(Date(depth - 1), _nodes.Number(_random.Next(-400, 400), 0)),
            3 => _nodes.AddMonths(Date(depth - 1), _nodes.Number(_random.Next(-30, 30), 0)),
            4 => _nodes.If(Bool(depth - 1), Date(depth - 1), Date(depth - 1)),
            _ => Date(0),
        };
    }
}
