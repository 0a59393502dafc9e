using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Plans;

/// <summary>Members of objects, lists of children, loops.</summary>
internal sealed partial class Lowering
{
    /// <summary>The longest list known beforehand whose items are taken one by one.</summary>
    private const int MostUnrolled = 64;

    private Shape LowerMember(Member member, LoweringScope scope)
    {
        var source = Lower(member.Source, scope);
        switch (source)
        {
            case UnknownShape: return source;
            case ReadingsShape: return new TextShape(Nodes.Text(Readings[ReadingsRecord!.SlotOf(member.Name)]));
            case LineShape: return Lift(ToLine(scope), LineMember(member.Name));
            case RowShape row: return Lift(row.Path, MemberOf(row.Type, member.Name));
            case RowsShape rows:
                var inner = Pairs(rows, scope);
                return new EachShape(rows, inner, Lift([ToChild(inner)], MemberOf(rows.Children, member.Name)));
            case ContextShape context:
                return Choose(context.Known, () => context.Members[member.Name].Shape, () => UnknownShape.Instance);
            case RangeShape range when member.Name is "start" or "end":
                return (member.Name == "start" ? range.Start : range.End) ?? Refuse("区间没有这一端");
            default: return Refuse($"“{member.Name}”没有列式写法");
        }
    }

    private Shape LineMember(string name)
    {
        var lines = Lines!;
        switch (name)
        {
            case "年度": return new NumberShape(Nodes.LineYear(lines));
            case "起": return new DateShape(Nodes.LineFirst(lines));
            case "止": return new DateShape(Nodes.LineLast(lines));
        }
        var fact = lines.Object.YearFacts.First(f => f.Name == name);
        return ShapeOf(fact, Nodes.Fact(lines, fact));
    }

    /// <summary>From a scope's rows to the lines: nothing, or through pairs.</summary>
    private static List<Hop> ToLine(LoweringScope scope)
    {
        var path = new List<Hop>();
        for (var s = scope; s is not null; s = s.Parent)
            if (s.ToParent is { } hop) path.Add(hop);
        return path;
    }

    /// <summary>A member over the rows of its object.</summary>
    public Shape MemberOf(ObjectType type, string name)
    {
        var domain = Nodes.Objects(type);
        if (type.Facts.Find(f => f.Name == name) is { } fact) return ShapeOf(fact, Nodes.Fact(domain, fact));
        if (type.References.FindIndex(r => r.Target.Name == name) is >= 0 and var index)
            return new RowShape(type.References[index].Target, [HopTo(type, index)]);
        var slot = type.Record.SlotOf(name);
        if (type.Lists.Find(l => l.Slot == slot) is { } list) return ListOf(type, list);
        if (type.Record.Members[slot].Derivation is not { } derivation) return Refuse($"“{name}”没有列式写法");
        return Derived(type, type.Record.Members[slot], derivation);
    }

    /// <summary>A derived fact, lowered once for all items; what has no node is refused to each of them.</summary>
    private Shape Derived(ObjectType type, RecordMember member, Expr derivation)
    {
        if (!Environment.Derived.TryGetValue(member, out var own))
        {
            own = new Lowering(Nodes, Environment);
            Environment.Derived[member] = own;
            own.Lower(derivation, RecordScope(type));
        }
        if (own.Refusal is { } reason) Refuse(reason);
        var shape = own.Lower(derivation, RecordScope(type));
        if (NodeOf(shape) is { } node) Names.TryAdd(node, $"{type.Name}.{member.Name}");
        foreach (var (inner, name) in own.Names) Names.TryAdd(inner, name);
        return shape;
    }

    public Hop HopTo(ObjectType type, int reference)
    {
        var target = type.References[reference].Target;
        return target == Environment.Dictionary.Subject
            ? Nodes.Hop(HopKind.Subject, Nodes.Objects(type), Nodes.Objects(target))
            : Nodes.Hop(HopKind.Reference, Nodes.Objects(type), Nodes.Objects(target), reference);
    }

