using System.Text.Json;
using CsCheck;
using Xunit;
using Zhida.Casework.Registers;
using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using static Zhida.Tests.Casework.Registers.MergeFixture;

namespace Zhida.Tests.Casework.Registers;

/// <summary>The samples with the simulated registers beside them.</summary>
public sealed class SampleRegistersTests
{
    private static readonly (string Name, string File)[] Simulated =
    [
        ("登记", "registration"), ("信用", "credit"), ("税务", "tax"), ("社保", "social-security"), ("海关", "customs"),
    ];

    private static readonly string[] SampleFiles =
        [.. Directory.GetFiles(Repository.PathOf("samples"), "*.json").Order(StringComparer.Ordinal)];

    public static TheoryData<string> Samples => [.. SampleFiles.Select(f => Path.GetFileName(f))];

    [Fact]
    public void The_simulated_registers_are_marked_made_up_and_are_those_of_the_table()
    {
        foreach (var (name, file) in Simulated)
        {
            var json = Json(File.ReadAllText(Repository.PathOf($"samples/registers/{file}.json")));
            Assert.StartsWith($"示范：模拟的{name}登记", json.GetProperty("说明").GetString());
        }
        Assert.Equal(RegisterTable.Load().Registers.Order(StringComparer.Ordinal),
            Simulated.Select(s => s.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task An_empty_draft_is_prefilled(string sample)
    {
        var full = Json(File.ReadAllText(Repository.PathOf("samples/" + sample)));
        var answers = await AnswersAsync(full);
        var merged = Merge.File("{}", [.. answers]);

        Assert.Empty(merged.Awaiting);
        Assert.Empty(merged.Differences);
        var facts = Read(merged);
        Assert.Equal(full.GetProperty("主体").GetProperty("名称").GetString(),
            facts.Subject[Dictionary.Subject.Facts.Single(f => f.Name == "名称").Slot].Text);
        Assert.Equal("经营主体登记", facts.ProvenanceOf(facts.Subject, "名称")!.Source);
        Assert.False(facts.Subject[Dictionary.Subject.Facts.Single(f => f.Name == "严重失信").Slot].IsUnset);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_full_sample_agrees_but_for_the_one_turnover_that_shows_a_difference(string sample)
    {
        var draft = File.ReadAllText(Repository.PathOf("samples/" + sample));
        var merged = Merge.File(draft, [.. await AnswersAsync(Json(draft))]);

        Assert.Equal(sample == "exporter.json" ? ["主体.营业收入"] : [], merged.Differences.Select(d => d.Path));
        Assert.Empty(merged.Awaiting);
        Read(merged);
    }

    [Fact]
    public async Task Whatever_the_registers_do_every_value_of_the_applicant_is_kept()
    {
        var drafts = SampleFiles.Select(f => Json(File.ReadAllText(f))).ToArray();
        var found = await Task.WhenAll(drafts.Select(AnswersAsync));
        Gen.Select(Gen.Int[0, drafts.Length - 1], Gen.Int[0, drafts.Length - 1], Gen.Int[0, 2].Array[5],
            Gen.Bool.Array[5])
            .Sample((which, whose, states, later) =>
            {
                // Another subject's answers differ in every fact.
                var answers = found[whose].Select((a, i) => states[i] == 0 ? a
                    : states[i] == 1 ? new RegisterDown(a.Register, "答复 503")
                    : (RegisterAnswer)new RegisterNotFound(a.Register)).ToArray();
                var (merged, problem) = Merge.File(drafts[which], answers, Filed);
                Assert.Null(problem);
                AssertKept(drafts[which], merged!);
                Assert.Equal(answers.OfType<RegisterDown>().Select(d => d.Register).Order(StringComparer.Ordinal),
                    merged!.Awaiting.Select(a => a.Register).Distinct().Order(StringComparer.Ordinal));
                Read(merged);

                var late = found[whose].Where((_, i) => later[i]).ToArray();
                var verified = Merge.Verify(Json(merged.Facts), merged.Awaiting, late);
                AssertKept(drafts[which], verified);
                Assert.DoesNotContain(verified.Awaiting, a => late.Any(l => l.Register == a.Register));
                // Asking late comes to the same as asking at once.
                var asked = answers.Select((a, i) => later[i] ? found[whose][i] : a).ToArray();
                Assert.Equal(Values(Read(Merge.File(drafts[which], asked, Filed).Merged!)), Values(Read(verified)));
            }, iter: 200);
    }

    private static void AssertKept(JsonElement draft, MergedFacts merged)
    {
        var (before, findings) = new FactsReader(Dictionary, Load.Tables).Read(draft, "draft");
        Assert.Empty(findings);
        var after = Values(Read(merged).Declared);
        foreach (var (fact, value) in Values(before!)) Assert.Equal(value, after[fact]);
    }

    /// <summary>Every known value by object and fact.</summary>
    private static SortedDictionary<string, string> Values(SubjectFacts facts)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in Dictionary.Objects.Values)
        foreach (var record in facts.Objects(type) ?? [])
        foreach (var fact in type.Facts)
            if (!record[fact.Slot].IsUnset) values[$"{record.Id} {fact.Path}"] = Text(record[fact.Slot]);
        foreach (var ((owner, year), record) in facts.Years)
        foreach (var fact in Dictionary.Objects.Values.SelectMany(t => t.YearFacts))
            if (fact.Object.YearRecord == record.Type && !record[fact.Slot].IsUnset)
                values[$"{owner.Id} {year} {fact.Path}"] = Text(record[fact.Slot]);
        return values;
    }

    private static string Text(Value value) => value.ToString();

    private static async Task<RegisterAnswer[]> AnswersAsync(JsonElement draft) => [.. await FactsMerge.AskAsync(
        Simulated.Select(s => new FileRegister(s.Name, Repository.PathOf($"samples/registers/{s.File}.json"))),
        draft.GetProperty("主体").GetProperty("统一社会信用代码").GetString()!, TestContext.Current.CancellationToken)];
}
