using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>More facts never turn a known outcome round: what is 符合 or 不符合 while facts are missing stays so.</summary>
public sealed class MonotoneTests
{
    private const int Tries = 150;

    private static readonly DateOnly On = new(2026, 6, 30);
    private static readonly string[] Kept = ["编号", "说明"];

    private static readonly DecisionMaker Maker = DecisionMaker.Open(
        PolicyTree.Read(Repository.Root).Files, ["liaoning-2026"], ["liaoning-2026-demo"],
        new Dictionary<string, string>()).Maker!;

    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Repository.PathOf("samples"), "*.json").Select(f => Path.GetFileName(f)!)];

    /// <summary>Paths of the facts of a file that can be left out: not ids, not what refers to other objects.</summary>
    private static List<(string Object, int Index, string Fact)> Leaves(JsonObject facts)
    {
        var leaves = new List<(string, int, string)>();
        foreach (var (name, value) in facts)
        {
            if (!Maker.Program.Dictionary.Objects.TryGetValue(name, out var type)) continue;
            var objects = value is JsonArray list ? list.OfType<JsonObject>().ToList() : [(JsonObject)value!];
            for (var i = 0; i < objects.Count; i++)
                leaves.AddRange(objects[i].Select(m => m.Key)
                    .Where(k => !Kept.Contains(k) && type.References.All(r => r.Target.Name != k))
                    .Select(k => (name, i, k)));
        }
        return leaves;
    }

    private static Dictionary<string, Outcome> Outcomes(JsonObject facts)
    {
        var (read, findings) = Maker.ReadFacts(JsonSerializer.SerializeToUtf8Bytes(facts), "facts");
        Assert.Empty(findings);
        return new Decider(Maker.Program, On).Decide(read!, explain: false)
            .ToDictionary(i => i.Item.Id, i => i.Outcome);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Outcomes_that_are_known_stay(string sample)
    {
        var text = File.ReadAllText(Repository.PathOf("samples/" + sample));
        var all = (JsonObject)JsonNode.Parse(text)!;
        var (leaves, full) = (Leaves(all), Outcomes(all));
        Assert.True(leaves.Count > 5);
        var undecided = 0;
        Gen.Int[0, leaves.Count - 1].HashSet[1, leaves.Count].Sample(left =>
        {
            var fewer = (JsonObject)JsonNode.Parse(text)!;
            foreach (var (name, index, fact) in left.Select(i => leaves[i]))
                (fewer[name] is JsonArray list ? (JsonObject)list[index]! : (JsonObject)fewer[name]!).Remove(fact);
            foreach (var (item, outcome) in Outcomes(fewer))
                if (outcome == Outcome.Undecided) undecided++;
                else Assert.True(outcome == full[item], $"{item}: {outcome} without {string.Join("、",
                    left.Select(i => leaves[i]))}, {full[item]} with them");
        }, iter: Tries, threads: 1);
        Assert.True(undecided > 0);
    }
}
