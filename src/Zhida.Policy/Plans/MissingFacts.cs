using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Plans;

/// <summary>The missing facts among causes, in the order of the dictionary: the objects in their order, an object that
/// is itself missing before its facts, the facts that stand once a year after the others.</summary>
internal static class MissingFacts
{
    public static IReadOnlyList<(Cause Cause, string Path, Node Where)> Of(
        PlanBuilder nodes, Dictionary dictionary, IEnumerable<CauseMap> causes)
    {
        // One object may be missing for several references: it is one path.
        var where = new Dictionary<string, (Cause Cause, Node Where)>(StringComparer.Ordinal);
        foreach (var (cause, node) in causes.SelectMany(c => c.All))
        {
            if (PathOf(cause) is not { } path) continue;
            where[path] = (cause,
                where.TryGetValue(path, out var already) ? nodes.Or(already.Where, node) : node);
        }
        var order = Order(dictionary);
        return [.. where.OrderBy(w => order[w.Key]).Select(w => (w.Value.Cause, w.Key, w.Value.Where))];
    }

    /// <summary>What is asked for; null for other causes.</summary>
    public static string? PathOf(Cause cause) => cause switch
    {
        MissingFact fact => fact.Fact.Path,
        MissingObject missing => missing.Type.Name,
        _ => null,
    };

    /// <summary>The place of each path.</summary>
    public static IReadOnlyDictionary<string, int> Order(Dictionary dictionary)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var type in dictionary.Objects.Values)
        {
            order[type.Name] = order.Count;
            foreach (var fact in type.Facts.Concat(type.YearFacts)) order[fact.Path] = order.Count;
        }
        return order;
    }
}
