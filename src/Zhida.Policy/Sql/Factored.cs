using Zhida.Policy.Plans;

namespace Zhida.Policy.Sql;

/// <summary>
/// A disjunction of conjunctions with what they share taken out: a and b or a and c is a and (b or c), in Kleene's
/// logic too. What makes a line hang on a fact through a long decision table is short only so.
/// </summary>
/// <param name="Leaf">A node; then there are no parts.</param>
internal sealed record Factored(Node? Leaf, bool And, IReadOnlyList<Factored> Parts)
{
    private const int Few = 8;

    /// <summary>The factored form of a disjunction; null where it is short as it is.</summary>
    public static Factored? Of(Node node)
    {
        if (node.Op != Op.Or || node.Children.Count < 3) return null;
        var terms = node.Children.Select(c => (c.Op == Op.And ? c.Children : [c]).ToList()).ToList();
        return terms.Sum(t => t.Count) <= Few ? null : Any(terms);
    }

    /// <summary>The nodes that stand in it, as often as they do.</summary>
    public IEnumerable<Node> Leaves() => Leaf is not null ? [Leaf] : Parts.SelectMany(p => p.Leaves());

    public SqlText Write(Func<Node, SqlText> write) =>
        Leaf is not null ? write(Leaf) : SqlText.Join(And, [.. Parts.Select(p => p.Write(write))]);

    private static Factored Of(bool and, IReadOnlyList<Factored> parts) => parts.Count == 1 ? parts[0]
        : new Factored(null, and, [.. parts.SelectMany(p => p.Leaf is null && p.And == and ? p.Parts : [p])]);

    private static Factored Term(Node leaf) => new(leaf, false, []);

    private static Factored Any(List<List<Node>> terms)
    {
        var (shared, times) = (terms[0][0], 0);
        foreach (var group in terms.SelectMany(t => t).GroupBy(n => n))
            if (group.Count() > times) (shared, times) = (group.Key, group.Count());
        if (times < 2) return Of(false, [.. terms.Select(t => Of(true, [.. t.Select(Term)]))]);
        var rests = terms.Where(t => t.Contains(shared)).Select(t => t.Where(n => n != shared).ToList()).ToList();
        // a or a and b is a.
        var factored = rests.Exists(r => r.Count == 0) ? Term(shared) : Of(true, [Term(shared), Any(rests)]);
        var others = terms.Where(t => !t.Contains(shared)).ToList();
        return others.Count == 0 ? factored : Of(false, [factored, Any(others)]);
    }
}
