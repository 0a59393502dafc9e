namespace Zhida.Policy.Plans;

/// <summary>What is left of a condition where a fact is not known: why something is unknown is asked for fact by fact,
/// and nearly all that decides a line falls away where the fact is missing.</summary>
public sealed partial class PlanBuilder
{
    /// <summary>The parts of a conjunction, one of them shorter because another says that something is not known; null:
    /// none is.</summary>
    private List<Node>? Shortened(List<Node> parts)
    {
        foreach (var missing in parts.Where(SaysMissing))
            for (var i = 0; i < parts.Count; i++)
            {
                if (ReferenceEquals(parts[i], missing) || parts[i].MayBeUnknown) continue;
                var shorter = Where(missing, parts[i], new Dictionary<Node, Node>(ReferenceEqualityComparer.Instance));
                if (!ReferenceEquals(shorter, parts[i])) return [.. parts[..i], shorter, .. parts[(i + 1)..]];
            }
        return null;
    }

    /// <summary>Not known(x), or the same of a row to which a step leads.</summary>
    private static bool SaysMissing(Node node) => node switch
    {
        { Op: Op.Not, Children: [{ Op: Op.IsKnown }] } => true,
        { Op: Op.Lift } => SaysMissing(node.Children[0]),
        { Op: Op.IsTrue, Children: [{ Op: Op.Lift }] } => SaysMissing(node.Children[0].Children[0]),
        _ => false,
    };

    /// <summary>A node that is never unknown, where another, of <see cref="SaysMissing"/>, holds.</summary>
    private Node Where(Node missing, Node node, Dictionary<Node, Node> done)
    {
        if (node.MayBeUnknown || node.Children.Count == 0) return node;
        if (done.TryGetValue(node, out var known)) return known;
        return done[node] = node.Op switch
        {
            Op.IsTrue or Op.IsFalse or Op.IsKnown when IsUnknownWhere(missing, node.Children[0]) => Bool(false),
            Op.And or Op.Or => Each(missing, node, done),
            Op.Not => Where(missing, node.Children[0], done) is var inner && ReferenceEquals(inner, node.Children[0])
                ? node : Not(inner),
            Op.Lift when missing.Op == Op.Lift && ReferenceEquals(missing.Payload, node.Payload) =>
                Where(missing.Children[0], node.Children[0], new(ReferenceEqualityComparer.Instance)) is var inner &&
                ReferenceEquals(inner, node.Children[0]) ? node : Lift((Hop)node.Payload!, inner),
            _ => node,
        };
    }

    private Node Each(Node missing, Node node, Dictionary<Node, Node> done)
    {
        Node[] parts = [.. node.Children.Select(c => Where(missing, c, done))];
        return parts.SequenceEqual(node.Children) ? node : Connect(node.Op, parts);
    }

    /// <summary>Whether a value is certainly unknown there.</summary>
    private static bool IsUnknownWhere(Node missing, Node node)
    {
        if (!node.MayBeUnknown) return false;
        if (missing.Op == Op.Not && ReferenceEquals(missing.Children[0].Children[0], node)) return true;
        var lifted = missing.Op == Op.IsTrue ? missing.Children[0] : missing;
        if (lifted.Op == Op.Lift && node.Op == Op.Lift && ReferenceEquals(lifted.Payload, node.Payload))
            return IsUnknownWhere(lifted.Children[0], node.Children[0]);
        return node.Op is Op.And or Op.Or ? node.Children.All(c => IsUnknownWhere(missing, c))
            : IsStrict(node.Op) && node.Children.Any(c => IsUnknownWhere(missing, c));
    }
}
