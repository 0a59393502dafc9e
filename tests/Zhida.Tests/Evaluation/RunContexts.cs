using Zhida.Policy.Batch;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Tests.Evaluation;

/// <summary>What runs over populations decide: the policies of this repository.</summary>
public static class RunContexts
{
    private static readonly Lazy<PolicyTree> Tree = new(() => PolicyTree.Read(Repository.Root));

    /// <summary>The official text with the demo layer.</summary>
    public static RunContext Demo { get; } = Of("liaoning-2026-demo");

    public static RunContext Of(params string[] layers)
    {
        var maker = MakerOf(layers);
        return new RunContext(maker.Program, maker.Tables, new DateOnly(2026, 6, 30),
            [.. maker.Program.Policies.SelectMany(p => p.Items)]);
    }

    public static DecisionMaker MakerOf(params string[] layers)
    {
        var (maker, findings) = DecisionMaker.Open(Tree.Value.Files, [], layers, new Dictionary<string, string>());
        return maker ?? throw new InvalidOperationException(findings[0].Message);
    }

    public static Item Item(this RunContext context, string number) =>
        context.Items.First(i => i.Number == number);
}
