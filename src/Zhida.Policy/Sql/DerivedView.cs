using System.Globalization;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Sql;

/// <summary>
/// The view of an object with what hangs on it alone: its derived facts, and what items use of it that is long or
/// that several of them use. It is computed once an object, whatever the number of items and lines.
/// </summary>
internal sealed class DerivedView
{
    /// <summary>What one item uses is written there if it has fewer operations than this.</summary>
    private const int Long = 8;

    private readonly ObjectType _type;
    private readonly NodeWriter _writer;
    private readonly FlatRow _row;
    private readonly RowPath _here;
    private readonly List<string> _with = [];

    /// <param name="type">The object.</param>
    /// <param name="plans">All items of the script.</param>
    /// <param name="place">A text over the objects that is used several times; null: none.</param>
    /// <param name="writer">Makes a writer that knows names of nodes.</param>
    public DerivedView(ObjectType type, IReadOnlyList<ItemPlan> plans, Node? place,
        Func<IReadOnlyDictionary<Node, string>, NodeWriter> writer)
    {
        (_type, _here) = (type, RowPath.Of(type));
        var names = new Dictionary<Node, string>(ReferenceEqualityComparer.Instance);
        var facts = Named(plans, names);
        _writer = writer(names);
        var used = Used(plans);
        foreach (var plan in plans) NameCauses(plan, used, names);
        if (place is not null) names.TryAdd(place, "管辖地");
        _row = new FlatRow(_writer.Views, ColumnNames());
        _row.Bind(_here, type.Name);
        var steps = new SqlSteps(_writer, _row);
        foreach (var fact in facts) steps.Add(fact, _here);
        if (place is not null) steps.Add(place, _here);
        foreach (var node in used) steps.Add(node, _here, 2);
        foreach (var columns in steps.Columns())
            _with.Add($"步{_with.Count + 1} AS (\n  SELECT 行.*,\n    " +
                $"{string.Join(",\n    ", columns.Select(c => SqlText.Indent(c, 4)))}\n" +
                $"  FROM {Before(_with.Count)} AS 行{_writer.Dialect.Once}\n)");
        Columns = [.. _row.Known.Where(k => k.Key.Item2 == _here.Key && !k.Value.Wide)
            .Where(k => IsNullWhereAbsent(k.Key.Item1))
            .Select(k => (k.Key.Item1, k.Value.Text.Trim('"')))];
        Title = [.. Columns.Where(c => names.ContainsKey(c.Node)).Select(c => c.Column)];
        Place = place is null ? null : _writer.Write(place, _here, _row).Text;
    }

    /// <summary>What has a column.</summary>
    public IReadOnlyList<(Node Node, string Column)> Columns { get; }

    /// <summary>The columns that have a name of the rules.</summary>
    public IReadOnlyList<string> Title { get; }

    /// <summary>The place, as its queries call it.</summary>
    public string? Place { get; }

    /// <summary>The query, with more columns at the end.</summary>
    public string Query(IEnumerable<string> more)
    {
        var first = $"取数 AS (\n  SELECT {string.Join(", ", _row.Select.Prepend($"{_type.Name}.*"))}\n  FROM " +
            $"{FactViews.BaseName(_type)} AS {SqlNames.Quote(_type.Name)}" +
            $"{string.Concat(_row.Joins.Select(j => $"\n  {j}"))}\n)";
        return $"WITH {string.Join(",\n", _with.Prepend(first))}\n" +
            $"SELECT {string.Join(",\n  ", more.Prepend("行.*"))}\nFROM {Before(_with.Count)} AS 行";
    }

    private static string Before(int step) =>
        step == 0 ? "取数" : string.Create(CultureInfo.InvariantCulture, $"步{step}");

    /// <summary>Names that the table's own columns have.</summary>
    private SqlNames ColumnNames()
    {
        var names = new SqlNames();
        foreach (var name in new[] { TableLayout.Id, TableLayout.Subject, FactViews.City }
            .Concat(_type.Facts.Select(f => f.Name)).Concat(_type.References.Select(r => r.Target.Name)).Distinct())
            names.Take(name);
        return names;
    }

    /// <summary>Derived facts; names of all nodes over the objects.</summary>
    private List<Node> Named(IReadOnlyList<ItemPlan> plans, Dictionary<Node, string> names)
    {
        var (prefix, facts) = (_type.Name + ".", new List<Node>());
        foreach (var (node, name) in plans.SelectMany(p => p.Names))
        {
            if (!IsOwn(node)) continue;
            var isFact = name.StartsWith(prefix, StringComparison.Ordinal);
            names.TryAdd(node, isFact ? name[prefix.Length..] : name);
            if (isFact && !facts.Contains(node)) facts.Add(node);
        }
        return facts;
    }

    private ObjectType Subject => _writer.Views.Subject;

    private bool IsOwn(Node node) => node.Domain is ObjectDomain domain && domain.Object == _type;

    /// <summary>What items read of the object that is worth a column, in the order of the items.</summary>
    private HashSet<Node> Used(IReadOnlyList<ItemPlan> plans)
    {
        var items = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        var order = new List<Node>();
        foreach (var plan in plans)
        {
            var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
            var roots = PlanRoots.Of(plan).ToList();
            var read = roots.SelectMany(r => PlanRoots.Below(r, seen)).Where(n => n.Op == Op.Lift)
                .Select(n => n.Children[0]).Concat(roots).Where(n => n.Op != Op.Lift && IsOwn(n));
            foreach (var node in read.Distinct())
            {
                if (!items.TryGetValue(node, out var before)) order.Add(node);
                items[node] = before + 1;
            }
        }
        // Of other objects than the subject few belong to lines that come so far as to need it.
        return [.. order.Where(n => items[n] > 1 ? Size(n) >= SqlSteps.Short
            : _type == Subject && Size(n) >= Long)];
    }

    private int Size(Node node) => PlanRoots.Below(node, new HashSet<Node>(ReferenceEqualityComparer.Instance))
        .Count(n => n.Op is not (Op.Fact or Op.Constant or Op.Lift) && IsOwn(n));

    /// <summary>Where an object is missing that a claim could be about, all columns of its view are NULL. What would be
    /// something else there can't be one of them.</summary>
    private bool IsNullWhereAbsent(Node node) => _type == Subject || _writer.NullWhereAbsent(node) &&
        PlanRoots.Below(node, new HashSet<Node>(ReferenceEqualityComparer.Instance))
            .All(n => n.Payload is not Hop { Kind: HopKind.Subject });

    /// <summary>What says that a fact is missing is called so, after the derived fact for which it is.</summary>
    private static void NameCauses(ItemPlan plan, HashSet<Node> used, Dictionary<Node, string> names)
    {
        foreach (var (_, path, where) in plan.Missing)
            foreach (var node in new[] { where }.Concat(where.Op is Op.And or Op.Or ? where.Children : []))
            {
                var own = node;
                while (own.Op == Op.Lift) own = own.Children[0];
                if (!used.Contains(own) || names.ContainsKey(own) || own.Op is not (Op.And or Op.Or)) continue;
                var of = own.Children.Where(c => c is { Op: Op.Not, Children: [{ Op: Op.IsKnown }] })
                    .Select(c => names.GetValueOrDefault(c.Children[0].Children[0])).FirstOrDefault(n => n is not null);
                names[own] = $"缺_{(of is null ? "" : of + "_")}{path[(path.LastIndexOf('.') + 1)..]}";
            }
    }
}
