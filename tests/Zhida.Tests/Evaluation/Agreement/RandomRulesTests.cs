using System.Text;
using CsCheck;
using Xunit;
using Zhida.Policy;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Evaluation.Agreement;

/// <summary>What the generators make is what they should make.</summary>
public sealed class RandomRulesTests
{
    private static Dictionary<string, byte[]> Files(string measure)
    {
        var files = TestTree.Accept("nested-caps").Files.Where(f => !f.Key.StartsWith("policies/nested-caps"))
            .ToDictionary();
        files["policies/random/policy.md"] = Encoding.UTF8.GetBytes(RandomRules.Policy);
        files["policies/random/01.md"] = Encoding.UTF8.GetBytes(measure);
        return files;
    }

    internal static LoadResult Load(string measure) =>
        PolicyLoader.Load(Files(measure), ["random"], [], new Dictionary<string, string>());

    [Fact]
    public void Random_rules_are_well_typed() => RandomRules.Measure.Sample(measure =>
    {
        var errors = Load(measure).Findings.Where(f => f.Severity == Severity.Error).ToList();
        Assert.True(errors.Count == 0,
            string.Join('\n', errors.Select(e => $"{e.Location} {e.Message}").Append(measure)));
    }, iter: 300);

    [Fact]
    public void Random_facts_are_facts() => RandomFacts.Population.Sample(population =>
    {
        var load = Load(RandomRules.Measure.Single());
        var reader = new FactsReader(load.Bound.Dictionary, load.Tables);
        foreach (var json in population)
        {
            var (facts, findings) = reader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), "facts");
            Assert.True(facts is not null,
                string.Join('\n', findings.Select(f => f.Message).Append(json.ToJsonString())));
        }
    }, iter: 30);
}
