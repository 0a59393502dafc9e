using Zhida.Policy.Plans;
using Zhida.Policy.Program;

namespace Zhida.Tests.Policy.Columns;

/// <summary>Grows random nodes of every operation over random domains.</summary>
internal sealed class RandomNodes
{
    private const int MoneyScale = 2;

    private readonly Random _random;
    private readonly ColumnSchema _schema;
    private readonly List<(Domain From, Hop Hop)> _hops = [];
    private readonly List<PairDomain> _pairs = [];

    public RandomNodes(ColumnSchema schema, Random random)
    {
        (_schema, _random) = (schema, random);
        var (subjects, projects) = (Nodes.Objects(schema.Subject), Nodes.Objects(schema.Project));
        var (loans, guarantees) = (Nodes.Objects(schema.Loan), Nodes.Objects(schema.Guarantee));
        var (first, last) = (Fact(loans, "期"), Fact(loans, "止"));
        Lines = [.. new[] { PeriodKind.CalendarYear, PeriodKind.PolicyYear, PeriodKind.Once }.Select(k =>
            Nodes.Lines(loans, k, first, last, k == PeriodKind.PolicyYear ? 20_500 : null))];
        foreach (var children in new[] { projects, loans, guarantees }) Hop(HopKind.Subject, children, subjects);
        Hop(HopKind.Reference, loans, projects, 1);
        Hop(HopKind.Reference, guarantees, loans, 1);
        foreach (var lines in Lines) Hop(HopKind.Object, lines, loans);
        Pair(loans, [], guarantees, 1);
        Pair(subjects, [], loans, -1);
        Pair(Lines[0], [_hops[5].Hop], guarantees, 1);
        Pair(guarantees, [_hops[4].Hop, _hops[3].Hop], loans, 1);
        Domains = [subjects, projects, loans, guarantees, .. Lines, .. _pairs];
    }

    public PlanBuilder Nodes { get; } = new();

    public IReadOnlyList<LineDomain> Lines { get; }

    public IReadOnlyList<Domain> Domains { get; }

    private void Hop(HopKind kind, Domain from, Domain to, int reference = -1) =>
        _hops.Add((from, Nodes.Hop(kind, from, to, reference)));

    private void Pair(Domain outer, IReadOnlyList<Hop> path, ObjectDomain children, int reference)
    {
        var pairs = Nodes.Pairs(outer, path, children, reference);
        _pairs.Add(pairs);
        Hop(HopKind.Outer, pairs, outer);
        Hop(HopKind.Child, pairs, children);
    }

    private Node Fact(Domain domain, string name) => Nodes.Fact(domain, domain.Object.Facts.First(f => f.Name == name));

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>A node one hop away, lifted; null where no hop leads away.</summary>
    private Node? Away(Domain domain, Func<Domain, Node> make)
    {
        var hops = _hops.Where(h => h.From == domain).ToList();
        if (hops.Count == 0) return null;
        var hop = Pick(hops).Hop;
        return Nodes.Lift(hop, make(hop.To));
    }

    /// <summary>A fact of the domain's own rows, or what is lifted to it.</summary>
    private Node Own(Domain domain, NodeType type, string name, Func<Domain, Node> away) =>
        domain is ObjectDomain && _random.Next(3) > 0 ? Fact(domain, name)
            : Away(domain, away) ?? (domain is ObjectDomain ? Fact(domain, name) : Nodes.Unknown(type));

    public Node Any(Domain domain, int depth) => _random.Next(5) switch
    {
        0 or 1 => Bool(domain, depth),
        2 => Number(domain, depth),
        3 => Date(domain, depth),
        _ => Text(domain, depth),
    };

