using Zhida.Policy.Plans;

namespace Zhida.Policy.Columns;

/// <summary>What is known of the nodes of a run before it starts: how many items use each, what it costs a row, and the
/// one text on which it hangs, where there is one.</summary>
internal sealed class NodeFacts
{
    private const int Most = 1_000_000;

    private readonly Dictionary<Node, Info> _of = new(ReferenceEqualityComparer.Instance);

    /// <param name="items">What each item needs.</param>
    public NodeFacts(IEnumerable<IEnumerable<Node>> items)
    {
        foreach (var roots in items)
        {
            var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
            foreach (var root in roots)
            {
                Visit(root, seen);
                _of[root].Users++;
            }
        }
    }

    public static NodeFacts Of(RunPlan plan)
    {
        var items = plan.Items.OfType<ItemPlan>().Select(Roots);
        return new NodeFacts(plan.Jurisdiction is { } jurisdiction ? items.Append([jurisdiction]) : items);
    }

    public Info this[Node node] => _of[node];

    private static IEnumerable<Node> Roots(ItemPlan item)
    {
        IEnumerable<Node?> roots =
        [
            .. item.Conditions.Select(c => c.Holds), .. item.Conditions.Select(c => c.Gap),
            item.Asked, item.Fixed, item.Open, item.Share,
            .. item.Caps.SelectMany(c => new[] { c.Key, c.Limit }), .. item.Missing.Select(m => m.Where),
            item.Lines.First, item.Lines.Last,
        ];
        return roots.OfType<Node>();
    }

    private void Visit(Node node, HashSet<Node> seen)
    {
        if (!seen.Add(node)) return;
        foreach (var child in node.Children) Visit(child, seen);
        // What pairs are made of needs no visit: paths are rows, not nodes.
        if (!_of.TryGetValue(node, out var info))
        {
            _of[node] = info = new Info(CostOf(node), LeafOf(node));
            foreach (var child in node.Children) _of[child].Users++;
        }
        info.Items++;
    }

    /// <summary>In hundredths of a nanosecond a row, roughly, everything below included.</summary>
    private int CostOf(Node node)
    {
        var own = node.Op switch
        {
            Op.Constant or Op.Unknown or Op.Fact when node.Domain is not LineDomain => 0,
            Op.Lift when node.Payload is Hop { Kind: HopKind.Object, From: LineDomain { Cuts: false } } => 0,
            Op.And or Op.Or or Op.Not or Op.IsKnown or Op.IsTrue or Op.IsFalse => 1,
            Op.Less or Op.LessOrEqual or Op.Equal => 5,
            Op.InSet or Op.Within or Op.HasItem or Op.AnyIn or Op.AllIn => 10,
            Op.IndustryGroup or Op.Days or Op.Rescale or Op.NonZero => 60,
            Op.Lift or Op.If => 100,
            Op.Divide => 200,
            Op.Fact or Op.WholeMonths or Op.AddMonths or Op.Lpr or Op.Concat or Op.NumberText or Op.Substring
                or Op.TextEqual => 2000,
            Op.Sum or Op.Least or Op.Most or Op.Count or Op.Some or Op.Every => 1000,
            _ => 40,
        };
        return (int)Math.Min(Most, own + node.Children.Sum(c => (long)_of[c].Cost));
    }

    /// <summary>The one text node from which a node can be computed by what <see cref="NodeEvaluator"/> does.</summary>
    private Node? LeafOf(Node node)
    {
        if (node.Op is Op.Fact or Op.Lift or Op.TextEqual || node.Op == Op.If && node.Type == NodeType.Text)
            return node.Type == NodeType.Text ? node : null;
        if (node.Op is Op.Sum or Op.Least or Op.Most or Op.Count or Op.Some or Op.Every) return null;
        Node? leaf = null;
        foreach (var child in node.Children)
        {
            if (child.Domain is null) continue;
            var of = _of[child].Leaf;
            if (of is null || leaf is not null && !ReferenceEquals(leaf, of)) return null;
            leaf = of;
        }
        return leaf;
    }

    /// <summary>Of one node.</summary>
    internal sealed class Info(int cost, Node? leaf)
    {
        public int Cost { get; } = cost;

        public Node? Leaf { get; } = leaf;

        /// <summary>How many items use it.</summary>
        public int Items { get; set; }

        /// <summary>How many nodes and items look at its values.</summary>
        public int Users { get; set; }
    }
}
