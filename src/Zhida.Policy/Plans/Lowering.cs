using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Plans;

/// <summary>
/// Lowers bound expressions to nodes, and says of each why it may be unknown, as <see cref="UnknownLeaves"/> finds it.
/// What has no node (a function over functions, text patterns …) is refused: the first reason is kept, and unknown
/// stands in its place.
/// </summary>
internal sealed partial class Lowering(PlanBuilder nodes, PlanEnvironment environment)
{
    public PlanBuilder Nodes { get; } = nodes;

    public PlanEnvironment Environment { get; } = environment;

    /// <summary>Why the item can't be a plan; null: it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The readings in force: option by slot.</summary>
    public IReadOnlyList<string> Readings { get; init; } = [];

    public RecordType? ReadingsRecord { get; init; }

    public LineDomain? Lines { get; set; }

    public Dictionary<Node, string> Names { get; } = [];

    public Shape Refuse(string reason)
    {
        Refusal ??= reason;
        return UnknownShape.Instance;
    }

    public Shape Lower(Expr expression, LoweringScope scope) =>
        scope.Shapes.TryGetValue(expression, out var shape) ? shape
            : scope.Shapes[expression] = LowerNew(expression, scope);

    private Shape LowerNew(Expr expression, LoweringScope scope) => expression switch
    {
        Literal literal => Of(literal.Value, literal.Type),
        Variable variable => LowerVariable(variable, scope),
        Member member => LowerMember(member, scope),
        And and => new BoolShape(Nodes.And(Bool(and.Left, scope), Bool(and.Right, scope))),
        Or or => new BoolShape(Nodes.Or(Bool(or.Left, scope), Bool(or.Right, scope))),
        Compare compare => LowerCompare(compare, scope),
        InRange range => LowerInRange(range, scope),
        Matches matches => LowerMatches(matches, scope),
        InTests tests => LowerTests(tests, scope),
        IfElse branch => Choose(Bool(branch.Condition, scope), () => Lower(branch.Then, scope),
            () => Lower(branch.Else, scope)),
        Arithmetic arithmetic => LowerArithmetic(arithmetic, scope),
        Negate negate => Subtract(new NumberShape(Nodes.Number(0m)), Number(negate.Operand, scope)),
        CallBuiltin call => LowerCall(call, scope),
        DecisionTable table => LowerTable(table, scope),
        RangeLiteral range => LowerRange(range, scope),
        Quantified quantified => LowerQuantified(quantified, scope),
        For loop => LowerFor(loop, scope),
        Filter filter => LowerFilter(filter, scope),
        ListLiteral list => LowerList(list, scope),
        _ => Refuse($"{expression.GetType().Name} 没有列式写法"),
    };

