using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Columns;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Tests.Policy.Batch;

namespace Zhida.Tests.Evaluation.Agreement;

/// <summary>The facts of every worked example, decided by columns and by the reference.</summary>
public sealed class ExamplesAgreementTests
{
    [Fact]
    public void Columns_decide_every_example_as_the_reference_does() =>
        Agree(PolicyTree.Read(Repository.Root), 1000, 20);

    [Theory]
    [MemberData(nameof(Zhida.Tests.Policy.AcceptTests.Cases), MemberType = typeof(Zhida.Tests.Policy.AcceptTests))]
    public void Columns_decide_every_case_as_the_reference_does(string name) =>
        Agree(Zhida.Tests.Policy.Loading.TestTree.Accept(name), 1, 0);

    private static void Agree(PolicyTree tree, int least, int leastGaps)
    {
        var differences = new List<string>();
        var (lines, gaps) = (0, 0);
        foreach (var group in new WorkedExamples(tree).All().GroupBy(e => (e.Program, e.On)))
        {
            var (program, on) = group.Key;
            var context = SmallRun.Context(program, group.First().Tables, on);
            var chunks = SmallRun.ChunksOf(program.Dictionary, Distinct([.. group]), 50);
            var plan = PlanCompiler.Compile(context, gaps: true);
            var expected = Told.By(context, chunks, () => new InterpretingDecider(context));
            var actual = Told.By(context, chunks, () => new ColumnDecider(context, plan));
            lines += expected.Count;
            gaps += expected.Count(l => l.StartsWith("near", StringComparison.Ordinal) && !l.Contains(" by -"));
            if (Told.Difference(expected, actual) is { Length: > 0 } difference)
                differences.Add($"{group.First().Name} …\n{difference}");
        }
        Assert.True(differences.Count == 0, $"{differences.Count}:\n{string.Join('\n', differences.Take(10))}");
        Assert.True(lines > least);
        Assert.True(gaps >= leastGaps, $"{gaps} gaps");
    }

    private static List<Zhida.Policy.Facts.SubjectFacts> Distinct(IReadOnlyList<WorkedExample> examples) =>
        [.. examples.Select(e => e.Facts)];
}
