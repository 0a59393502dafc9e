using CsCheck;
using Zhida.Evaluation.Reading;
using Zhida.Policy;
using Zhida.Policy.Tables;
using Zhida.Tests.Evaluation;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>What is in the tables is in the chunks, whatever their form, their order and the size of chunks.</summary>
public sealed class FactSourceTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    /// <summary>One population with everything in it.</summary>
    private static FactTables Sample(int seed = 1)
    {
        var decisions = new byte[4000];
        new Random(seed).NextBytes(decisions);
        // Every table is there, and ten subjects.
        Array.Clear(decisions, 0, 5);
        (decisions[5], decisions[6]) = (1, 10);
        var tables = new RandomFacts(decisions).Make();
        Assert.Equal(7, tables.Rows.Count);
        Assert.Equal(10, tables.Rows["主体"].Count);
        return tables;
    }

    private static void Same(FactTables tables, ReadResult read)
    {
        Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error);
        Assert.Empty(read.Rejects);
        Assert.Equal(ChunkText.Expected(tables), read.Text);
    }

    [Fact]
    public void Facts_come_back_from_sorted_parquet() => RandomFacts.Gen.Sample(facts =>
    {
        using var folder = new TemporaryFolder();
        facts.Sorted().WriteParquet(folder.Path, groupRows: 3);
        Same(facts, ReadResult.Of(folder.Path, chunkSize: 2, threads: 2));
    }, iter: 60);

    [Fact]
    public void Facts_come_back_from_shuffled_tables() => Gen.Select(RandomFacts.Gen, Gen.Int[0, 1000]).Sample(
        (facts, seed) =>
        {
            using var folder = new TemporaryFolder();
            facts.Shuffled(seed).WriteParquet(folder.Path, groupRows: 4);
            Same(facts, ReadResult.Of(folder.Path, chunkSize: 3));
        }, iter: 15);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Csv_gives_the_same(int seed)
    {
        using var folder = new TemporaryFolder();
        Sample(seed).Shuffled(seed).WriteCsv(folder.Path);
        Same(Sample(seed), ReadResult.Of(folder.Path, chunkSize: 3, threads: 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_workbook_gives_the_same(int seed)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "表.xlsx");
        Sample(seed).Shuffled(seed).WriteXlsx(path);
        Same(Sample(seed), ReadResult.Of(path));
    }

    [Fact]
    public void PostgreSQL_gives_the_same()
    {
        Sample().Shuffled(5).WritePostgres(server, "facts");
        Same(Sample(), ReadResult.Of($"{server.Address}?schema=facts"));
        Same(Sample(), ReadResult.Of($"{server.ConnectionString};schema=facts", chunkSize: 4));
    }

    [Fact]
    public void Numbers_that_are_none_are_refused_in_PostgreSQL()
    {
        server.Execute("CREATE SCHEMA odd; CREATE TABLE odd.\"主体\" (\"编号\" text, \"收入\" numeric, \"成立日\" date); " +
            "INSERT INTO odd.\"主体\" VALUES ('a', 'NaN', '2026-03-01'), ('b', 1.5, 'infinity'), ('c', 1e30, NULL), " +
            "('d', 2, '2026-03-01')");
        var read = ReadResult.Of($"{server.Address}?schema=odd");
        Assert.Equal(["主体,1,收入", "主体,2,成立日", "主体,3,收入"],
            read.Rejects.Select(r => string.Join(',', r.Split(',').Take(3))));
        Assert.StartsWith("主体 d 成立日=2026-03-01 收入=2\n", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_parts_give_the_same()
    {
        using var folder = new TemporaryFolder();
        foreach (var (table, rows) in Sample().Shuffled(3).Rows)
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, table));
            var half = rows.Count / 2;
            FactTables.WriteParquet(Path.Combine(folder.Path, table, "a.parquet"), table, rows[..half], 2);
            FactTables.WriteParquet(Path.Combine(folder.Path, table, "b.parquet"), table, rows[half..], 2);
        }
        Same(Sample(), ReadResult.Of(folder.Path));
    }

    [Fact]
    public void Chunk_size_and_threads_change_nothing()
    {
        using var folder = new TemporaryFolder();
        Sample().Sorted().WriteParquet(folder.Path, groupRows: 3);
        var expected = ChunkText.Expected(Sample());
        foreach (var size in new[] { 1, 2, 3, 5, 100 })
        {
            var one = ReadResult.Of(folder.Path, size);
            var three = ReadResult.Of(folder.Path, size, threads: 3);
            Assert.Equal(expected, one.Text);
            Assert.Equal(one.Chunks.Select(c => ChunkText.Of([c])), three.Chunks.Select(c => ChunkText.Of([c])));
        }
    }

    [Fact]
    public void Several_readers_share_a_large_row_group()
    {
        using var folder = new TemporaryFolder();
        var tables = new FactTables();
        for (var i = 100; i < 150; i++)
            tables.Add("主体", "编号", $"{i}").Add("项目", "编号", "P", "主体", $"{i}").Add("贷款", "编号", "L", "主体", $"{i}");
        tables.WriteParquet(folder.Path);
        var read = ReadResult.Of(folder.Path, chunkSize: 1, threads: 3);
        Assert.Equal(50, read.Chunks.Count);
        Same(tables, read);
    }

    [Fact]
    public void A_chunk_can_be_read_by_its_number()
    {
        using var folder = new TemporaryFolder();
        Sample().Sorted().WriteParquet(folder.Path, groupRows: 4);
        var inOrder = ReadResult.Of(folder.Path, chunkSize: 2).Chunks;
        using var log = new RejectLog(new StringWriter());
        var (source, _) = FactSource.Open(folder.Path, SmallFacts.Dictionary,
            Policy.Reference.ReferenceFiles.Tables, Needs.All(SmallFacts.Dictionary),
            new ReadOptions { Rejects = log, TemporaryFolder = folder.Path, ChunkSize = 2 });
        Assert.Equal(inOrder.Count, source!.Chunks);
        Assert.Equal(10, source.Subjects);
        using var reader = source.OpenReader();
        foreach (var number in Enumerable.Range(0, source.Chunks).Reverse())
            Assert.Equal(ChunkText.Of([inOrder[number]]), ChunkText.Of([reader.Read(number)]));
        source.FirstChunk = 3;
        Assert.Equal(Enumerable.Range(3, source.Chunks - 3), Drain(source).Select(c => c.Number));
    }

    private static IEnumerable<Chunk> Drain(FactSource source)
    {
        using var reader = source.OpenReader();
        while (reader.Next() is { } chunk) yield return chunk;
    }

    [Fact]
    public void Empty_tables_and_no_subjects()
    {
        using var folder = new TemporaryFolder();
        var tables = new FactTables { Rows = { ["主体"] = [], ["贷款"] = [], ["贷款_年度"] = [] } };
        tables.WriteParquet(folder.Path);
        Same(tables, ReadResult.Of(folder.Path));
        using var csv = new TemporaryFolder();
        tables.WriteCsv(csv.Path);
        Same(tables, ReadResult.Of(csv.Path));
        using var some = new TemporaryFolder();
        tables.Add("主体", "编号", "甲").WriteParquet(some.Path);
        Same(tables, ReadResult.Of(some.Path));
    }

    [Fact]
    public void Only_what_is_needed_is_read_and_checked()
    {
        using var folder = new TemporaryFolder();
        new FactTables().Add("主体", "编号", "甲", "规模", "大型", "注册地", "999").WriteParquet(folder.Path);
        var needs = new Needs(new Dictionary<Zhida.Policy.Program.ObjectType, TableNeeds>
        {
            [SmallFacts.Type("主体")] = new()
            {
                Facts = { SmallFacts.Type("主体").Facts.First(f => f.Name == "规模") },
            },
        });
        var read = ReadResult.Of(folder.Path, needs: needs);
        Assert.Empty(read.Rejects);
        Assert.Empty(read.Findings);
        Assert.Equal("主体 甲 规模=大型\n", read.Text);
    }

    [Fact]
    public void Numbers_of_other_types_are_read()
    {
        using var folder = new TemporaryFolder();
        using (var file = new ParquetSharp.ParquetFileWriter(Path.Combine(folder.Path, "主体.parquet"),
            [new ParquetSharp.Column<string>("编号"), new ParquetSharp.Column<double?>("收入"),
                new ParquetSharp.Column<int>("人数"), new ParquetSharp.Column<string>("股比"),
                new ParquetSharp.Column<string[]>("环节")]))
        {
            using var group = file.AppendRowGroup();
            using (var ids = group.NextColumn().LogicalWriter<string>()) ids.WriteBatch(["乙", "甲"]);
            using (var money = group.NextColumn().LogicalWriter<double?>()) money.WriteBatch([0.1, null]);
            using (var people = group.NextColumn().LogicalWriter<int>()) people.WriteBatch([7, 8]);
            using (var shares = group.NextColumn().LogicalWriter<string>()) shares.WriteBatch(["35%", null!]);
            using (var lists = group.NextColumn().LogicalWriter<string[]>()) lists.WriteBatch([["研发", "生产"], []]);
            file.Close();
        }
        var read = ReadResult.Of(folder.Path, needs: new Needs(
            new Dictionary<Zhida.Policy.Program.ObjectType, TableNeeds>
            {
                [SmallFacts.Type("主体")] = Needs.All(SmallFacts.Dictionary).Tables[SmallFacts.Type("主体")],
            }));
        Assert.Empty(read.Rejects);
        Assert.Equal("主体 乙 环节=研发；生产 收入=0.1 人数=7 股比=0.35\n主体 甲 环节= 人数=8\n", read.Text);
    }
}
