using System.Text.Json;
using System.Text.Json.Nodes;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>A case of conformance/accept, ready to decide facts given as JSON.</summary>
internal sealed class AcceptCase
{
    private static readonly DateOnly On = new(2026, 6, 30);

    private readonly DecisionMaker _maker;

    public AcceptCase(string name, params IReadOnlyList<string> layers)
    {
        var tree = TestTree.Accept(name);
        string[] policies = [.. tree.Entries.Where(e => !e.IsLayer).Select(e => e.Id)];
        var (maker, findings) = DecisionMaker.Open(tree.Files, policies, layers, new Dictionary<string, string>());
        _maker = maker ?? throw new InvalidOperationException(string.Join('\n', findings));
    }

    public PolicyProgram Program => _maker.Program;

    public SubjectFacts Facts(JsonNode json)
    {
        var (facts, findings) = _maker.ReadFacts(JsonSerializer.SerializeToUtf8Bytes(json), "facts");
        return facts ?? throw new InvalidOperationException(string.Join('\n', findings));
    }

    /// <summary>As the command line decides: with the layers that apply to the subject.</summary>
    public Decision Decide(string json)
    {
        var (maker, facts, _) = _maker.For(Facts(JsonNode.Parse(json)!));
        return maker!.Decide(facts!, On);
    }

    public IReadOnlyList<ItemResult> Items(JsonNode json) =>
        new Decider(Program, On).Decide(Facts(json), explain: false);

    public IReadOnlyList<Line> Lines(JsonNode json) => [.. Items(json).SelectMany(i => i.Lines)];
}
