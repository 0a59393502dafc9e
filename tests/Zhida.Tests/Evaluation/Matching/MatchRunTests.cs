using DuckDB.NET.Data;
using Zhida.Evaluation.Matching;
using Zhida.Tests.Evaluation.Writing;

namespace Zhida.Tests.Evaluation.Matching;

/// <summary>Runs over a population: the same whatever the threads and chunks, and however often they were stopped.
/// </summary>
public sealed class MatchRunTests(SmallPopulation population) : IClassFixture<SmallPopulation>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_table_does_not_hang_on_threads_or_chunks()
    {
        var request = population.Request(PathOf("a.csv")) with { All = true, Why = true };
        var report = SmallPopulation.Run(request);
        Assert.Equal(SmallPopulation.Size, report.Tally.Subjects);
        foreach (var (threads, chunk) in new[] { (3, 120), (2, 41), (1, 100_000) })
        {
            SmallPopulation.Run(request with
            {
                Threads = threads, ChunkSubjects = chunk, Out = population.Request(PathOf("b.csv")).Out,
            });
            foreach (var ending in new[] { "", ".counts.csv", ".why.csv", ".why.html" })
                Assert.Equal(Bytes("a.csv" + ending), Bytes("b.csv" + ending));
        }
    }

    [Fact]
    public void Columns_give_the_same_table_counts_and_reasons_as_the_interpreter()
    {
        var request = population.Request(PathOf("a.csv")) with { All = true, Why = true };
        SmallPopulation.Run(request);
        var report = SmallPopulation.Run(
            request with { Backend = "columns", Out = population.Request(PathOf("b.csv")).Out });
        Assert.True(report.Backends["columns"].Count > report.Tally.Context.Items.Count - 5);
        foreach (var ending in new[] { "", ".counts.csv", ".why.csv", ".why.html" })
            Assert.Equal(Bytes("a.csv" + ending), Bytes("b.csv" + ending));
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public void A_run_that_was_stopped_goes_on_to_the_same_bytes(string ending)
    {
        var request = population.Request(PathOf("a." + ending), SmallPopulation.Few) with { Why = true };
        SmallPopulation.Run(request);
        var again = request with { Out = population.Request(PathOf("b." + ending)).Out };
        SmallPopulation.RunUntil(again, 1);
        Assert.False(File.Exists(PathOf("b." + ending)));
        SmallPopulation.RunUntil(again with { Threads = 1 }, 2);
        Assert.Equal(["b." + ending + ".work"],
            Directory.EnumerateFileSystemEntries(_folder.Path, "b.*").Select(Path.GetFileName));
        var report = SmallPopulation.Run(again with { Threads = 3 });
        Assert.InRange(report.Resumed.Chunks, 3, 8);
        Assert.Equal(report.Resumed.Chunks * (long)SmallPopulation.Chunk, report.Resumed.Subjects);
        // An Excel file holds the time at which it was made.
        if (ending == "xlsx") Assert.Equal(Sheet("a.xlsx"), Sheet("b.xlsx"));
        else Assert.Equal(Bytes("a." + ending), Bytes("b." + ending));
        foreach (var beside in new[] { ".counts.csv", ".why.csv", ".why.html" })
            Assert.Equal(Bytes($"a.{ending}{beside}"), Bytes($"b.{ending}{beside}"));
        Assert.False(Directory.Exists(PathOf($"b.{ending}.work")));
    }

    [Fact]
    public void A_block_that_was_cut_off_is_made_again()
    {
        var request = population.Request(PathOf("a.csv"), SmallPopulation.Few);
        SmallPopulation.Run(request);
        var expected = Bytes("a.csv");
        SmallPopulation.RunUntil(request, 2);
        var log = Path.Combine(request.WorkPath, "blocks");
        var bytes = File.ReadAllBytes(log);
        foreach (var damaged in new[] { bytes[..^1], bytes[..100], [], [.. bytes[..^9], 0, .. bytes[^8..]] })
        {
            SmallPopulation.RunUntil(request, 2);
            File.WriteAllBytes(log, damaged);
            SmallPopulation.Run(request);
            Assert.Equal(expected, Bytes("a.csv"));
        }
    }

    [Fact]
    public void Other_arguments_do_not_go_on_with_the_work_of_a_run()
    {
        var request = population.Request(PathOf("a.csv"), SmallPopulation.Few);
        SmallPopulation.RunUntil(request, 1);
        foreach (var (other, name) in new[]
                 {
                     (request with { All = true }, "--all"), (request with { On = new DateOnly(2026, 7, 1) }, "判定日"),
                     (request with { Version = "other" }, "政策版本"),
                     (request with { Asked = [SmallPopulation.Maker.Find("4.1")[0]] }, "--items"),
                 })
        {
            var (job, problems) = Population.Open(other, SmallPopulation.Maker.Program, SmallPopulation.Maker.Tables);
            Assert.Null(job);
            Assert.Contains(name, problems[0].Message);
            Assert.Contains("--work", problems[0].Mend);
        }
        SmallPopulation.Run(request with { Threads = 1 });
    }

    [Fact]
    public void Two_runs_do_not_share_a_folder()
    {
        var request = population.Request(PathOf("a.csv"), SmallPopulation.Few);
        var (first, _) = Population.Open(request, SmallPopulation.Maker.Program, SmallPopulation.Maker.Tables);
        using (first)
        {
            var (second, problems) = Population.Open(
                request, SmallPopulation.Maker.Program, SmallPopulation.Maker.Tables);
            Assert.Null(second);
            Assert.Contains(request.WorkPath, problems[0].Message);
            Assert.NotNull(first!.Execute(SmallPopulation.Head, CancellationToken.None));
        }
    }

    [Fact]
    public void Every_line_is_written_or_counted()
    {
        var few = SmallPopulation.Run(population.Request(PathOf("few.csv")));
        var all = SmallPopulation.Run(population.Request(PathOf("all.csv")) with { All = true });
        Assert.Equal(few.Tally.Written + few.Tally.NotDue, all.Tally.Written);
        Assert.Equal((few.Tally.Due, few.Tally.Undecided, few.Tally.NotDue, few.Tally.Fen),
            (all.Tally.Due, all.Tally.Undecided, all.Tally.NotDue, all.Tally.Fen));
        Assert.All([few.Tally.Due, few.Tally.Undecided, few.Tally.NotDue, few.Tally.Reduced], n => Assert.True(n > 0));
        Assert.Equal(Bytes("few.csv.counts.csv"), Bytes("all.csv.counts.csv"));
        Assert.Equal(Query("SELECT 事项, count(*) FROM '{0}' WHERE 结果 = '不符合' GROUP BY 1 ORDER BY 1", "all.csv"),
            Query("SELECT 事项, sum(行数)::BIGINT FROM '{0}' GROUP BY 1 ORDER BY 1", "all.csv.counts.csv"));
        Assert.Equal(Query("SELECT * FROM '{0}' WHERE 结果 <> '不符合'", "all.csv"), Query("FROM '{0}'", "few.csv"));
        Assert.Equal([[few.Tally.Fen.ToString()]], Query("SELECT sum(金额_分)::HUGEINT FROM '{0}'", "few.csv"));
    }

    [Fact]
    public void Some_items_come_out_as_among_all()
    {
        SmallPopulation.Run(population.Request(PathOf("all.csv")));
        var some = population.Request(PathOf("some.csv"), SmallPopulation.Few);
        var report = SmallPopulation.Run(some with { Why = true });
        var list = string.Join(',', SmallPopulation.Few.Select(i => $"'{i.Id}'"));
        Assert.Equal(Query($"FROM '{{0}}' WHERE 事项 IN ({list}) ORDER BY ALL", "all.csv"),
            Query("FROM '{0}' ORDER BY ALL", "some.csv"));
        Assert.Equal(Query($"FROM '{{0}}' WHERE 事项 IN ({list})", "all.csv.counts.csv"),
            Query("FROM '{0}'", "some.csv.counts.csv"));
        Assert.Equal(SmallPopulation.Few, report.Backends["interpreter"]);
    }

    [Fact]
    public void Bad_rows_go_to_a_file_that_a_stop_does_not_change()
    {
        var facts = Directory.CreateDirectory(PathOf("facts")).FullName;
        File.WriteAllLines(Path.Combine(facts, "主体.csv"), Enumerable.Range(0, 400)
            .Select(i => $"S{i:D4},{(i % 50 == 7 ? "很多" : i)},210102").Prepend("编号,从业人员,注册地"));
        var request = SmallPopulation.Request(facts, PathOf("a.csv"), SmallPopulation.Few) with { ChunkSubjects = 40 };
        var report = SmallPopulation.Run(request);
        Assert.Equal((8, request.Out.Path + ".rejects.csv"), report.Rejects);
        Assert.Equal(400 - 8, report.Tally.Subjects);
        var rows = Query("SELECT 行, 列, 值 FROM '{0}'", "a.csv.rejects.csv");
        Assert.Equal(Enumerable.Range(0, 8).Select(i => new[] { $"{i * 50 + 8}", "从业人员", "很多" }), rows);
        var (expected, table) = (Bytes("a.csv.rejects.csv"), Bytes("a.csv"));
        SmallPopulation.RunUntil(request, 3);
        Assert.Equal(8, SmallPopulation.Run(request).Rejects.Rows);
        Assert.Equal(expected, Bytes("a.csv.rejects.csv"));
        Assert.Equal(table, Bytes("a.csv"));
    }

    public void Dispose() => _folder.Dispose();

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    private List<string> Sheet(string name) => [.. MiniExcelLibs.MiniExcel.Query(PathOf(name))
        .Cast<IDictionary<string, object>>().Select(row => string.Join('|', row.Values))];

    private List<string?[]> Query(string sql, string name)
    {
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        return WritersTests.Query(duck, string.Format(sql, PathOf(name))).Rows;
    }
}
