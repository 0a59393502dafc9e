using System.Globalization;
using Zhida.Policy.Plans;

namespace Zhida.Policy.Sql;

/// <summary>
/// Which values get a column of their own, and in which query: what has a name of the rule, and what several
/// expressions use and is not short. The queries are numbered; each reads the columns of those before it.
/// </summary>
internal sealed class SqlSteps(NodeWriter writer, FlatRow row)
{
    /// <summary>What is used twice is written twice if it has fewer operations than this.</summary>
    public const int Short = 3;

    private readonly Dictionary<(Node, string), Value> _values = [];
    private readonly List<Value> _order = [];

    private sealed class Value
    {
        public required Node Node { get; init; }

        public required RowPath Path { get; init; }

        public int Uses { get; set; }

        /// <summary>How many operations stand where it is used.</summary>
        public int Cost { get; set; }

        /// <summary>The first query that can read it.</summary>
        public int Level { get; set; }

        public bool IsColumn { get; set; }
    }

    /// <summary>Announces an expression that will be written, so many times.</summary>
    public void Add(Node root, RowPath path, int uses = 1)
    {
        var key = (root, path.Key);
        if (_values.TryGetValue(key, out var seen))
        {
            seen.Uses += uses;
            return;
        }
        if (row.Computed(root, path) is not null) return;
        _values[key] = new Value { Node = root, Path = path, Uses = uses };
        foreach (var (node, way, times) in Operands(root, path)) Add(node, way, times);
        _order.Add(_values[key]);
    }

    /// <summary>The columns of each query, in their order. From then on the row knows them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Columns()
    {
        var steps = new List<List<string>>();
        foreach (var value in _order) Place(value);
        foreach (var value in _order.Where(v => v.IsColumn).OrderBy(v => v.Level))
        {
            while (steps.Count < value.Level) steps.Add([]);
            steps[value.Level - 1].AddRange(Written(value, steps));
        }
        return steps;
    }

    private void Place(Value value)
    {
        var (cost, level) = (IsLong(value.Node) ? Short : 1, 0);
        foreach (var (node, way, times) in Operands(value.Node, value.Path))
        {
            if (!_values.TryGetValue((node, way.Key), out var operand)) continue;
            cost += operand.IsColumn ? 0 : operand.Cost * times;
            level = Math.Max(level, operand.Level);
        }
        if (writer.Views.Derived(value.Node) is not null || value.Node.Op is Op.Fact or Op.Constant or Op.Unknown
            or Op.LineYear or Op.LineFirst or Op.LineLast) cost = 0;
        if (value.Node.Op == Op.Lift) cost--;
        var chain = cost > 0 ? IfChain.Of(value.Node, writer.Names) : null;
        var named = writer.Names.ContainsKey(value.Node) && cost > 0;
        value.IsColumn = named || value.Uses > 1 && cost >= Short || chain is { MayBeUnknown: true };
        value.Cost = cost;
        value.Level = !value.IsColumn ? level : chain is { MayBeUnknown: true } ? level + 2 : level + 1;
    }

    /// <summary>One operation of the plan that is many in SQL, or a query of its own.</summary>
    private static bool IsLong(Node node) => node.Op is Op.IndustryGroup or Op.WholeMonths or Op.Lpr or Op.Sum
        or Op.Least or Op.Most or Op.Count or Op.Some or Op.Every || node.Payload is ChildList { Reference: >= 0 };

    private IEnumerable<string> Written(Value value, List<List<string>> steps)
    {
        var (node, path) = (value.Node, value.Path);
        var key = (node, path.Key);
        var name = SqlNames.Quote(row.Names.Take(NameOf(node)));
        if (IfChain.Of(node, writer.Names) is { MayBeUnknown: true } chain)
        {
            var hit = SqlNames.Quote(row.Names.Take($"{NameOf(node)}_首个"));
            var first = writer.FirstHit(chain, path, row);
            steps[value.Level - 2].Add($"{first.Text} AS {hit}");
            row.Hits[key] = new SqlText(hit, SqlText.Atom, first.Wide);
        }
        var text = writer.Write(node, path, row);
        row.Known[key] = new SqlText(name, SqlText.Atom, text.Wide);
        yield return $"{text.Text} AS {name}";
    }

    private string NameOf(Node node) => writer.Names.TryGetValue(node, out var name) ? name.Replace('.', '_')
        : string.Create(CultureInfo.InvariantCulture, $"步_{Kind(node)}");

    private static string Kind(Node node) => node.Op switch
    {
        Op.IsKnown or Op.IsTrue or Op.IsFalse or Op.ListKnown or Op.ReferenceKnown => "已知",
        _ => node.Type switch
        {
            NodeType.Bool => "判断",
            NodeType.Number => "数",
            NodeType.Date => "日期",
            _ => "文本",
        },
    };

    /// <summary>What an expression reads, and how often it stands in the text.</summary>
    private IEnumerable<(Node Node, RowPath Path, int Times)> Operands(Node node, RowPath path)
    {
        if (writer.Views.Derived(node) is not null) return [];
        switch (node.Op)
        {
            case Op.Lift:
                return [(node.Children[0], path.Then((Hop)node.Payload!), 1)];
            case Op.Sum or Op.Least or Op.Most or Op.Count or Op.Some or Op.Every:
                return OfOuter(node.Children[0]).Distinct().Select(n => (n, path, 1));
            case Op.Or when Factored.Of(node) is { } factored:
                return factored.Leaves().Select(n => (n, path, 1));
            case Op.If when IfChain.Of(node, writer.Names) is { } chain:
                return [.. chain.Branches.SelectMany(b => new[] { (b.When, path, 1), (b.Then, path, 1) }),
                    (chain.Otherwise, path, 1)];
        }
        var times = Times(node);
        return node.Children.Select((child, i) => (child, path, times[i]));
    }

    private static int[] Times(Node node)
    {
        var children = node.Children;
        var certain = !children.Any(c => c.MayBeUnknown);
        return node.Op switch
        {
            Op.Minimum or Op.Maximum when !certain => [2, 2],
            Op.If when children[0].MayBeUnknown => children.Count == 4 ? [2, 2, 2, 1] : [2, 2, 2],
            Op.Divide => [children[0].Low >= 0 ? 1 : 3, 2],
            Op.Days => [3, 3],
            Op.WholeMonths => [6, 6],
            Op.IndustryGroup or Op.Within or Op.AllIn => [2],
            _ => [.. children.Select(_ => 1)],
        };
    }

    /// <summary>What an expression over pairs reads of the outer row.</summary>
    private static IEnumerable<Node> OfOuter(Node node)
    {
        if (node.Op == Op.Lift && node.Payload is Hop { Kind: HopKind.Outer }) return [node.Children[0]];
        return node.Op == Op.Lift ? [] : node.Children.SelectMany(OfOuter);
    }
}
