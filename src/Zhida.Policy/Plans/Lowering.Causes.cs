using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Plans;

/// <summary>Why an expression is unknown where it is: the rules of <see cref="UnknownLeaves"/>, for all rows at once.
/// </summary>
internal sealed partial class Lowering
{
    /// <summary>Each cause with where it is one; every place lies where the expression is unknown.</summary>
    public CauseMap Causes(Expr expression, LoweringScope scope) =>
        scope.Causes.TryGetValue(expression, out var causes) ? causes
            : scope.Causes[expression] = CausesOf(expression, scope);

    private CauseMap CausesOf(Expr expression, LoweringScope scope)
    {
        switch (expression)
        {
            case Literal: return CauseMap.None;
            case Variable variable: return CausesOf(variable, scope);
            case Member member: return CausesOf(member, scope);
            case IfElse branch: return CausesOf(branch, scope);
            case Matches matches: return CausesOf(matches, scope);
            case DecisionTable table: return CausesOf(table, scope);
            case Quantified quantified: return WhereUnknown(quantified, scope, CausesOf(quantified, scope));
            case InTests tests:
                return WhereUnknown(tests, scope, Union([Causes(tests.Value, scope),
                    .. tests.Tests.Select(t => Causes(t, TestScope(tests, scope)))]));
            case For loop: return CausesOf(loop, scope);
            case Filter filter: return CausesOf(filter, scope);
        }
        var children = expression is CallBuiltin { Function.Name: "count" }
            ? CausesOfList(expression.Children[0], scope) : Union(expression.Children.Select(c => Causes(c, scope)));
        // Of these what is unknown need not make the whole so.
        var causes = expression is And or Or or InRange or CallBuiltin { Function.Name: "list contains" }
            ? WhereUnknown(expression, scope, children) : children;
        return CanFail(expression) ? Union([causes, Failure(expression, scope, causes)]) : causes;
    }

    /// <summary>Operations that fail on known operands.</summary>
    private static bool CanFail(Expr expression) => expression switch
    {
        Arithmetic { Operator: ArithmeticOperator.Divide } or RangeLiteral => true,
        CallBuiltin call => call.Function.Name is "LPR" or "行业中类" or "sum" or "min" or "max",
        _ => false,
    };

    private CauseMap Failure(Expr expression, LoweringScope scope, CauseMap causes) => CauseMap.Of(CauseMap.Other,
        Nodes.And([IsUnknown(expression, scope), .. causes.All.Select(c => Nodes.Not(c.Where))]));

    private Node IsUnknown(Expr expression, LoweringScope scope) => Nodes.Not(IsKnown(Lower(expression, scope)));

    private CauseMap Union(IEnumerable<CauseMap> maps) => CauseMap.Union(Nodes, maps);

    private CauseMap WhereUnknown(Expr expression, LoweringScope scope, CauseMap causes)
    {
        if (causes.IsEmpty) return causes;
        var unknown = IsUnknown(expression, scope);
        return causes.Select(c => Nodes.And(unknown, c));
    }

    private CauseMap CausesOf(Variable variable, LoweringScope scope)
    {
        var symbol = variable.Symbol;
        if (symbol.IsGlobal) return Environment.Causes(symbol.Slot, Nodes);
        LowerVariable(variable, scope);
        for (var s = scope; s is not null; s = s.Parent)
        {
            if (!s.TryFind(symbol.Slot, out _, out var causes)) continue;
            return LiftCauses(PathTo(scope, s), causes);
        }
        return CauseMap.None;
    }

    /// <summary>From a scope's rows to those of a scope around it.</summary>
    private static List<Hop> PathTo(LoweringScope from, LoweringScope to)
    {
        var path = new List<Hop>();
        for (var s = from; s != to; s = s.Parent!)
            if (s.ToParent is { } hop) path.Add(hop);
        return path;
    }

    public CauseMap LiftCauses(IReadOnlyList<Hop> path, CauseMap causes) =>
        path.Count == 0 ? causes : causes.Select(where => LiftSure(path, where));

    private CauseMap CausesOf(Member member, LoweringScope scope)
    {
        switch (Lower(member.Source, scope))
        {
            case ReadingsShape: return CauseMap.None;
            case ContextShape context:
                return Union([Causes(member.Source, scope), context.Members[member.Name].Causes
                    .Select(c => Nodes.And(context.Known, c))]);
            case LineShape: return LiftCauses(ToLine(scope), LineCauses(member.Name));
            case RowShape row:
                return Union([PathCauses(row), LiftCauses(row.Path, MemberCauses(row.Type, member.Name))]);
            case RowsShape rows:
                var each = (EachShape)Lower(member, scope);
                var child = LiftCauses([ToChild(each.Scope)], MemberCauses(rows.Children, member.Name));
                return Union([CausesOfList(member.Source, scope), EachCauses(rows, each.Scope, child)]);
            default: return Causes(member.Source, scope);
        }
    }

