using Xunit;
using Zhida.Policy.Loading;

namespace Zhida.Tests.Policy.Mutation;

/// <summary>One change in a policy file must be noticed by the checker or by an example.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const string Reasons = "tests/Zhida.Tests/Policy/Mutation/survivors.txt";
    private const decimal LeastKilled = 0.95m;

    [Fact]
    public void Changed_figures_never_survive_and_other_changes_hardly_ever()
    {
        var reasons = ReadReasons();
        var outcomes = Run();
        var report = new MutationReport(outcomes, reasons);
        var page = report.Markdown();
        output.WriteLine(page);
        if (Environment.GetEnvironmentVariable("ZHIDA_MUTATION_REPORT") == "1")
            File.WriteAllText(Repository.PathOf("docs/mutation.md"), page);

        var survivors = report.Survivors.ToList();
        var unexplained = survivors.Where(m => !reasons.ContainsKey(m.Key)).Select(m => $"{m.Location}\n{m.Key}")
            .ToList();
        Assert.True(unexplained.Count == 0, $"""
            {unexplained.Count} changes that neither the checker nor an example notices. Add an example that tells them
            apart, or, where there can be none, the reason in {Reasons}:
            {string.Join('\n', unexplained)}
            """);
        Assert.DoesNotContain(survivors, m => m.IsOfText);
        Assert.True(report.Killed(m => !m.IsOfFigures) >= LeastKilled, "too many survive of what is no figure");
        Assert.Empty(reasons.Keys.Except(survivors.Select(m => m.Key)));
    }

    [Fact]
    public void Mutants_of_an_expression() => Assert.Equal(
        ["a >= 9人 and b in (\"x\", \"y\")", "a <= 9人 and b in (\"x\", \"y\")", "a > 10人 and b in (\"x\", \"y\")",
            "a > 9人 or b in (\"x\", \"y\")", "a > 9人 and b in (\"y\")", "a > 9人 and b in (\"x\")"],
        Mutated("a > 9人 and b in (\"x\", \"y\")", isTests: false));

    [Fact]
    public void Mutants_of_tests() => Assert.Equal(
        ["(0..5]", "[0..5)", "[0..6]", "[1..5]"], Mutated("[0..5]", isTests: true).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Mutated(string code, bool isTests) =>
        ExpressionMutator.Of(code, isTests).Select(m => Edit.Apply(code, [m.Edit]));

    private static List<Outcome> Run()
    {
        var files = PolicyLoader.ReadFiles(Repository.Root);
        var mutants = Trial.Measures(files).SelectMany(path => MeasureMutator.Of(path, files[path])).ToList();
        var verdicts = new Verdict[mutants.Count];
        // Those of the whole policy take longest, so they go first.
        var byItem = Enumerable.Range(0, mutants.Count).GroupBy(i => mutants[i].Item).OrderBy(g => g.Key is not null);
        Parallel.ForEach(byItem, new ParallelOptions { MaxDegreeOfParallelism = 2 }, group =>
        {
            var measure = Path.GetFileName(mutants[group.First()].Location.File);
            var trial = new Trial(files, group.Key is null ? null : measure, group.Key);
            foreach (var i in group) verdicts[i] = trial.Judge(mutants[i]);
        });
        return [.. mutants.Zip(verdicts, (mutant, verdict) => new Outcome(mutant, verdict))];
    }

    /// <summary>A survivor's key on a line of its own, then its reason, indented. Lines with # are remarks.</summary>
    private static Dictionary<string, string> ReadReasons()
    {
        var lines = File.ReadAllLines(Repository.PathOf(Reasons))
            .Where(l => l.Length > 0 && !l.StartsWith("# ", StringComparison.Ordinal)).ToList();
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i += 2)
        {
            Assert.True(i + 1 < lines.Count && !lines[i].StartsWith(' ') && lines[i + 1].StartsWith(' '), lines[i]);
            reasons.Add(lines[i], lines[i + 1].Trim());
        }
        return reasons;
    }
}