    private RowsShape ListOf(ObjectType owner, InverseList list)
    {
        var isSubject = owner == Environment.Dictionary.Subject;
        var reference = isSubject ? -1 : list.Source.References.FindIndex(r => r.Target == owner);
        return new RowsShape(new RowShape(owner, []), list.Source, reference,
            Nodes.ListKnown(Nodes.Objects(owner), Nodes.Objects(list.Source), reference),
            owner.Record.Members[list.Slot].Missing);
    }

    private static Shape ShapeOf(Fact fact, Node node) => node.Type switch
    {
        NodeType.Bool => new BoolShape(node),
        NodeType.Date => new DateShape(node),
        NodeType.Number => new NumberShape(node),
        _ => fact.Type is ListType ? new TextsShape(node) : new TextShape(node),
    };

    /// <summary>The scope in which an object's derived facts are lowered: slot 0 is the object.</summary>
    private LoweringScope RecordScope(ObjectType type)
    {
        if (Environment.Records.TryGetValue(type, out var scope)) return scope;
        scope = new LoweringScope(Nodes.Objects(type), null, null);
        scope.Bind(0, new RowShape(type, []));
        return Environment.Records[type] = scope;
    }

    /// <summary>A scope over the pairs of the scope's rows and the children.</summary>
    private LoweringScope Pairs(RowsShape rows, LoweringScope scope)
    {
        var pairs = Nodes.Pairs(scope.Domain, rows.Owner.Path, Nodes.Objects(rows.Children), rows.Reference);
        return new LoweringScope(pairs, scope, Nodes.Hop(HopKind.Outer, pairs, scope.Domain));
    }

    private Hop ToChild(LoweringScope pairs) =>
        Nodes.Hop(HopKind.Child, pairs.Domain, ((PairDomain)pairs.Domain).Children);

    private Shape LowerFor(For loop, LoweringScope scope)
    {
        if (loop.Iterators is not [{ End: null } iterator] || loop.PartialSlot >= 0)
            return Refuse("几层的循环没有列式写法");
        var source = Lower(iterator.Source, scope);
        if (source is UnknownShape) return source;
        if (source is not RowsShape rows) return Refuse("只有对下级对象的循环有列式写法");
        var inner = Pairs(rows, scope);
        inner.Bind(iterator.Slot, new RowShape(rows.Children, [ToChild(inner)]));
        return new EachShape(rows, inner, Lower(loop.Body, inner));
    }

    /// <summary>The children for which a condition holds; where it is unknown for one of them, so is the
    /// list.</summary>
    private Shape LowerFilter(Filter filter, LoweringScope scope)
    {
        var source = Lower(filter.Source, scope);
        if (source is UnknownShape) return source;
        if (source is not RowsShape { Keep: null } rows || filter.Condition.Type is NumberType)
            return Refuse("只有对下级对象的筛选有列式写法");
        var (inner, condition) = FilterOf(filter, rows, scope);
        var certain = Nodes.Over(Op.Every, (PairDomain)inner.Domain, Nodes.IsKnown(condition));
        return rows with { Known = Nodes.And(rows.Known, certain), Keep = Nodes.IsTrue(condition) };
    }

    private (LoweringScope Pairs, Node Condition) FilterOf(Filter filter, RowsShape rows, LoweringScope scope)
    {
        var inner = Pairs(rows, scope);
        inner.Bind(filter.Slot, new RowShape(rows.Children, [ToChild(inner)]));
        return (inner, Bool(filter.Condition, inner));
    }