    public Node Bool(Domain domain, int depth)
    {
        Node B() => Bool(domain, depth - 1);
        Node N() => Number(domain, depth - 1);
        Node D() => Date(domain, depth - 1);
        Node T() => Text(domain, depth - 1);
        if (depth <= 0) return _random.Next(8) == 0 ? Nodes.Bool(_random.Next(2) == 0) : BoolLeaf(domain);
        switch (_random.Next(18))
        {
            case 0: return Nodes.And(B(), B(), B());
            case 1: return Nodes.Or(B(), B());
            case 2: return Nodes.Not(B());
            case 3: return Nodes.If(B(), B(), B(), _random.Next(2) == 0 ? B() : null);
            case 4: return Nodes.IsKnown(Any(domain, depth - 1));
            case 5: return _random.Next(2) == 0 ? Nodes.IsTrue(B()) : Nodes.IsFalse(B());
            case 6: return Compare(N(), N());
            case 7: return Compare(D(), Nodes.Date(20_000 + _random.Next(1500)));
            case 8: return Compare(Nodes.Date(20_000 + _random.Next(1500)), D());
            case 9: return Compare(D(), D());
            case 10: return Nodes.InSet(T(), Some("甲", "乙", "丙", "C35", "C3525", "一二三四"));
            case 11: return Nodes.Within(T(), Pick(["C", "35", "C35", "2101"]), (_, _) => null);
            case 12: return Nodes.TextEqual(T(), T());
            case 13: return Nodes.HasItem(T(), Pick(["甲", "乙"]));
            case 14: return Nodes.AnyIn(T(), Some("甲", "乙", "丁"));
            case 15: return Nodes.AllIn(T(), Some("甲", "乙", "丁"));
            case 16: return Compare(N(), Nodes.Number(_random.NextInt64(-5, 100_000), MoneyScale));
            default:
                return Over(domain, Pick([Op.Some, Op.Every]), p => Bool(p, depth - 1)) ?? BoolLeaf(domain);
        }
    }

    private Node BoolLeaf(Domain domain)
    {
        if (domain is LineDomain lines && _random.Next(3) == 0) return Nodes.Fact(lines, _schema.Loan.YearFacts[1]);
        if (domain.Object == _schema.Loan && domain is ObjectDomain loans && _random.Next(4) == 0)
            return _random.Next(2) == 0 ? Nodes.ReferenceKnown(loans, 1)
                : Nodes.ListKnown(loans, Nodes.Objects(_schema.Guarantee), 1);
        return Own(domain, NodeType.Bool, "旗", d => Bool(d, 0));
    }

    private Node Compare(Node a, Node b) => _random.Next(3) switch
    {
        0 => Nodes.Less(a, b),
        1 => Nodes.LessOrEqual(a, b),
        _ => Nodes.Equal(a, b),
    };

    private IEnumerable<string> Some(params string[] values) =>
        values.Where(_ => _random.Next(2) == 0).Append(values[0]);

    private Node? Over(Domain outer, Op op, Func<Domain, Node> each)
    {
        var pairs = _pairs.Where(p => p.Outer == outer).ToList();
        if (pairs.Count == 0) return null;
        var pair = Pick(pairs);
        return Nodes.Over(op, pair, op == Op.Count ? Nodes.Bool(true) : each(pair));
    }

