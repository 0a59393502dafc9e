using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Tests.Policy.Batch;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Evaluation.Engines;

/// <summary>What is decided within a database is what the reference decides: every worked example and case, the
/// subjects of one program together.</summary>
public sealed class EngineAgreementTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Many = 30;

    public static TheoryData<string> Cases => Zhida.Tests.Policy.AcceptTests.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cases_come_out_as_decided(string name) => Check(TestTree.Accept(name), null);

    [Fact]
    public void Cases_come_out_as_decided_in_postgres()
    {
        if (postgres.ConnectionString.Length > 0)
            foreach (var name in Cases.Select(c => c.Data)) Check(TestTree.Accept(name), postgres);
    }

    [Fact]
    public void Worked_examples_of_all_policies_come_out_as_decided() =>
        Assert.True(Check(PolicyTree.Read(Repository.Root), null) > 10_000);

    [Fact]
    public void Worked_examples_of_all_policies_come_out_as_decided_in_postgres()
    {
        if (postgres.ConnectionString.Length > 0)
            Assert.True(Check(PolicyTree.Read(Repository.Root), postgres) > 10_000);
    }

    private static int Check(PolicyTree tree, PostgresServer? postgres)
    {
        var lines = 0;
        foreach (var group in new WorkedExamples(tree).All().GroupBy(e => (e.Program, e.Tables, e.On)))
        {
            var (program, tables, on) = group.Key;
            // A run of all items for many examples; of the example's own where a setting or a reading is tried.
            var asked = group.Select(e => e.ItemId).ToHashSet();
            var context = group.Count() >= Many ? SmallRun.Context(program, tables, on)
                : new RunContext(program, tables, on, [.. program.Policies.SelectMany(p => p.Items)
                    .Where(i => asked.Contains(i.Id))]);
            var reader = new FactsReader(program.Dictionary, tables);
            var subjects = group.Select((example, i) => Named(reader, example.Facts, $"S{i}")).ToList();
            lines += EngineAgreement.Check(group.First().Name, context, subjects, postgres);
        }
        return lines;
    }

    /// <summary>The same facts of a subject of another name: all examples are about one.</summary>
    private static SubjectFacts Named(FactsReader reader, SubjectFacts facts, string id)
    {
        var json = JsonNode.Parse(facts.Source.GetRawText())!.AsObject();
        if (json["主体"] is not JsonObject subject) json["主体"] = subject = [];
        subject["编号"] = id;
        foreach (var grant in (json["已得"] as JsonArray ?? []).OfType<JsonObject>())
            if (grant["对象"]?.GetValue<string>() == facts.Subject.Id) grant["对象"] = id;
        using var document = JsonDocument.Parse(json.ToJsonString());
        return reader.Read(document.RootElement.Clone(), id).Facts!;
    }
}