    private Shape LowerQuantified(Quantified quantified, LoweringScope scope)
    {
        if (quantified.Iterators is not [{ End: null } iterator]) return Refuse("几层的循环没有列式写法");
        switch (Lower(iterator.Source, scope))
        {
            case UnknownShape: return UnknownShape.Instance;
            case RowsShape rows:
                var inner = QuantifiedPairs(quantified, rows, scope);
                var each = Bool(quantified.Condition, inner);
                if (rows.Keep is { } keep)
                    each = quantified.Every ? Nodes.Or(Nodes.Not(keep), each) : Nodes.And(keep, each);
                var over = Nodes.Over(quantified.Every ? Op.Every : Op.Some, (PairDomain)inner.Domain, each);
                return new BoolShape(Nodes.If(rows.Known, over, Nodes.Unknown(NodeType.Bool)));
            case TextsShape texts: return OverTexts(quantified, iterator, texts.Node, scope);
            case ListShape list when list.Items.Count <= MostUnrolled:
                var items = Unrolled(quantified, list, scope).Select(s => Bool(quantified.Condition, s)).ToList();
                return new BoolShape(quantified.Every ? Nodes.And(items) : Nodes.Or(items));
            default: return Refuse("对这种列表的循环没有列式写法");
        }
    }

    private LoweringScope QuantifiedPairs(Quantified quantified, RowsShape rows, LoweringScope scope)
    {
        var inner = Pairs(rows, scope);
        inner.Bind(quantified.Iterators[0].Slot, new RowShape(rows.Children, [ToChild(inner)]));
        return inner;
    }

    /// <summary>A scope for each item of a list that is known beforehand.</summary>
    private IEnumerable<LoweringScope> Unrolled(Quantified quantified, ListShape list, LoweringScope scope)
    {
        foreach (var item in list.Items)
        {
            var inner = scope.Within();
            inner.Bind(quantified.Iterators[0].Slot, Of(item, list.Item));
            yield return inner;
        }
    }

    /// <summary>some x in a cell's list satisfies x in a list that is known beforehand, or x = a text.</summary>
    private Shape OverTexts(Quantified quantified, Iterator iterator, Node texts, LoweringScope scope)
    {
        bool IsItem(Expr node) => node is Variable variable && variable.Symbol.Slot == iterator.Slot;
        IReadOnlyList<string>? set = quantified.Condition switch
        {
            Matches m when IsItem(m.Value) => TextsOf(Lower(m.Test, scope)),
            Compare { Operator: ComparisonOperator.Equal } c when IsItem(c.Left) => TextsOf(Lower(c.Right, scope)),
            _ => null,
        };
        if (set is null) return Refuse("对一格之中的名单，只有“在名单之中”有列式写法");
        var all = Nodes.AllIn(texts, set);
        var result = quantified.Every ? all : Nodes.AnyIn(texts, set);
        if (quantified.Condition is not Matches { Unlisted: { } unlisted }) return new BoolShape(result);
        // An item that the list doesn't have is as the reading says.
        var open = quantified.Every ? Bool(unlisted, scope) : Nodes.And(Nodes.Not(all), Bool(unlisted, scope));
        return new BoolShape(Nodes.If(Nodes.IsKnown(texts), Nodes.Or(result, open), Nodes.Unknown(NodeType.Bool)));
    }

    /// <summary>Texts that are known beforehand; null where they are not.</summary>
    private static IReadOnlyList<string>? TextsOf(Shape shape) => shape switch
    {
        TextShape { Node: { Op: Op.Constant } node } => [(string)node.Constant],
        ListShape list when list.Items.All(i => i.Kind == ValueKind.String) => [.. list.Items.Select(i => i.Text)],
        _ => null,
    };

    private Shape LowerList(ListLiteral list, LoweringScope scope)
    {
        var values = new List<Value>();
        foreach (var item in list.Children)
        {
            var shape = Lower(item, scope);
            if (shape is TextShape { Node: { Op: Op.Constant } text }) values.Add(Value.Of((string)text.Constant));
            else return Refuse("列表中只能是文本常数");
        }
        return new ListShape(values, FeelType.Text);
    }
}