    private CauseMap LineCauses(string name)
    {
        var index = Lines!.Object.LineRecord.SlotOf(name);
        return CauseMap.Of(Lines.Object.LineRecord.Members[index].Missing, Nodes.Not(IsKnown(LineMember(name))));
    }

    /// <summary>Where the way to a row ends: the object to which a reference should lead is missing.</summary>
    public CauseMap PathCauses(RowShape row)
    {
        var maps = new List<CauseMap>();
        for (var i = 0; i < row.Path.Count; i++)
        {
            var hop = row.Path[i];
            if (hop.IsCertain) continue;
            var type = hop.From.Object;
            var lost = Nodes.Not(Nodes.ReferenceKnown((ObjectDomain)hop.From, hop.Reference));
            maps.Add(CauseMap.Of(type.Record.Members[type.References[hop.Reference].Slot].Missing,
                LiftSure([.. row.Path.Take(i)], lost)));
        }
        return Union(maps);
    }

    /// <summary>Over the rows of the object.</summary>
    private CauseMap MemberCauses(ObjectType type, string name)
    {
        var shape = MemberOf(type, name);
        var member = type.Record.Members[type.Record.SlotOf(name)];
        return shape switch
        {
            RowShape row => PathCauses(row),
            RowsShape rows => ListCauses(rows),
            _ when member.Derivation is { } derivation => Causes(derivation, RecordScope(type)),
            _ => CauseMap.Of(member.Missing, Nodes.Not(IsKnown(shape))),
        };
    }

    private CauseMap ListCauses(RowsShape rows) => Union([PathCauses(rows.Owner), CauseMap.Of(rows.Missing,
        rows.Owner.Path.Count == 0 ? Nodes.Not(rows.Known)
            : Nodes.And(LiftSure(rows.Owner.Path, Nodes.Bool(true)), Nodes.Not(rows.Known)))]);

    /// <summary>Causes of single children, where the list is known.</summary>
    private CauseMap EachCauses(RowsShape rows, LoweringScope pairs, CauseMap causes) => causes.Select(where =>
        Nodes.And(rows.Known, Nodes.IsTrue(Nodes.Over(Op.Some, (PairDomain)pairs.Domain,
            rows.Keep is { } keep ? Nodes.And(keep, where) : where))));

    /// <summary>Why a filtered list is not known.</summary>
    private CauseMap CausesOf(Filter filter, LoweringScope scope)
    {
        if (Lower(filter.Source, scope) is not RowsShape rows) return Causes(filter.Source, scope);
        var (inner, _) = FilterOf(filter, rows, scope);
        return Union([ListCauses(rows), EachCauses(rows, inner, Causes(filter.Condition, inner))]);
    }

    private CauseMap CausesOf(For loop, LoweringScope scope)
    {
        var source = Causes(loop.Iterators[0].Source, scope);
        return Lower(loop, scope) is EachShape each
            ? Union([source, EachCauses(each.Rows, each.Scope, Causes(loop.Body, each.Scope))]) : source;
    }

    /// <summary>Why a list is not known, whatever of its items.</summary>
    private CauseMap CausesOfList(Expr list, LoweringScope scope) => (list, Lower(list, scope)) switch
    {
        (Filter filter, _) => CausesOf(filter, scope),
        (For loop, EachShape) => CausesOfList(loop.Iterators[0].Source, scope),
        (Member member, EachShape) => CausesOfList(member.Source, scope),
        (_, RowsShape rows) => ListCauses(rows),
        _ => Causes(list, scope),
    };

    private CauseMap CausesOf(Quantified quantified, LoweringScope scope)
    {
        var iterator = quantified.Iterators[0];
        var source = Lower(iterator.Source, scope);
        var ofSource = CausesOfList(iterator.Source, scope);
        switch (source)
        {
            case RowsShape rows:
                var inner = QuantifiedPairs(quantified, rows, scope);
                return Union([ofSource, EachCauses(rows, inner, Causes(quantified.Condition, inner))]);
            case ListShape list when list.Items.Count <= MostUnrolled:
                return Union([ofSource,
                    .. Unrolled(quantified, list, scope).Select(s => Causes(quantified.Condition, s))]);
            case TextsShape texts when quantified.Condition is Matches { Unlisted: { } unlisted }:
                return Union([ofSource, Causes(unlisted, scope).Select(c => Nodes.And(Nodes.IsKnown(texts.Node), c))]);
            default: return ofSource;
        }
    }

