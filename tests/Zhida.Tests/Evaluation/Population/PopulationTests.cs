using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using ParquetSharp;
using Xunit;
using Zhida.Evaluation.Population;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Populations;

/// <summary>A population written once, for the tests that look at it.</summary>
public sealed class WrittenPopulation : IDisposable
{
    public const int Size = 3000;

    private readonly TemporaryFolder _folder = new();

    public WrittenPopulation()
    {
        Load = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], [], new Dictionary<string, string>());
        var (writer, findings) = PopulationWriter.Open(PolicyTree.Read(Repository.Root), ["liaoning-2026"]);
        Writer = writer ?? throw new InvalidOperationException(string.Join('\n', findings.Select(f => f.Message)));
        Report = Writer.Write(Folder, Size, seed: 1, threads: 2);
        Subjects = new PopulationReader(Folder, Dictionary).Read();
    }

    public LoadResult Load { get; }

    public PopulationWriter Writer { get; }

    public PopulationReport Report { get; }

    public string Folder => _folder.Path;

    public Dictionary Dictionary => Load.Program!.Dictionary;

    /// <summary>By id, as the JSON of decide.</summary>
    public IReadOnlyDictionary<string, JsonObject> Subjects { get; }

    public void Dispose() => _folder.Dispose();
}

public sealed class PopulationTests(WrittenPopulation population) : IClassFixture<WrittenPopulation>
{
    /// <summary>More than one row group.</summary>
    private const int Large = PopulationWriter.GroupSize + 5000;

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        using var again = new TemporaryFolder();
        using var other = new TemporaryFolder();
        population.Writer.Write(again.Path, WrittenPopulation.Size, seed: 1, threads: 1);
        population.Writer.Write(other.Path, WrittenPopulation.Size, seed: 2, threads: 1);
        var hashes = Hashes(population.Folder);
        Assert.Equal(hashes, Hashes(again.Path));
        var others = Hashes(other.Path);
        Assert.All(hashes.Where(h => !h.Key.Contains("已得")), h => Assert.NotEqual(h.Value, others[h.Key]));
    }

    [Fact]
    public void The_number_of_threads_changes_no_byte_and_row_groups_hold_the_same_subjects()
    {
        using var one = new TemporaryFolder();
        using var three = new TemporaryFolder();
        population.Writer.Write(one.Path, Large, seed: -9, threads: 1);
        population.Writer.Write(three.Path, Large, seed: -9, threads: 3);
        Assert.Equal(Hashes(one.Path), Hashes(three.Path));
        foreach (var file in Directory.GetFiles(one.Path))
        {
            using var reader = new ParquetFileReader(file);
            Assert.Equal(2, reader.FileMetaData.NumRowGroups);
            Assert.Equal(TableFile.Mark, reader.FileMetaData.KeyValueMetadata["说明"]);
            Assert.Equal("-9", reader.FileMetaData.KeyValueMetadata["seed"]);
            var last = $"S{PopulationWriter.GroupSize - 1:D9}";
            var (first, second) = (Subjects(reader, 0), Subjects(reader, 1));
            Assert.All(first, s => Assert.True(string.CompareOrdinal(s, last) <= 0));
            Assert.All(second, s => Assert.True(string.CompareOrdinal(s, last) > 0));
            Assert.Equal(first.Concat(second).Order(StringComparer.Ordinal), first.Concat(second));
        }
    }

    [Fact]
    public void Another_reader_finds_the_same_rows_and_the_types()
    {
        using var folder = new TemporaryFolder();
        var report = population.Writer.Write(folder.Path, Large, seed: 5, threads: 2);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        object Ask(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar()!;
        }
        Assert.All(report.Tables, t => Assert.Equal(t.Rows, Ask($"SELECT count(*) FROM '{t.Path}'")));
        string TypeOf(string table, string column) =>
            (string)Ask($"SELECT typeof(\"{column}\") FROM '{Path.Combine(folder.Path, table)}.parquet' LIMIT 1");
        Assert.Equal("DECIMAL(18,2)", TypeOf("贷款", "本金"));
        Assert.Equal("DECIMAL(18,4)", TypeOf("地块", "面积"));
        Assert.Equal("DECIMAL(18,8)", TypeOf("收费公示", "简单平均降幅"));
        Assert.Equal("DATE", TypeOf("贷款", "发放日"));
        Assert.Equal("BOOLEAN", TypeOf("主体", "严重失信"));
        Assert.Equal("BIGINT", TypeOf("主体", "从业人员"));
        Assert.Equal("BIGINT", TypeOf("贷款_年度", "年度"));
        Assert.Equal("VARCHAR", TypeOf("已得", "期"));
    }

    [Fact]
    public void The_rows_of_years_follow_those_of_their_objects()
    {
        var reader = new PopulationReader(population.Folder, population.Dictionary);
        var place = reader.Rows("贷款").Select((r, i) => (Key: (r["主体"], r["编号"]), i)).ToDictionary(r => r.Key, r => r.i);
        var years = reader.Rows("贷款_年度").Select(r => (place[(r["主体"], r["贷款"])], (long)r["年度"]!)).ToList();
        Assert.NotEmpty(years);
        Assert.Equal(years.Order(), years);
    }

    [Fact]
    public void A_large_population_can_be_read_as_facts_too()
    {
        Repository.OnlyWhenLong();
        using var folder = new TemporaryFolder();
        population.Writer.Write(folder.Path, 40_000, seed: 11, threads: 2);
        var reader = new FactsReader(population.Dictionary, population.Load.Tables);
        Assert.Empty(new PopulationReader(folder.Path, population.Dictionary).Read()
            .SelectMany(s => reader.Read(Element(s.Value), s.Key).Findings).Select(f => f.Message));
    }

    [Fact]
    public void A_subject_is_the_same_in_a_larger_population()
    {
        using var more = new TemporaryFolder();
        population.Writer.Write(more.Path, WrittenPopulation.Size + 500, seed: 1, threads: 1);
        var subjects = new PopulationReader(more.Path, population.Dictionary).Read();
        Assert.All(population.Subjects, s => Assert.Equal(s.Value.ToJsonString(), subjects[s.Key].ToJsonString()));
    }

    [Fact]
    public void Every_subject_can_be_read_as_facts()
    {
        var reader = new FactsReader(population.Dictionary, population.Load.Tables);
        var findings = population.Subjects.SelectMany(s => reader.Read(Element(s.Value), s.Key).Findings)
            .Select(f => $"{f.Location} {f.Message}");
        Assert.Empty(findings);
        Assert.Equal(WrittenPopulation.Size, population.Subjects.Count);
    }

    [Fact]
    public void Subjects_are_marked_as_made_up_and_have_valid_codes_of_their_own()
    {
        var subjects = population.Subjects.Values.Select(s => s["主体"]!).ToList();
        var codes = subjects.Select(s => s["统一社会信用代码"]?.GetValue<string>()).OfType<string>().ToList();
        Assert.True(codes.Count > subjects.Count * 9 / 10);
        Assert.All(codes, c => Assert.Equal(CreditCodeKind.Valid, CreditCode.Check(c).Kind));
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(subjects.Select(s => s["名称"]?.GetValue<string>()).OfType<string>(), n => Assert.EndsWith("（合成）", n));
    }

    [Fact]
    public void Every_table_has_rows() => Assert.DoesNotContain(population.Report.Tables, t => t.Rows == 0);

    [Fact]
    public void Every_word_of_every_enumeration_occurs()
    {
        var reader = new PopulationReader(population.Folder, population.Dictionary);
        var absent = TableLayout.Of(population.Dictionary).SelectMany(table =>
        {
            var rows = reader.Rows(table.Name).ToList();
            return table.Columns.Where(c => c.Fact?.Type is StringType { IsEnumeration: true }).SelectMany(c =>
                ((StringType)c.Fact!.Type).Allowed.Except(rows.Select(r => r[c.Name]).OfType<string>())
                    .Select(word => $"{c.Fact.Path} {word}"));
        });
        Assert.Empty(absent);
    }

    [Fact]
    public void Some_projects_are_shared_by_several_borrowers_and_some_enterprises_by_a_group()
    {
        using var folder = new TemporaryFolder();
        population.Writer.Write(folder.Path, Large, seed: 4, threads: 2);
        var reader = new PopulationReader(folder.Path, population.Dictionary);
        var shared = reader.Rows("项目").GroupBy(r => r["编号"]).Where(g => g.Count() > 1).ToList();
        Assert.Contains(2, shared.Select(g => g.Count()));
        Assert.Contains(4, shared.Select(g => g.Count()));
        Assert.All(shared, g => Assert.Single(g.Select(r => (r["低空方向"], r["所在地"], r["总投资"])).Distinct()));
        var borrowers = reader.Rows("贷款").Where(r => r["项目"] is not null).Select(r => (r["主体"], r["项目"])).ToHashSet();
        Assert.All(shared.SelectMany(g => g), r => Assert.Contains((r["主体"], r["编号"]), borrowers));
        Assert.Contains(reader.Rows("主体").GroupBy(r => r["集团编号"]), g => g.Key is not null && g.Count() > 2);
    }

    [Theory]
    [InlineData("正文")]
    [InlineData("示范细则")]
    public void Everything_that_items_can_come_to_is_met(string program)
    {
        string[] layers = program == "正文" ? [] : ["liaoning-2026-demo"];
        // The official text with its issue date open, and as if it were issued; the layer says its own.
        string[] issued = program == "正文" ? ["", "2026-01-01"] : [""];
        PopulationCoverage? coverage = null;
        foreach (var date in issued)
        {
            var settings = date.Length == 0 ? new Dictionary<string, string>() : new() { ["印发日"] = date };
            var load = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], layers, settings, withExamples: false);
            coverage ??= new PopulationCoverage([.. load.Program!.Policies.SelectMany(p => p.Items)]);
            Decide(load, new DateOnly(2026, 6, 30), _ => true, coverage);
            // Readings of the first day differ on that day alone; where it is open, every item hangs on the day.
            var open = date.Length == 0 && layers.Length == 0;
            Decide(load, new DateOnly(2026, 1, 1),
                i => open || i.EventDate is Variable { Symbol.IsGlobal: true }, coverage);
        }
        var absent = coverage!.Absent().ToList();
        var excused = Unreachable.For(program);
        var unexpected = absent.Except(excused.Keys).ToList();
        Assert.True(unexpected.Count == 0, "not met: " + string.Join('；', unexpected));
        Assert.Empty(excused.Keys.Except(absent));
    }

    /// <summary>Decides the items about what a subject has: of objects that it says nothing of there is nothing to see.
    /// </summary>
    private void Decide(LoadResult load, DateOnly on, Func<Item, bool> wanted, PopulationCoverage coverage)
    {
        var reader = new FactsReader(load.Program!.Dictionary, load.Tables);
        var deciders = load.Program.Policies.SelectMany(p => p.Items).Where(wanted).Select(i => i.Object).Distinct()
            .ToDictionary(type => type, type => new Decider(load.Program, on, i => wanted(i) && i.Object == type));
        foreach (var (id, json) in population.Subjects.Take(population.Writer.Archetypes))
        {
            var facts = reader.Read(Element(json), id).Facts!;
            foreach (var (type, decider) in deciders)
                if (type == facts.Dictionary.Subject || facts.Objects(type) is { Count: > 0 })
                    coverage.Add(decider.Decide(facts));
        }
    }

    private static JsonElement Element(JsonObject json) => JsonDocument.Parse(json.ToJsonString()).RootElement;

    private static SortedDictionary<string, string> Hashes(string folder) => new(Directory.GetFiles(folder)
        .ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))));

    private static string[] Subjects(ParquetFileReader file, int group)
    {
        using var rows = file.RowGroup(group);
        var names = Enumerable.Range(0, file.FileMetaData.NumColumns)
            .Select(i => file.FileMetaData.Schema.Column(i).Name).ToList();
        using var column = rows.Column(Math.Max(0, names.IndexOf(TableLayout.Subject)));
        using var reader = column.LogicalReader<string>();
        return reader.ReadAll((int)rows.MetaData.NumRows);
    }
}
