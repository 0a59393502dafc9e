using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Columns;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Policy.Plans;
using Zhida.Tests.Policy.Batch;

namespace Zhida.Tests.Evaluation.Agreement;

/// <summary>Random rules over random facts are decided alike, cell by cell. What CsCheck shrinks a difference to
/// becomes a case in conformance/agree.</summary>
public sealed class RandomAgreementTests
{
    private static readonly DateOnly On = new(2026, 6, 30);

    [Fact]
    public void Columns_decide_random_rules_as_the_reference_does() =>
        Gen.Select(RandomRules.Measure, RandomFacts.Population).Sample((measure, population) =>
        {
            var difference = Difference(measure, population);
            Assert.True(difference.Length == 0, $"{difference}\n{measure}\n" +
                string.Join('\n', population.Select(p => p.ToJsonString())));
        }, iter: Repository.IsLong ? 20_000 : 300);

    private static string Difference(string measure, JsonObject[] population)
    {
        var load = RandomRulesTests.Load(measure);
        var context = SmallRun.Context(load.Program!, load.Tables, On);
        var reader = new FactsReader(load.Program!.Dictionary, load.Tables);
        var subjects = population.Select(json =>
            reader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), "facts").Facts!).ToList();
        var chunks = SmallRun.ChunksOf(load.Program.Dictionary, subjects, 5);
        var plan = PlanCompiler.Compile(context, gaps: true);
        return Told.Difference(
            Told.By(context, chunks, () => new InterpretingDecider(context)),
            Told.By(context, chunks, () => new ColumnDecider(context, plan)));
    }
}
