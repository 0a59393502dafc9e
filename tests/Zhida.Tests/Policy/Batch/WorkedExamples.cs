using System.Text.Json;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Tests.Policy.Batch;

/// <summary>The facts of an example with the program that decides them: under its layers, settings and
/// readings.</summary>
internal sealed record WorkedExample(
    string Name, PolicyProgram Program, ReferenceTables Tables, DateOnly On, SubjectFacts Facts, string ItemId);

/// <summary>All examples of a tree of policies.</summary>
internal sealed class WorkedExamples(PolicyTree tree)
{
    private readonly Dictionary<string, LoadResult> _loads = new(StringComparer.Ordinal);

    public IEnumerable<WorkedExample> All() => tree.LoadEach().SelectMany(l => l.Load.Bound.Policies)
        .SelectMany(p => p.Items).SelectMany(i => i.Examples).DistinctBy(e => e.Location).Select(Of);

    private WorkedExample Of(Example example)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in example.Settings) settings[name] = value;
        if (example.IssueDate is { } issued) settings["印发日"] = issued.ToString("yyyy-MM-dd");
        using var json = JsonDocument.Parse(example.Facts.ToJsonString());
        var layers = example.Layers;
        while (true)
        {
            var load = Load(example.ItemId[..example.ItemId.LastIndexOf(':')], layers, settings);
            var program = Reading(load.Program!, example);
            var (facts, findings) = new FactsReader(program.Dictionary, load.Tables)
                .Read(json.RootElement.Clone(), "x");
            if (facts is null) throw new InvalidOperationException(string.Join('\n', findings));
            var (applied, _) = Jurisdiction.Of(program, layers, facts);
            if (applied.Count == layers.Count)
                return new WorkedExample($"{example.Location} {example.Name}", program, load.Tables,
                    example.DecisionDate ?? example.IssueDate?.AddMonths(6) ?? new DateOnly(2026, 6, 30), facts,
                    example.ItemId);
            layers = applied;
        }
    }

    private LoadResult Load(string policy, IReadOnlyList<string> layers, SortedDictionary<string, string> settings)
    {
        var key = $"{policy}\n{string.Join('\n', layers)}\n{string.Join('\n', settings)}";
        if (!_loads.TryGetValue(key, out var load))
            _loads[key] = load = PolicyLoader.Load(tree.Files, [policy], layers, settings);
        return load;
    }

    /// <summary>The program with the example's readings in force.</summary>
    private static PolicyProgram Reading(PolicyProgram program, Example example) =>
        example.Readings.Count == 0 ? program : program with
        {
            Policies = [.. program.Policies.Select(p => p with
            {
                Items = [.. p.Items.Select(i => i.Id != example.ItemId ? i : i with
                {
                    Readings = [.. i.Readings.Select(r =>
                        example.Readings.TryGetValue(r.Question, out var option) ? r with { Current = option } : r)],
                })],
            })],
        };
}
