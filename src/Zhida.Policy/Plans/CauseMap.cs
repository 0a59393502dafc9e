using Zhida.Feel.Values;

namespace Zhida.Policy.Plans;

/// <summary>Why something is unknown: each cause with where it is one (a node that is never unknown).</summary>
internal sealed class CauseMap
{
    /// <summary>The one cause that stands for all failed operations and unpublished tables: neither a fact that can be
    /// asked for nor an open place.</summary>
    public static readonly Cause Other = new FailedCause(default, "");

    public static readonly CauseMap None = new();

    private readonly Dictionary<Cause, Node> _where = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<(Cause Cause, Node Where)> All => _where.Select(w => (w.Key, w.Value));

    public bool IsEmpty => _where.Count == 0;

    public static CauseMap Of(Cause cause, Node where)
    {
        var map = new CauseMap();
        if (!where.IsFalse) map._where[cause] = where;
        return map;
    }

    public static CauseMap Union(PlanBuilder nodes, params IEnumerable<CauseMap> maps)
    {
        var union = new CauseMap();
        foreach (var map in maps)
            foreach (var (cause, where) in map._where)
                union._where[cause] =
                    union._where.TryGetValue(cause, out var already) ? nodes.Or(already, where) : where;
        return union;
    }

    /// <summary>Each place put through a function; places that are nowhere fall away.</summary>
    public CauseMap Select(Func<Node, Node> where)
    {
        var map = new CauseMap();
        foreach (var (cause, node) in _where)
            if (where(node) is { IsFalse: false } there) map._where[cause] = there;
        return map;
    }
}
