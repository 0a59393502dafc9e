using Zhida.Policy.Testing;

namespace Zhida.Policy.Desk;

/// <summary>How the examples came out; <paramref name="Errors"/>: why some files could not be loaded.</summary>
public sealed record TestReport(IReadOnlyList<ExampleResult> Results, IReadOnlyList<Finding> Errors);

/// <summary>Runs every example of policies and layers, each under the layers and the day that it names.</summary>
public static class TreeTest
{
    /// <param name="tree">The files.</param>
    /// <param name="ids">Policies and layers whose files' examples run; empty: all.</param>
    public static TestReport Run(PolicyTree tree, IReadOnlyList<string> ids)
    {
        var loads = tree.LoadEach().Select(l => l.Load).ToList();
        var errors = loads.SelectMany(l => l.Findings).Where(f => f.Severity == Severity.Error).Distinct().ToList();
        var examples = loads.SelectMany(l => l.Bound.Policies).SelectMany(p => p.Items).SelectMany(i => i.Examples)
            .Where(e => tree.Covers(ids, e.Location.File)).DistinctBy(e => e.Location).ToList();
        var results = examples.GroupBy(e => e.ItemId[..e.ItemId.LastIndexOf(':')])
            .SelectMany(group => new ExampleRunner(tree.Files, [group.Key]).Run(group)).ToList();
        return new TestReport(results, errors);
    }
}
