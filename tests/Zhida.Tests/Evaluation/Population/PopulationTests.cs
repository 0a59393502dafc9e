using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ParquetSharp;
using Xunit;
using Zhida.Evaluation.Population;
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
    [MemberData(nameof(Programs))]
    public void Everything_that_items_can_come_to_is_met(string name, string[] layers, string issued)
    {
        var settings = issued.Length == 0 ? new Dictionary<string, string>() : new() { ["印发日"] = issued };
        var load = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], layers, settings, withExamples: false);
        var reader = new FactsReader(load.Program!.Dictionary, load.Tables);
        var decider = new Decider(load.Program, new DateOnly(2026, 6, 30));
        var coverage = new PopulationCoverage(decider.Items);
        foreach (var (id, json) in population.Subjects.Take(population.Writer.Archetypes))
            coverage.Add(decider.Decide(reader.Read(Element(json), id).Facts!));
        var excused = Unreachable.For(name);
        Assert.Equal(excused.Keys.Order(StringComparer.Ordinal), coverage.Absent().Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, string[], string> Programs => new()
    {
        { "正文", [], "" }, { "示范细则", ["liaoning-2026-demo"], "" },
    };

    private static JsonElement Element(JsonObject json) => JsonDocument.Parse(json.ToJsonString()).RootElement;

    private static SortedDictionary<string, string> Hashes(string folder) => new(Directory.GetFiles(folder).ToDictionary(
        f => Path.GetFileName(f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))));

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
