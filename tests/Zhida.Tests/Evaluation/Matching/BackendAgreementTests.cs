using DuckDB.NET.Data;
using Xunit;
using Zhida.Evaluation.Matching;
using Zhida.Evaluation.Population;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Desk;
using Zhida.Tests.Evaluation.Writing;

namespace Zhida.Tests.Evaluation.Matching;

/// <summary>All backends write the same bytes: the table, its counts, the rejects; whether the tables of facts are
/// clean or not.</summary>
public sealed class BackendAgreementTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    private const int Size = 2000;

    private static readonly DateOnly On = new(2026, 6, 30);

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(null, false)]
    [InlineData("liaoning-2026-demo", true)]
    public void Bad_rows_are_refused_by_all_alike(string? layer, bool all)
    {
        var facts = Dirty(Made(Size), "parquet");
        var reports = Run(layer, facts, all, "interpreter", "columns", "duckdb", "postgres");
        Assert.All(reports, r => Assert.Equal(reports[0].Rejects.Rows, r.Rejects.Rows));
        Assert.InRange(reports[0].Rejects.Rows, 100, Size);
        Assert.Contains("postgres", reports[^1].Backends.Keys);
        Assert.True(reports[^1].Backends["postgres"].Count > 40);
    }

    [Fact]
    public void Clean_tables_are_read_as_they_lie()
    {
        var report = Run("liaoning-2026-demo", Made(500), all: true, "columns", "duckdb", "postgres")[1];
        Assert.Equal(0, report.Rejects.Rows);
        Assert.True(report.Backends["duckdb"].Count > 40);
    }

    [Fact]
    public void Other_sources_are_read_first() =>
        Run("liaoning-2026-demo", Dirty(Made(500), "csv"), all: true, "columns", "duckdb", "postgres");

    [Fact]
    public void A_database_decides_what_it_holds()
    {
        var folder = Made(300);
        if (postgres.ConnectionString.Length == 0) return;
        postgres.Execute("DROP SCHEMA IF EXISTS source CASCADE; CREATE SCHEMA source");
        using (var duck = new DuckDBConnection("DataSource=:memory:"))
        {
            duck.Open();
            foreach (var file in Directory.GetFiles(folder, "*.parquet"))
            {
                var name = Path.GetFileNameWithoutExtension(file);
                var copy = Path.Combine(_folder.Path, "copy.csv");
                WritersTests.Query(duck, $"COPY (FROM '{file}') TO '{copy}' (HEADER true)");
                var columns = WritersTests.Query(duck, $"SELECT column_name FROM (DESCRIBE FROM '{file}')").Rows;
                postgres.Execute($"CREATE TABLE source.\"{name}\" " +
                    $"({string.Join(", ", columns.Select(c => $"\"{c[0]}\" text"))})");
                using var connection = new Npgsql.NpgsqlConnection(postgres.ConnectionString);
                connection.Open();
                using var to = connection.BeginTextImport($"COPY source.\"{name}\" FROM STDIN (FORMAT csv, HEADER)");
                to.Write(File.ReadAllText(copy));
            }
        }
        var request = Request("liaoning-2026-demo", postgres.Address + "?schema=source", "db.csv", "postgres");
        Run("liaoning-2026-demo", request);
        Run("liaoning-2026-demo", Request("liaoning-2026-demo", folder, "folder.csv", "columns"));
        Assert.Equal(Bytes("folder.csv"), Bytes("db.csv"));
        Assert.Equal(Bytes("folder.csv.counts.csv"), Bytes("db.csv.counts.csv"));
    }

    [Fact]
    public void A_run_of_some_items_that_was_stopped_starts_over()
    {
        var items = SmallPopulation.Few;
        var request = SmallPopulation.Request(Made(400), PathOf("a.csv"), items) with { ChunkSubjects = 50 };
        SmallPopulation.Run(request with { Backend = "columns" });
        var other = request with
        {
            Backend = "duckdb", Out = SmallPopulation.Request("", PathOf("b.csv"), items).Out,
        };
        SmallPopulation.RunUntil(other, 3);
        Assert.False(File.Exists(PathOf("b.csv")));
        var report = SmallPopulation.Run(other);
        Assert.Equal((0, 0L), report.Resumed);
        Assert.Equal(400, report.Tally.Subjects);
        Assert.Equal(Bytes("a.csv"), Bytes("b.csv"));
        Assert.Equal(Bytes("a.csv.counts.csv"), Bytes("b.csv.counts.csv"));
    }

    [Theory]
    [InlineData("postgres", false, null, "--database")]
    [InlineData("postgres", false, "postgres://", "--database")]
    [InlineData("postgres", false, "postgres://zhida@127.0.0.1:1/none", "--database")]
    [InlineData("duckdb", true, null, "--why")]
    public void What_cannot_be_is_told(string backend, bool why, string? database, string name)
    {
        var request = Request("liaoning-2026-demo", Made(10), "x.csv", backend) with { Why = why, Database = database };
        var maker = RunContexts.MakerOf("liaoning-2026-demo");
        var (job, problems) = Population.Open(request, maker.Program, maker.Tables);
        Assert.Null(job);
        Assert.Contains(name, problems[0].Message);
        Assert.NotNull(problems[0].Mend);
        Assert.False(Directory.Exists(request.WorkPath));
    }

    [Fact]
    public void Many_subjects_come_out_alike()
    {
        Repository.OnlyWhenLong();
        var reports = Run(
            "liaoning-2026-demo", Made(200_000), all: true, "columns", "duckdb", "postgres", "interpreter");
        foreach (var report in reports)
            TestContext.Current.TestOutputHelper!.WriteLine(string.Join('；', report.Backends.Select(b =>
                $"{b.Key} {string.Join('、', b.Value.Select(i => i.Number))}")) + $"：{report.Seconds} 秒");
    }

    public void Dispose() => _folder.Dispose();

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    private string Made(int size)
    {
        var (writer, _) = PopulationWriter.Open(PolicyTree.Read(Repository.Root), ["liaoning-2026"]);
        var folder = Directory.CreateDirectory(PathOf("facts")).FullName;
        writer!.Write(folder, size, seed: 11, threads: 2);
        return folder;
    }

    /// <summary>The same tables with faults: numbers out of bounds, ids twice, references to nothing and to what is
    /// refused; where several stood and one is refused, a reference that was left out.</summary>
    private string Dirty(string folder, string format)
    {
        var to = Directory.CreateDirectory(PathOf("dirty")).FullName;
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        foreach (var file in Directory.GetFiles(folder, "*.parquet"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var faults = name switch
            {
                "主体" => "CASE WHEN i % 41 = 3 THEN -1 ELSE 从业人员 END AS 从业人员, " +
                    "CASE WHEN i % 43 = 7 THEN '' ELSE 集团编号 END AS 集团编号",
                "项目" => "CASE WHEN i % 11 = 5 THEN -0.01 ELSE 总投资 END AS 总投资",
                "贷款" => "CASE WHEN i % 29 = 4 THEN '没有' WHEN i % 3 = 0 THEN NULL ELSE 项目 END AS 项目, " +
                    "CASE WHEN i % 37 = 2 THEN lag(编号) OVER (ORDER BY i) ELSE 编号 END AS 编号",
                "担保" => "CASE WHEN i % 17 = 1 THEN DATE '1800-01-01' ELSE 担保起日 END AS 担保起日",
                _ => "",
            };
            var rows = "SELECT * EXCLUDE (i, file_row_number)" + (faults.Length > 0 ? $" REPLACE ({faults})" : "") +
                " FROM (SELECT *, file_row_number AS i FROM " +
                $"read_parquet('{file}', file_row_number = true))";
            WritersTests.Query(duck, $"COPY ({rows} ORDER BY i) TO '{Path.Combine(to, $"{name}.{format}")}'" +
                (format == "csv" ? " (HEADER true)" : " (FORMAT parquet)"));
        }
        return to;
    }

    private MatchRequest Request(string? layer, string facts, string name, string backend) => new(
        facts, Destination.Parse(PathOf(name)).Destination!, [], backend, 2, On, All: true, Why: false, null,
        (layer is null ? RunContexts.MakerOf() : RunContexts.MakerOf(layer)).Bundle.Id)
        { Database = backend == "postgres" ? postgres.Address : null };

    private static MatchReport Run(string? layer, MatchRequest request)
    {
        var maker = layer is null ? RunContexts.MakerOf() : RunContexts.MakerOf(layer);
        var (job, problems) = Population.Open(request, maker.Program, maker.Tables);
        using (job)
            return job?.Execute(new WhyHead("", "", On, Preview: true, ""), CancellationToken.None) ??
                throw new InvalidOperationException(problems[0].Message);
    }

    /// <summary>Runs with several backends, of which postgres only where there is a server.</summary>
    private List<MatchReport> Run(string? layer, string facts, bool all, params string[] backends)
    {
        var reports = new List<MatchReport>();
        foreach (var backend in backends)
        {
            var request = Request(layer, facts, $"{backend}.csv", backend) with { All = all };
            reports.Add(Run(layer, request));
            foreach (var ending in new[] { "", ".counts.csv", ".rejects.csv" })
            {
                var (one, other) = (PathOf(backends[0] + ".csv" + ending), PathOf(backend + ".csv" + ending));
                Assert.Equal(File.Exists(one), File.Exists(other));
                if (!File.Exists(one)) continue;
                var differences = File.ReadLines(one).Except(File.ReadLines(other)).Select(l => "− " + l).Take(10)
                    .Concat(File.ReadLines(other).Except(File.ReadLines(one)).Select(l => "+ " + l).Take(10)).ToList();
                Assert.True(differences.Count == 0, $"{backend}{ending}\n{string.Join('\n', differences)}");
                Assert.True(File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other)),
                    $"{backend}{ending}: another order");
            }
        }
        return reports;
    }
}
