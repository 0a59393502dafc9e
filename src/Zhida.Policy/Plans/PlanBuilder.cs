using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Plans;

/// <summary>
/// Makes the nodes of a plan. Equal nodes are one object; constants are folded; an operation whose operands all lie in
/// one other domain is done there, once for each of its rows, and lifted: what hangs on the subject alone is computed
/// once a subject, whatever the number of its loans.
/// </summary>
public sealed partial class PlanBuilder
{
    /// <summary>Decimal places of LPR(…): rates are published in % with two places.</summary>
    public const int LprScale = 6;

    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<object, int> _payloads = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ObjectType, ObjectDomain> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Domain, PeriodKind, Node, Node, long?), LineDomain> _lines = [];
    private readonly Dictionary<string, PairDomain> _pairs = new(StringComparer.Ordinal);
    private readonly Dictionary<(HopKind, Domain, Domain, int), Hop> _hops = [];
    private readonly Dictionary<(ObjectDomain, int), ChildList> _children = [];

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Count;

    public ObjectDomain Objects(ObjectType type) =>
        _objects.TryGetValue(type, out var domain) ? domain : _objects[type] = new ObjectDomain(type);

    public LineDomain Lines(ObjectDomain objects, PeriodKind kind, Node first, Node last, long? issued)
    {
        // Of lines that are not cut by years only the days differ, and these are nodes of their own.
        var key = ((Domain)objects, kind, first, last, issued);
        return _lines.TryGetValue(key, out var domain) ? domain
            : _lines[key] = new LineDomain(objects, kind, first, last, issued);
    }

    public PairDomain Pairs(Domain outer, IReadOnlyList<Hop> path, ObjectDomain children, int reference)
    {
        var key = $"{Number(outer)}|{string.Join(',', path.Select(Number))}|{Number(children)}|{reference}";
        return _pairs.TryGetValue(key, out var domain) ? domain
            : _pairs[key] = new PairDomain(outer, path, children, reference);
    }

    public Hop Hop(HopKind kind, Domain from, Domain to, int reference = -1) =>
        _hops.TryGetValue((kind, from, to, reference), out var hop) ? hop
            : _hops[(kind, from, to, reference)] = new Hop(kind, from, to, reference);

    public ChildList Children(ObjectDomain children, int reference) =>
        _children.TryGetValue((children, reference), out var list) ? list
            : _children[(children, reference)] = new ChildList(children, reference);

    public Node Bool(bool value) => Leaf(Op.Constant, NodeType.Bool, null, value);

    public Node Date(long days) => Leaf(Op.Constant, NodeType.Date, null, days);

    public Node Text(string value) => Leaf(Op.Constant, NodeType.Text, null, value);

    /// <summary>A number with no more places than it needs.</summary>
    public Node Number(decimal value)
    {
        var scale = 0;
        while (decimal.Truncate(value) != value && scale < 28) (value, scale) = (value * 10, scale + 1);
        return Number((Int128)value, scale);
    }

    public Node Number(Int128 scaled, int scale) => Intern(Op.Constant, NodeType.Number, null, scaled, [], scale,
        scaled, scaled, false);

    public Node Unknown(NodeType type, int scale = 0) =>
        Intern(Op.Unknown, type, null, null, [], scale, null, null, true);

    /// <summary>A fact over its object's rows; a yearly one over lines.</summary>
    public Node Fact(Domain domain, Fact fact)
    {
        var type = TypeOf(fact);
        if (type != NodeType.Number) return Intern(Op.Fact, type, domain, fact, [], 0, null, null, true);
        var scale = TableLayout.ScaleOf(fact.Kind);
        var range = (NumberType)fact.Type;
        var most = range.Maximum ?? (fact.Kind == FactKind.Money ? FactsReader.MostMoney : null);
        // A sum of years may be more than one of them.
        if (fact.Yearly) most = most * 200;
        return Intern(Op.Fact, type, domain, fact, [], scale, Scaled(range.Minimum, scale), Scaled(most, scale), true);
    }

    public static NodeType TypeOf(Fact fact) => fact.Kind switch
    {
        FactKind.Boolean => NodeType.Bool,
        FactKind.Date => NodeType.Date,
        _ => fact.Type is NumberType ? NodeType.Number : NodeType.Text,
    };

    public Node LineYear(LineDomain lines) => lines.Kind == PeriodKind.CalendarYear
        ? Intern(Op.LineYear, NodeType.Number, lines, null, [], 0, 0, 9999, true) : Unknown(NodeType.Number);

    public Node LineFirst(LineDomain lines) => lines.Cuts
        ? Intern(Op.LineFirst, NodeType.Date, lines, null, [], 0, null, null, true)
        : Lift(Hop(HopKind.Object, lines, lines.Objects), lines.First);

    public Node LineLast(LineDomain lines) => lines.Cuts
        ? Intern(Op.LineLast, NodeType.Date, lines, null, [], 0, null, null, true)
        : Lift(Hop(HopKind.Object, lines, lines.Objects), lines.Last);

    public Node ListKnown(ObjectDomain owner, ObjectDomain children, int reference) =>
        Leaf(Op.ListKnown, NodeType.Bool, owner, Children(children, reference));

    public Node ReferenceKnown(ObjectDomain domain, int reference) =>
        Leaf(Op.ReferenceKnown, NodeType.Bool, domain, reference);

    /// <summary>The value of a node in the row to which the hop leads.</summary>
    public Node Lift(Hop hop, Node node)
    {
        if (node.Op is Op.Constant && hop.IsCertain || node.Op is Op.Unknown) return node;
        if (node.Op is Op.Constant)
            return If(ReferenceKnown((ObjectDomain)hop.From, hop.Reference), node, Unknown(node.Type, node.Scale));
        return Intern(Op.Lift, node.Type, hop.From, hop, [node], node.Scale, node.Low, node.High,
            node.MayBeUnknown || !hop.IsCertain);
    }

    public Node Lift(IEnumerable<Hop> path, Node node) => path.Reverse().Aggregate(node, (n, hop) => Lift(hop, n));

    private Node Leaf(Op op, NodeType type, Domain? domain, object payload) =>
        Intern(op, type, domain, payload, [], 0, null, null, false);

    private static Int128? Scaled(decimal? value, int scale) =>
        value is { } number ? (Int128)decimal.Floor(number * (decimal)PowerOfTen(scale)) : null;

    internal static Int128 PowerOfTen(int exponent)
    {
        var power = Int128.One;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }

    private Node Intern(Op op, NodeType type, Domain? domain, object? payload, Node[] children, int scale, Int128? low,
        Int128? high, bool mayBeUnknown)
    {
        var key = $"{op}|{type}|{scale}|{(domain is null ? 0 : Number(domain))}|{Key(payload)}|" +
            string.Join(',', children.Select(c => c.Id));
        if (_nodes.TryGetValue(key, out var node)) return node;
        return _nodes[key] = new Node(_nodes.Count, op, type, domain, payload, children)
        {
            Scale = scale, Low = low, High = high, MayBeUnknown = mayBeUnknown,
        };
    }

    private string Key(object? payload) => payload switch
    {
        null => "",
        string[] set => string.Join('\n', set),
        string or bool or int or long or Int128 or DivideMode =>
            Convert.ToString(payload, CultureInfo.InvariantCulture)!,
        ValueTuple<int, int> pair => $"{pair.Item1},{pair.Item2}",
        _ => $"#{Number(payload)}",
    };

    private int Number(object thing)
    {
        if (!_payloads.TryGetValue(thing, out var number)) _payloads[thing] = number = _payloads.Count + 1;
        return number;
    }
}