    /// <summary>A number of 分, so that all can be compared and added.</summary>
    public Node Number(Domain domain, int depth)
    {
        Node N() => Number(domain, depth - 1);
        if (depth <= 0)
            return _random.Next(5) == 0 ? Nodes.Number(_random.NextInt64(-3, 1000), MoneyScale)
                : domain is LineDomain lines && _random.Next(2) == 0 ? Nodes.Fact(lines, _schema.Loan.YearFacts[0])
                : Own(domain, NodeType.Number, "额", d => Number(d, 0)) is { Scale: MoneyScale } own ? own
                : Nodes.Unknown(NodeType.Number, MoneyScale);
        switch (_random.Next(16))
        {
            case 0: return Nodes.Add(N(), N());
            case 1: return Nodes.Subtract(N(), N());
            case 2: return Nodes.Minimum(N(), N());
            case 3: return Nodes.Maximum(N(), Nodes.Number(0, MoneyScale));
            case 4 or 5: return Interest(domain, depth);
            case 6: return Nodes.If(Bool(domain, depth - 1), N(), N(), _random.Next(3) == 0 ? Bool(domain, 1) : null);
            case 7: return Whole(Nodes.Days(Date(domain, depth - 1), Date(domain, depth - 1)));
            case 8: return Whole(Nodes.WholeMonths(Date(domain, depth - 1), Date(domain, depth - 1)));
            case 9: return Whole(Nodes.IndustryGroup(Text(domain, depth - 1)));
            case 10: return Nodes.NonZero(N());
            case 11: return Over(domain, Pick([Op.Sum, Op.Least, Op.Most]), p => Number(p, depth - 1)) ?? N();
            case 12: return Over(domain, Op.Count, _ => null!) is { } count ? Whole(count) : N();
            case 13: return domain is LineDomain lines ? Whole(Nodes.LineYear(lines)) : N();
            case 14:
                var rate = Nodes.Lpr(Date(domain, depth - 1), Nodes.Text(Pick(["1年期", "5年期以上", "3年期"])));
                return Nodes.Divide(rate, Nodes.Number(7, 0), Pick(Enum.GetValues<DivideMode>()), MoneyScale);
            default:
                var (a, b) = (N(), Nodes.Maximum(N(), Nodes.Number(1, MoneyScale)));
                return Nodes.Divide(a, b, Pick(Enum.GetValues<DivideMode>()), MoneyScale);
        }
    }

    private Node Whole(Node number) => Nodes.AtScale(number, MoneyScale);

    /// <summary>Amount × rate × days, divided: over 64 bits where amounts are large.</summary>
    private Node Interest(Domain domain, int depth)
    {
        var rate = Own(domain, NodeType.Number, "率", d => d is ObjectDomain ? Fact(d, "率") : Nodes.Number(15, 3));
        var product = Nodes.Multiply(Nodes.Multiply(Number(domain, depth - 1), rate),
            Nodes.Days(Date(domain, 0), Date(domain, 0)));
        if (product.High is null || product.Low is null) return Nodes.Unknown(NodeType.Number, MoneyScale);
        return Nodes.Divide(product, Nodes.Number(Pick<Int128>([1, 2, 7, 365_000, 36_500_000_000]), 0),
            Pick(Enum.GetValues<DivideMode>()), MoneyScale);
    }

    public Node Date(Domain domain, int depth)
    {
        Node D() => Date(domain, depth - 1);
        if (depth <= 0) return Own(domain, NodeType.Date, Pick(["期", "止"]), d => Date(d, 0));
        return _random.Next(7) switch
        {
            0 => Nodes.AddDays(D(), Small(domain)),
            1 => Nodes.AddMonths(D(), Small(domain)),
            2 => Nodes.Minimum(D(), Nodes.Date(20_700)),
            3 => Nodes.Maximum(D(), D()),
            4 => Nodes.If(Bool(domain, depth - 1), D(), D()),
            5 => domain is not LineDomain lines ? D()
                : _random.Next(2) == 0 ? Nodes.LineFirst(lines) : Nodes.LineLast(lines),
            _ => Over(domain, Pick([Op.Least, Op.Most]), p => Date(p, 0)) ?? D(),
        };
    }

    private Node Small(Domain domain) =>
        Own(domain, NodeType.Number, "数", d => d is ObjectDomain ? Fact(d, "数") : Nodes.Number(2, 0));

    public Node Text(Domain domain, int depth)
    {
        Node T() => Text(domain, depth - 1);
        if (depth <= 0)
            return _random.Next(6) == 0 ? Nodes.Text(Pick(["甲", "C35", ""]))
                : Own(domain, NodeType.Text, Pick(["类", "业", "名", "单"]), d => Text(d, 0));
        return _random.Next(6) switch
        {
            0 => Nodes.Concat(T(), T()),
            1 => Nodes.Substring(T(), 1 + _random.Next(3), _random.Next(4)),
            2 => Nodes.NumberText(Small(domain)),
            3 => Nodes.If(Bool(domain, depth - 1), T(), T(), _random.Next(3) == 0 ? Bool(domain, 1) : null),
            4 => Nodes.Concat(T(), Nodes.Text("甲")),
            _ => Text(domain, 0),
        };
    }
}
