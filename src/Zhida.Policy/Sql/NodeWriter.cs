using System.Globalization;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Sql;

/// <summary>
/// Writes nodes of a plan as SQL expressions: unknown is NULL. Where SQL passes NULL over (LEAST, GREATEST, the second
/// branch of CASE, aggregates) the text says so. An operand that stands in the text several times is a column by
/// then, or short (<see cref="SqlSteps"/>).
/// </summary>
internal sealed partial class NodeWriter(
    SqlDialect dialect, ReferenceTables reference, FactViews views, IReadOnlyDictionary<Node, string> names)
{
    private readonly NumberRanges _ranges = new();

    public SqlDialect Dialect { get; } = dialect;

    public NumberRanges Ranges => _ranges;

    public FactViews Views { get; } = views;

    public IReadOnlyDictionary<Node, string> Names { get; } = names;

    public SqlText Write(Node node, RowPath path, SqlRow row)
    {
        if (row.Computed(node, path) is { } column) return column;
        if (Views.Derived(node) is { } derived) return row.Column(path, derived, node.Type);
        SqlText Child(int index) => Write(node.Children[index], path, row);
        switch (node.Op)
        {
            case Op.Constant: return Literal(node);
            case Op.Unknown: return SqlText.Null(node.Type);
            case Op.Fact: return Fact(node, path, row);
            case Op.LineYear: return row.LineColumn(LineColumns.Year);
            case Op.LineFirst: return row.LineColumn(LineColumns.First);
            case Op.LineLast: return row.LineColumn(LineColumns.Last);
            case Op.ListKnown: return ListKnown((ChildList)node.Payload!, path, row);
            case Op.ReferenceKnown:
                return LeadsSomewhere(path, (int)node.Payload!, path.Target!, row);
            case Op.Lift: return Lift(node, path, row);
            case Op.Or when Factored.Of(node) is { } factored: return factored.Write(n => Write(n, path, row));
            case Op.And or Op.Or:
                return SqlText.Join(node.Op == Op.And, [.. node.Children.Select(c => Write(c, path, row))]);
            case Op.Not: return Not(node.Children[0], path, row);
            case Op.If: return If(node, path, row);
            case Op.Less: return Infix(Child(0), "<", Child(1));
            case Op.LessOrEqual: return Infix(Child(0), "<=", Child(1));
            case Op.Equal or Op.TextEqual: return Infix(Child(0), "=", Child(1));
            case Op.IsKnown: return new SqlText(Child(0).In(SqlText.Other) + " IS NOT NULL", SqlText.Is);
            case Op.IsTrue when Sure(node.Children[0], path, row) is { } sure: return sure;
            case Op.IsTrue: return new SqlText(Child(0).In(SqlText.Other) + " IS TRUE", SqlText.Is);
            case Op.IsFalse: return new SqlText(Child(0).In(SqlText.Other) + " IS FALSE", SqlText.Is);
            case Op.InSet or Op.Within or Op.HasItem or Op.AnyIn or Op.AllIn or Op.IndustryGroup or Op.Lpr
                or Op.Concat or Op.Substring or Op.NumberText:
                return OfText(node, [.. node.Children.Select(c => Write(c, path, row))]);
            case Op.Sum or Op.Least or Op.Most or Op.Count or Op.Some or Op.Every: return Over(node, path, row);
            default: return Arithmetic(node, [.. node.Children.Select(c => Write(c, path, row))]);
        }
    }

    /// <summary>A condition of CASE or WHERE: NULL may stand for FALSE.</summary>
    public SqlText Condition(Node node, RowPath path, SqlRow row)
    {
        if (row.Computed(node, path) is not null || Views.Derived(node) is not null) return Write(node, path, row);
        switch (node.Op)
        {
            case Op.IsTrue when Sure(node.Children[0], path, row) is null:
                return Condition(node.Children[0], path, row);
            case Op.IsFalse: return Not(node.Children[0], path, row);
            case Op.Or when Factored.Of(node) is { } factored: return factored.Write(n => Condition(n, path, row));
            case Op.And or Op.Or:
                return SqlText.Join(node.Op == Op.And, [.. node.Children.Select(c => Condition(c, path, row))]);
            default: return Write(node, path, row);
        }
    }

    private static SqlText Literal(Node node) => node.Constant switch
    {
        bool truth => truth ? SqlText.True : SqlText.False,
        long days => new SqlText(SqlText.Date(days), SqlText.Atom),
        string text => new SqlText(SqlText.Quote(text), SqlText.Atom),
        Int128 number => Number(number),
        var other => throw new InvalidOperationException($"a constant {other}"),
    };

    private static SqlText Number(Int128 number) => new(number < 0
        ? $"({number.ToString(CultureInfo.InvariantCulture)})"
        : number.ToString(CultureInfo.InvariantCulture), SqlText.Atom, number > long.MaxValue ||
            number < long.MinValue);

    private static SqlText Infix(SqlText left, string word, SqlText right) =>
        new($"{left.After(SqlText.Comparison)} {word} {right.After(SqlText.Comparison)}", SqlText.Comparison);

    private static SqlText Fact(Node node, RowPath path, SqlRow row)
    {
        var fact = (Fact)node.Payload!;
        return fact.Yearly ? row.YearFact((LineDomain)node.Domain!, fact) : row.Column(path, fact.Name, node.Type);
    }

    /// <summary>A step that may lead nowhere gives NULL there, also where the expression would not.</summary>
    private SqlText Lift(Node node, RowPath path, SqlRow row)
    {
        var (hop, child) = ((Hop)node.Payload!, node.Children[0]);
        var value = Write(child, path.Then(hop), row);
        if (hop.IsCertain || NullWhereAbsent(child)) return value;
        return SqlText.Case([(LeadsSomewhere(path, hop.Reference, hop.From.Object, row), value)], wide: value.Wide);
    }

    /// <summary>A value that is known wherever a step leads somewhere, as a condition that is false
    /// elsewhere.</summary>
    private SqlText? Sure(Node node, RowPath path, SqlRow row)
    {
        if (row.Computed(node, path) is not null || node is not
            { Op: Op.Lift, Payload: Hop { IsCertain: false } hop,
                Children: [{ MayBeUnknown: false } child] }) return null;
        return SqlText.Join(true,
            [LeadsSomewhere(path, hop.Reference, hop.From.Object, row), Write(child, path.Then(hop), row)]);
    }

    private static SqlText LeadsSomewhere(RowPath path, int reference, ObjectType from, SqlRow row)
    {
        var to = path.Then(HopKind.Reference, from.References[reference].Target, reference);
        return new SqlText(row.Column(to, Tables.TableLayout.Id, NodeType.Text).Text + " IS NOT NULL", SqlText.Is);
    }

    /// <summary>Whether an expression is NULL where all its columns are.</summary>
    public bool NullWhereAbsent(Node node) => node.Op switch
    {
        Op.Fact => true,
        Op.Lift => NullWhereAbsent(node.Children[0]),
        Op.And or Op.Or => Views.Derived(node) is not null || node.Children.All(NullWhereAbsent),
        Op.Constant or Op.If or Op.IsKnown or Op.IsTrue or Op.IsFalse or Op.ListKnown
            or Op.ReferenceKnown or Op.Sum or Op.Least or Op.Most or Op.Count or Op.Some or Op.Every =>
            Views.Derived(node) is not null,
        _ => node.Op == Op.Unknown || node.Children.Any(NullWhereAbsent),
    };

    private SqlText Not(Node node, RowPath path, SqlRow row)
    {
        var value = Write(node, path, row);
        var inline = row.Computed(node, path) is null && Views.Derived(node) is null;
        return node.Op switch
        {
            Op.Less when inline => Infix(Write(node.Children[0], path, row), ">=", Write(node.Children[1], path, row)),
            Op.LessOrEqual when inline =>
                Infix(Write(node.Children[0], path, row), ">", Write(node.Children[1], path, row)),
            Op.Equal or Op.TextEqual when inline =>
                Infix(Write(node.Children[0], path, row), "<>", Write(node.Children[1], path, row)),
            Op.IsKnown when inline =>
                new SqlText(Write(node.Children[0], path, row).In(SqlText.Other) + " IS NULL", SqlText.Is),
            Op.InSet when inline && node.Payload is string[] { Length: 1 } only =>
                Infix(Write(node.Children[0], path, row), "<>", new SqlText(SqlText.Quote(only[0]), SqlText.Atom)),
            _ => value.Negated(),
        };
    }

    private SqlText If(Node node, RowPath path, SqlRow row)
    {
        if (IfChain.Of(node, Names) is { } chain) return Chain(node, chain, path, row);
        var (condition, then, otherwise) = (node.Children[0], Write(node.Children[1], path, row),
            Write(node.Children[2], path, row));
        var wide = then.Wide || otherwise.Wide;
        // Both branches plain numbers would make the whole an INTEGER of 32 bits.
        if (node is { Type: NodeType.Number, Children: [_, { Op: Op.Constant }, { Op: Op.Constant }] })
            then = new SqlText(then.Text + "::BIGINT", SqlText.Atom, then.Wide);
        var holds = Condition(condition, path, row);
        if (!condition.MayBeUnknown) return SqlText.Case([(holds, then)], otherwise, wide);
        List<(SqlText, SqlText)> branches = [(holds, then), (Not(condition, path, row), otherwise)];
        if (Same(node, then, otherwise, path, row) is { } same) branches.Add((same, then));
        return SqlText.Case(branches, null, wide);
    }

    /// <summary>Whether the branches agree, so that the condition need not be known; null: they never do.</summary>
    private SqlText? Same(Node node, SqlText then, SqlText otherwise, RowPath path, SqlRow row)
    {
        var (a, b) = (node.Children[1], node.Children[2]);
        if (a.Op == Op.Unknown || b.Op == Op.Unknown) return null;
        if (node.Children.Count == 4)
        {
            var same = Write(node.Children[3], path, row);
            return !b.MayBeUnknown ? same
                : SqlText.Join(true, [same, new SqlText(otherwise.In(SqlText.Other) + " IS NOT NULL", SqlText.Is)]);
        }
        if (a.Op == Op.Constant && b.Op == Op.Constant && !Equals(a.Constant, b.Constant)) return null;
        return Infix(then, "=", otherwise);
    }

    /// <summary>The first branch that holds; unknown where a branch before it may hold and gives something else.
    /// </summary>
    private SqlText Chain(Node node, IfChain chain, RowPath path, SqlRow row)
    {
        if (!chain.MayBeUnknown) return FirstHit(chain, path, row);
        var hit = row.FirstHit(node, path) ?? FirstHit(chain, path, row);
        var branches = new List<(SqlText, SqlText)>();
        foreach (var (when, then) in chain.Branches)
        {
            var (holds, gives) = (Write(when, path, row), Write(then, path, row));
            if (when.MayBeUnknown)
                branches.Add((new SqlText($"{holds.In(SqlText.Other)} IS NULL AND " +
                    $"{gives.In(SqlText.Other)} IS DISTINCT FROM " +
                    hit.In(SqlText.Other), SqlText.And), new SqlText("NULL", SqlText.Atom)));
            branches.Add((holds, hit));
        }
        return SqlText.Case(branches, hit, hit.Wide);
    }

    /// <summary>The first branch that holds for certain, else the last.</summary>
    public SqlText FirstHit(IfChain chain, RowPath path, SqlRow row)
    {
        var branches = chain.Branches.Select(b => (Condition(b.When, path, row), Write(b.Then, path, row))).ToList();
        var otherwise = Write(chain.Otherwise, path, row);
        if (chain.Branches[0].Then is { Op: Op.Constant, Type: NodeType.Number })
            branches[0] = (branches[0].Item1,
                new SqlText(branches[0].Item2.Text + "::BIGINT", SqlText.Atom, branches[0].Item2.Wide));
        return SqlText.Case(branches, otherwise, otherwise.Wide || branches.Exists(b => b.Item2.Wide));
    }

    private SqlText ListKnown(ChildList list, RowPath path, SqlRow row)
    {
        var (children, owner) = (list.Children.Object, path.Target!);
        if (!Views.Has(children)) return SqlText.False;
        if (list.Reference < 0)
            return new SqlText($"NOT {row.Column(path, FactViews.UnknownFlag(children), NodeType.Bool).Text}",
                SqlText.Not);
        var subject = path.Then(HopKind.Subject, Views.Subject);
        var parts = new List<SqlText>
        {
            new($"{row.Column(path, Tables.TableLayout.Id, NodeType.Text).Text} IS NOT NULL", SqlText.Is),
            new($"NOT {row.Column(subject, FactViews.UnknownFlag(children), NodeType.Bool).Text}", SqlText.Not),
        };
        if (!children.References[list.Reference].Optional)
        {
            Views.Use(children, owner.Name);
            // By its full name: within the inner query 主体 alone would be that of the children.
            var whose = row.Column(path, Tables.TableLayout.Subject, NodeType.Text);
            if (row is not PairRow && !whose.IsNull) whose = whose with { Text = $"{PairRow.Outside}.{whose.Text}" };
            parts.Add(new SqlText($"NOT EXISTS (SELECT 1 FROM {Views.Name(children)} AS 各 WHERE 各.主体 = {whose.Text} " +
                $"AND 各.{SqlNames.Quote(owner.Name)} IS NULL)", SqlText.Not));
        }
        return SqlText.Join(true, parts);
    }
}

/// <summary>The columns of a line that come from its period.</summary>
internal static class LineColumns
{
    public const string Year = "行_年度", First = "行_起", Last = "行_止";
}
