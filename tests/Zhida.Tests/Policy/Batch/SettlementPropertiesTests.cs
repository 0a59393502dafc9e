using System.Text.Json.Nodes;
using CsCheck;
using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;

namespace Zhida.Tests.Policy.Batch;

/// <summary>What holds of settlement whatever the lines: mixed.md has every kind of cap, exclusion groups, payers.
/// </summary>
public sealed class SettlementPropertiesTests
{
    private const int Tries = 120;

    /// <summary>The item of mixed.md whose caps stay within a subject.</summary>
    private const int Own = 4;

    private static readonly MadeUp Mixed = new("mixed.md");

    private static readonly SmallRun Run = new(Mixed.Context);

    private static readonly Agreement Same = new(Mixed.Context);

    private static readonly Gen<List<(Project Project, int Subject)>> Population =
        Gen.Select(Project.Any, Gen.Int[0, 5]).List[1, 12];

    private static SubjectFacts Subject(string id, IEnumerable<Project> projects, IEnumerable<Given> grants) =>
        Mixed.Facts(new JsonObject
        {
            ["主体"] = new JsonObject { ["编号"] = id },
            ["项目"] = new JsonArray([.. projects.Select(p => p.Json())]),
            ["已得"] = new JsonArray([.. grants.Select(g => g.Json())]),
        });

    /// <summary>Six subjects with projects whose ids are unique in the population.</summary>
    private static List<SubjectFacts> Subjects(List<(Project Project, int Subject)> projects, List<Given> grants) =>
        [.. Enumerable.Range(0, 6).Select(s => Subject($"S{s}",
            projects.Select((p, i) => (p.Subject, Project: p.Project with { Id = $"P{i}" }))
                .Where(p => p.Subject == s).Select(p => p.Project),
            grants.Where((_, i) => i % 6 == s)))];

    [Fact]
    public void One_subject_gets_what_its_decision_says() =>
        Gen.Select(Project.Any.List[1, 8], Given.Any.List[0, 4]).Sample((projects, grants) =>
        {
            var facts = Subject("甲", projects.Select((p, i) => p with { Id = $"P{i}" }), grants);
            Same.Check("made up", facts);
        }, iter: Tries, threads: 1);

    [Fact]
    public void Many_subjects_share_accounts_as_the_lines_of_one_do() =>
        Gen.Select(Population, Given.Named.List[0, 4]).Sample((projects, grants) =>
        {
            var together = Subject("甲", projects.Select((p, i) => p.Project with { Id = $"P{i}" }), grants);
            var decided = new Decider(Mixed.Context.Program, Mixed.Context.On).Decide(together, explain: false);
            var expected = decided.SelectMany((item, i) => item.Lines.Select(l => (Item: i, Line: l)))
                .Where(l => l.Item != Own && l.Line is { Outcome: Outcome.Due, AmountState: AmountState.Fixed })
                .Select(l => $"{l.Item} {l.Line.Object.Id} {l.Line.Period} {(long)(l.Line.Amount!.Value * 100)}");
            var actual = Run.Of(Subjects(projects, grants), chunkSize: 2)
                .Where(l => l.Item != Own && l.Amount is not null)
                .Select(l => $"{l.Item} {l.Object} {PeriodCode.Name(l.Period)} {l.Amount}");
            Assert.Equal(expected.Order(), actual.Order());
        }, iter: Tries, threads: 1);

    [Fact]
    public void Neither_chunks_nor_their_order_nor_memory_matter() =>
        Gen.Select(Population, Given.Any.List[0, 6], Gen.Int[1, 4]).Sample((projects, grants, size) =>
        {
            var subjects = Subjects(projects, grants);
            var whole = SmallRun.Sorted(Run.Of(subjects));
            Assert.Equal(whole, SmallRun.Sorted(Run.Of(subjects, size, memory: 0)));
            Assert.Equal(whole, SmallRun.Sorted(Run.Of(subjects, size, backwards: true)));
        }, iter: Tries, threads: 1);

    [Fact]
    public void No_limit_is_passed_and_what_bit_is_told() =>
        Gen.Select(Population, Given.Any.List[0, 3]).Sample((projects, grants) =>
        {
            var lines = Run.Of(Subjects(projects, grants))
                .Where(l => l.Amount is not null).ToList();
            var field = projects.Select((p, i) => (Id: $"P{i}", p.Project.Field)).ToDictionary(p => p.Id, p => p.Field);
            Assert.All(lines.Where(l => l.Item == 0).GroupBy(l => field[l.Object]), g =>
                Assert.True(g.Sum(l => l.Amount) <= 200_00));
            Assert.True(lines.Where(l => l.Item == 0 && l.Bit != "事项·一次").Count(l => l.Amount > 0) <= 3);
            Assert.All(lines.Where(l => l.Item == 1).GroupBy(l => l.Period), g =>
                Assert.True(g.Sum(l => l.Amount) <= 300_00));
            Assert.True(lines.Where(l => l.Item == 2).Sum(l => l.Amount) <= 100_00);
            Assert.All(lines.Where(l => l.Item == 3).GroupBy(l => field[l.Object]), g =>
                Assert.True(g.Sum(l => l.Amount) <= 90_00));
            Assert.All(lines.Where(l => l.Item == Own).GroupBy(l => l.Subject), g =>
                Assert.True(g.Sum(l => l.Amount) <= 35_55));
            Assert.All(lines.Where(l => l.Item == 2 && l.Bit is null), l => Assert.Equal(
                Asked(projects[int.Parse(l.Object[1..])].Project.Equity * 0.3m), l.Amount));
        }, iter: Tries, threads: 1);

    private static long Asked(decimal fen) => (long)decimal.Round(fen, MidpointRounding.AwayFromZero);

    [Fact]
    public void What_is_shared_pro_rata_is_given_out_to_the_last_fen() =>
        Gen.Long[1, 100_000].List[1, 10].Sample(equities =>
        {
            var subjects = equities.Select((money, i) => Subject($"S{i}",
                [new Project("P", 0, 0, money, 1, i % 3, 2026, false)], [])).ToList();
            var lines = Run.Of(subjects, chunkSize: 3).Where(l => l.Item == 2).ToList();
            var asked = equities.Where(m => m > 0).Sum(m => Asked(m * 0.3m));
            Assert.Equal(Math.Min(asked, 100_00), lines.Sum(l => l.Amount));
            Assert.Equal(asked > 100_00, lines.Exists(l => l.Bit == "事项·政策期"));
        }, iter: Tries, threads: 1);
}