    /// <summary>A constant as a shape.</summary>
    public Shape Of(in Value value, FeelType type)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean: return new BoolShape(Nodes.Bool(value.IsTrue));
            case ValueKind.Number: return new NumberShape(Nodes.Number(value.Number));
            case ValueKind.Date: return new DateShape(Nodes.Date(value.Days));
            case ValueKind.String: return new TextShape(Nodes.Text(value.Text));
            case ValueKind.MonthsDuration: return new MonthsShape(Nodes.Number((decimal)value.Months));
            case ValueKind.DaysDuration when value.Number % 86400 == 0:
                return new DaysShape(Nodes.Number(value.Number / 86400));
            case ValueKind.List:
                return new ListShape(value.Items, (type as ListType)?.Item ?? FeelType.Any);
            case ValueKind.Range:
                var (range, end) = (value.Range, (type as RangeType)?.Endpoint ?? FeelType.Any);
                return new RangeShape(range.Start.IsNull ? null : Of(range.Start, end), range.StartIncluded,
                    range.End.IsNull ? null : Of(range.End, end), range.EndIncluded, Nodes.Bool(true));
            case ValueKind.Unknown: return UnknownShape.Instance;
            default: return Refuse($"没有{value.Kind}的列式写法");
        }
    }

    public Node Bool(Expr expression, LoweringScope scope) => Bool(Lower(expression, scope));

    public Node Bool(Shape shape) => shape switch
    {
        BoolShape known => known.Node,
        UnknownShape => Nodes.Unknown(NodeType.Bool),
        _ => Wrong<Node>("是否", shape, Nodes.Unknown(NodeType.Bool)),
    };

    public NumberShape Number(Expr expression, LoweringScope scope) => Number(Lower(expression, scope));

    public NumberShape Number(Shape shape) => shape switch
    {
        NumberShape known => known,
        UnknownShape => new NumberShape(Nodes.Unknown(NodeType.Number)),
        _ => Wrong("数", shape, new NumberShape(Nodes.Unknown(NodeType.Number))),
    };

    public Node Date(Expr expression, LoweringScope scope) => Date(Lower(expression, scope));

    public Node Date(Shape shape) => shape switch
    {
        DateShape known => known.Node,
        UnknownShape => Nodes.Unknown(NodeType.Date),
        _ => Wrong("日期", shape, Nodes.Unknown(NodeType.Date)),
    };

    public Node Text(Expr expression, LoweringScope scope) => Text(Lower(expression, scope));

    public Node Text(Shape shape) => shape switch
    {
        TextShape known => known.Node,
        UnknownShape => Nodes.Unknown(NodeType.Text),
        _ => Wrong("文本", shape, Nodes.Unknown(NodeType.Text)),
    };

    private T Wrong<T>(string wanted, Shape shape, T instead)
    {
        Refuse($"要{wanted}，实为{shape.GetType().Name}");
        return instead;
    }

    private Shape LowerVariable(Variable variable, LoweringScope scope)
    {
        var symbol = variable.Symbol;
        if (symbol.IsGlobal) return Environment.Global(symbol.Slot, this);
        if (scope.TryFind(symbol.Slot, out var shape, out _)) return shape;
        // A definition belongs to the outermost scope: it is computed once there, whoever uses it.
        if (scope.Parent is { } parent)
        {
            var outer = LowerVariable(variable, parent);
            return scope.ToParent is { } hop ? Lift([hop], outer) : outer;
        }
        if (symbol.Definition is not { } definition) return Refuse($"“{symbol.Name}”在这里没有值");
        scope.Bind(symbol.Slot, UnknownShape.Instance);
        shape = Lower(definition, scope);
        scope.Bind(symbol.Slot, shape, Causes(definition, scope));
        if (NodeOf(shape) is { } node) Names.TryAdd(node, symbol.Name);
        return shape;
    }

    private static Node? NodeOf(Shape shape) => shape switch
    {
        BoolShape b => b.Node,
        DateShape d => d.Node,
        TextShape t => t.Node,
        NumberShape { Bottom: null } n => n.Top,
        _ => null,
    };

    /// <summary>A shape of other rows, seen from where the path begins.</summary>
    public Shape Lift(IReadOnlyList<Hop> path, Shape shape) => path.Count == 0 ? shape : shape switch
    {
        BoolShape b => new BoolShape(Nodes.Lift(path, b.Node)),
        DateShape d => new DateShape(Nodes.Lift(path, d.Node)),
        TextShape t => new TextShape(Nodes.Lift(path, t.Node)),
        TextsShape t => new TextsShape(Nodes.Lift(path, t.Node)),
        NumberShape n => new NumberShape(Nodes.Lift(path, n.Top), n.Bottom is { } b ? Nodes.Lift(path, b) : null),
        MonthsShape m => new MonthsShape(Nodes.Lift(path, m.Months)),
        DaysShape d => new DaysShape(Nodes.Lift(path, d.Days)),
        RowShape r => r with { Path = [.. path, .. r.Path] },
        RangeShape r => new RangeShape(r.Start is { } s ? Lift(path, s) : null, r.StartIncluded,
            r.End is { } e ? Lift(path, e) : null, r.EndIncluded, LiftSure(path, r.Valid)),
        RowsShape { Keep: null } r => r with
        {
            Owner = r.Owner with { Path = [.. path, .. r.Owner.Path] }, Known = LiftSure(path, r.Known),
        },
        ContextShape c => new ContextShape(c.Members.ToDictionary(m => m.Key,
            m => (Lift(path, m.Value.Shape), LiftCauses(path, m.Value.Causes))), LiftSure(path, c.Known)),
        EachShape or RowsShape => Refuse("列表不能从别的行取"),
        _ => shape,
    };

    /// <summary>A node that is never unknown, false where the path leads nowhere.</summary>
    public Node LiftSure(IReadOnlyList<Hop> path, Node node) => Nodes.IsTrue(Nodes.Lift(path, node));

    /// <summary>if, over any shapes. Branches that the condition rules out are not even lowered.</summary>
    public Shape Choose(Node condition, Func<Shape> then, Func<Shape> otherwise)
    {
        if (condition.Op == Op.Constant) return condition.IsTrue ? then() : otherwise();
        var (a, b) = (then(), otherwise());
        if (a is UnknownShape && b is UnknownShape) return a;
        return (a is UnknownShape ? b : a) switch
        {
            BoolShape => new BoolShape(Nodes.If(condition, Bool(a), Bool(b))),
            DateShape => new DateShape(Nodes.If(condition, Date(a), Date(b))),
            TextShape => new TextShape(Nodes.If(condition, Text(a), Text(b))),
            NumberShape => If(condition, Number(a), Number(b)),
            _ => Refuse("“如果”的两边要是数、日期、文本或是否"),
        };
    }
}
