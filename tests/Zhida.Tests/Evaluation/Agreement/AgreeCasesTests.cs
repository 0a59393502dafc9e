using System.Text;
using System.Text.Json.Nodes;
using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Columns;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Policy.Plans;
using Zhida.Tests.Evaluation.Engines;
using Zhida.Tests.Policy.Batch;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Evaluation.Agreement;

/// <summary>conformance/agree: populations on which ways of deciding once differed, with the lines that are right.
/// </summary>
public sealed class AgreeCasesTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly DateOnly On = new(2026, 6, 30);

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Repository.PathOf("conformance/agree"))
        .Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_reference_says_what_is_right(string name)
    {
        var (context, chunks) = Open(name);
        var told = Told.By(context, chunks, () => new InterpretingDecider(context));
        Assert.Equal(File.ReadAllText(PathOf(name, "expected.txt")), string.Join('\n', told) + "\n");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Columns_say_the_same(string name)
    {
        var (context, chunks) = Open(name);
        var plan = PlanCompiler.Compile(context, gaps: true);
        Assert.All(plan.Items, Assert.NotNull);
        Assert.Equal("", Told.Difference(Told.By(context, chunks, () => new InterpretingDecider(context)),
            Told.By(context, chunks, () => new ColumnDecider(context, plan))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Duckdb_says_the_same(string name) => Assert.True(CheckEngine(name, null) > 0);

    [Fact]
    public void Postgres_says_the_same()
    {
        if (postgres.ConnectionString.Length > 0)
            foreach (var name in Cases.Select(c => c.Data)) Assert.True(CheckEngine(name, postgres) > 0);
    }

    private static int CheckEngine(string name, PostgresServer? server)
    {
        var load = PolicyLoader.Load(
            TestTree.Conformance("agree", name).Files, [name], [], new Dictionary<string, string>());
        return EngineAgreement.Check(name, SmallRun.Context(load.Program!, load.Tables, On), Facts(name, load), server);
    }

    internal static (RunContext Context, List<Zhida.Policy.Tables.Chunk> Chunks) Open(string name)
    {
        var load = PolicyLoader.Load(
            TestTree.Conformance("agree", name).Files, [name], [], new Dictionary<string, string>());
        var context = SmallRun.Context(load.Program!, load.Tables, On);
        return (context, SmallRun.ChunksOf(load.Program!.Dictionary, Facts(name, load), 2));
    }

    /// <summary>The population of a case.</summary>
    internal static List<SubjectFacts> Facts(string name, LoadResult load)
    {
        var reader = new FactsReader(load.Program!.Dictionary, load.Tables);
        return [.. JsonNode.Parse(File.ReadAllText(PathOf(name, "facts.json")))!.AsArray().Select(json =>
            reader.Read(Encoding.UTF8.GetBytes(json!.ToJsonString()), name) is { Facts: { } facts } ? facts
                : throw new InvalidOperationException(json.ToJsonString()))];
    }

    private static string PathOf(string name, string file) => Repository.PathOf($"conformance/agree/{name}/{file}");
}
