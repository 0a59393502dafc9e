using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Columns;
using Zhida.Policy.Facts;
using Zhida.Policy.Plans;
using Zhida.Tests.Evaluation.Engines;
using Zhida.Tests.Policy.Batch;

namespace Zhida.Tests.Evaluation.Agreement;

/// <summary>Random rules over random facts are decided alike, cell by cell. What CsCheck shrinks a difference to
/// becomes a case in conformance/agree.</summary>
public sealed class RandomAgreementTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly DateOnly On = new(2026, 6, 30);

    [Fact]
    public void Columns_decide_random_rules_as_the_reference_does() =>
        Gen.Select(RandomRules.Measure, RandomFacts.Population).Sample((measure, population) =>
        {
            var (context, subjects) = Open(measure, population);
            var chunks = SmallRun.ChunksOf(context.Program.Dictionary, subjects, 5);
            var plan = PlanCompiler.Compile(context, gaps: true);
            var difference = Told.Difference(Told.By(context, chunks, () => new InterpretingDecider(context)),
                Told.By(context, chunks, () => new ColumnDecider(context, plan)));
            Assert.True(difference.Length == 0, $"{difference}\n{Show(measure, population)}");
        }, iter: Repository.IsLong ? 20_000 : 300);

    [Fact]
    public void Duckdb_decides_random_rules_as_the_reference_does() =>
        CheckEngine(null, Repository.IsLong ? 1_000 : 40);

    [Fact]
    public void Postgres_decides_random_rules_as_the_reference_does()
    {
        if (postgres.ConnectionString.Length > 0) CheckEngine(postgres, Repository.IsLong ? 500 : 20);
    }

    /// <summary>In one thread: each try starts its own database, or has tables of one name on the server.</summary>
    private static void CheckEngine(PostgresServer? server, int tries) =>
        Gen.Select(RandomRules.Measure, RandomFacts.Population).Sample((measure, population) =>
        {
            var (context, subjects) = Open(measure, population);
            EngineAgreement.Check(Show(measure, population), context, subjects, server);
        }, iter: tries, threads: 1);

    private static (RunContext Context, List<SubjectFacts> Subjects) Open(string measure, JsonObject[] population)
    {
        var load = RandomRulesTests.Load(measure);
        var reader = new FactsReader(load.Program!.Dictionary, load.Tables);
        return (SmallRun.Context(load.Program, load.Tables, On), [.. population.Select(json =>
            reader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), "facts").Facts!)]);
    }

    private static string Show(string measure, JsonObject[] population) =>
        $"{measure}\n{string.Join('\n', population.Select(p => p.ToJsonString()))}";
}