    private CauseMap CausesOf(IfElse branch, LoweringScope scope)
    {
        var condition = Bool(branch.Condition, scope);
        if (condition.Op == Op.Constant) return Causes(condition.IsTrue ? branch.Then : branch.Else, scope);
        var unknown = IsUnknown(branch, scope);
        return Union([
            Causes(branch.Condition, scope).Select(c => Nodes.And(unknown, c)),
            Causes(branch.Then, scope).Select(c => Nodes.And(unknown, Nodes.Not(Nodes.IsFalse(condition)), c)),
            Causes(branch.Else, scope).Select(c => Nodes.And(unknown, Nodes.Not(Nodes.IsTrue(condition)), c)),
        ]);
    }

    private CauseMap CausesOf(Matches matches, LoweringScope scope)
    {
        var known = IsKnown(Lower(matches.Value, scope));
        var rest = Union([Causes(matches.Test, scope),
            matches.Unlisted is { } unlisted ? Causes(unlisted, scope) : CauseMap.None]);
        return WhereUnknown(matches, scope, Union([Causes(matches.Value, scope),
            rest.Select(c => Nodes.And(known, c))]));
    }

    /// <summary>An input is a cause where a rule tests it that no earlier rule is before, and of which no other test
    /// fails. Earlier rules that can't hold there anyway are left out: of a table by sectors a rule only asks for those
    /// of its own sector, and what is asked stays as long as the table.</summary>
    private CauseMap CausesOf(DecisionTable table, LoweringScope scope)
    {
        var inner = TableScope(table, scope);
        var unknown = IsUnknown(table, scope);
        var maps = new List<CauseMap>();
        var before = new List<Node[]>();
        foreach (var rule in table.Rules)
        {
            Node[] tests = [.. rule.Tests.Select(t => Bool(t, inner))];
            for (var i = 0; i < tests.Length; i++)
                if (!Nodes.IsKnown(tests[i]).IsTrue) maps.Add(TestCauses(table, rule, i, tests, before, scope, inner));
            var open = Nodes.And([.. tests.Select(NotFalse), .. Passed(before, tests, null)]);
            foreach (var output in rule.Outputs) maps.Add(Causes(output, inner).Select(c => Nodes.And(open, c)));
            before.Add(tests);
        }
        var causes = Union(maps).Select(c => Nodes.And(unknown, c));
        return Union([causes, CauseMap.Of(CauseMap.Other,
            Nodes.And([unknown, .. causes.All.Select(c => Nodes.Not(c.Where))]))]);
    }

    /// <summary>Where a test of a rule is unknown and matters: why.</summary>
    private CauseMap TestCauses(DecisionTable table, TableRule rule, int index, Node[] tests, List<Node[]> before,
        LoweringScope scope, LoweringScope inner)
    {
        var others = tests.Where((_, k) => k != index).Select(NotFalse);
        var here = Nodes.And([Nodes.IsUnknown(tests[index]), .. others, .. Passed(before, tests, tests[index])]);
        return here.IsFalse ? CauseMap.None
            : Union([Causes(table.Inputs[index], scope), Causes(rule.Tests[index], inner)])
                .Select(c => Nodes.And(here, c));
    }

    private Node NotFalse(Node test) => Nodes.Not(Nodes.IsFalse(test));

    /// <summary>That no earlier rule holds, as far as this does not follow from no test of this one being false, and
    /// one of them, where it is given, being unknown.</summary>
    private IEnumerable<Node> Passed(List<Node[]> before, Node[] tests, Node? unknown)
    {
        var lost = unknown is null ? null : Nodes.IsKnown(unknown);
        return before.Where(earlier => !earlier.Any(e => ReferenceEquals(Nodes.IsKnown(e), lost) ||
                tests.Any(t => AreExclusive(e, t))))
            .Select(earlier => Nodes.Not(Nodes.And([.. earlier.Select(Nodes.IsTrue)])));
    }

    /// <summary>Two tests of one text against different values: they are unknown together, and never both
    /// true.</summary>
    private static bool AreExclusive(Node a, Node b) => a.Op switch
    {
        Op.Lift => b.Op == Op.Lift && ReferenceEquals(a.Payload, b.Payload) &&
            AreExclusive(a.Children[0], b.Children[0]),
        Op.InSet => b.Op == Op.InSet && ReferenceEquals(a.Children[0], b.Children[0]) &&
            !((string[])a.Payload!).Intersect((string[])b.Payload!).Any(),
        _ => false,
    };
}
