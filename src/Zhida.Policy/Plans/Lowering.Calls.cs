using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Policy.Plans;

/// <summary>Functions, tests and tables.</summary>
internal sealed partial class Lowering
{
    private Shape LowerCall(CallBuiltin call, LoweringScope scope)
    {
        var name = call.Function.Name;
        if (call.ArgumentNames is not null) return Refuse($"{name}：按名称给参数没有列式写法");
        var arguments = call.Children;
        switch (name)
        {
            case "not": return new BoolShape(Nodes.Not(Bool(arguments[0], scope)));
            case "list contains": return ListContains(Lower(arguments[0], scope), Lower(arguments[1], scope));
            case "min" or "max" or "sum" or "count" when arguments.Count == 1:
                return OverList(name, Lower(arguments[0], scope), scope);
            case "min" or "max":
                return arguments.Select(a => Lower(a, scope)).Aggregate((a, b) => Extreme(a, b, name == "min"));
        }
        // All others are strict: one unknown argument is enough.
        var shapes = arguments.Select(a => Lower(a, scope)).ToList();
        if (shapes.Exists(s => s is UnknownShape)) return UnknownShape.Instance;
        return name switch
        {
            "sum" => shapes.Select(Number).Aggregate(Add),
            "round half up" => Round(shapes, DivideMode.HalfUp),
            "round up" => Round(shapes, DivideMode.Up),
            "round down" => Round(shapes, DivideMode.Down),
            "floor" => Round(shapes, DivideMode.Floor),
            "ceiling" => Round(shapes, DivideMode.Ceiling),
            "string" when shapes is [NumberShape { Bottom: null, Top: { Scale: 0 } whole }] =>
                new TextShape(Nodes.NumberText(whole)),
            "string" when shapes is [TextShape text] => text,
            "substring" => Substring(shapes),
            "天数" => new NumberShape(Nodes.Days(Date(shapes[0]), Date(shapes[1]))),
            "交叠天数" => new NumberShape(Nodes.Days(
                Nodes.Maximum(Date(shapes[0]), Date(shapes[2])), Nodes.Minimum(Date(shapes[1]), Date(shapes[3])))),
            "整月数" => new NumberShape(Nodes.WholeMonths(Date(shapes[0]), Date(shapes[1]))),
            "整年数" => new NumberShape(Nodes.Divide(Nodes.WholeMonths(Date(shapes[0]), Date(shapes[1])),
                Nodes.Number(12m), DivideMode.Down, 0)),
            "LPR" => new NumberShape(Nodes.Lpr(Date(shapes[0]), Text(shapes[1]))),
            "行业中类" => new NumberShape(Nodes.IndustryGroup(Text(shapes[0]))),
            "属于" => Within(Text(shapes[0]), Text(shapes[1])),
            _ => Refuse($"函数{name}没有列式写法"),
        };
    }

    private Shape Round(List<Shape> arguments, DivideMode mode)
    {
        var places = arguments.Count < 2 ? 0
            : arguments[1] is NumberShape { Bottom: null, Top: { Op: Op.Constant, Scale: 0 } n } &&
              (Int128)n.Constant >= 0 ? (int)(Int128)n.Constant : -1;
        return places < 0 ? Refuse("小数位数要是常数") : new NumberShape(Rounded(Number(arguments[0]), places, mode));
    }

    /// <summary>The beginning of a text: from a later place on it fails where the text is too short.</summary>
    private Shape Substring(List<Shape> arguments) =>
        arguments is [TextShape text, NumberShape { Top: { Op: Op.Constant } start },
            NumberShape { Top: { Op: Op.Constant } length }] && (Int128)start.Constant == 1
            ? new TextShape(Nodes.Substring(text.Node, (int)(Int128)start.Constant, (int)(Int128)length.Constant))
            : Refuse("substring 只取开头的几个字");

    private Shape Within(Node code, Node prefix)
    {
        if (prefix.Op != Op.Constant) return Refuse("属于：前缀要是常数");
        var function = Reference.PolicyFunctions.All(Environment.Tables).First(f => f.Name == "属于");
        return new BoolShape(Nodes.Within(code, (string)prefix.Constant, (text, start) =>
        {
            var frame = new Frame(0, new Evaluation(strict: true, []));
            var within = function.Invoke(new Feel.Functions.Call(frame, default), [Value.Of(text), Value.Of(start)]);
            return within.IsUnknown ? null : within.IsTrue;
        }));
    }

    private Shape ListContains(Shape list, Shape item)
    {
        switch (list, item)
        {
            case (UnknownShape, _): return list;
            case (TextsShape texts, TextShape { Node: { Op: Op.Constant } text }):
                return new BoolShape(Nodes.HasItem(texts.Node, (string)text.Constant));
            case (ListShape { Items.Count: 0 }, _): return new BoolShape(Nodes.Bool(false));
            case (ListShape, _) when TextsOf(list) is { } set:
                return new BoolShape(Nodes.InSet(Text(item), set));
            default: return Refuse("list contains 只对名单和文本有列式写法");
        }
    }

    /// <summary>min, max, sum, count of one list.</summary>
    private Shape OverList(string name, Shape list, LoweringScope scope)
    {
        switch (list)
        {
            case UnknownShape: return list;
            case ListShape known when name == "count": return new NumberShape(Nodes.Number((decimal)known.Items.Count));
            case RowsShape rows when name == "count": return CountOf(rows, (PairDomain)Pairs(rows, scope).Domain);
            case EachShape each when name == "count":
                return CountOf(each.Rows, (PairDomain)each.Scope.Domain);
            case EachShape each: return OverEach(name, each);
            case NumberShape or DateShape when name is "min" or "max" or "sum": return list;
            default: return Refuse($"{name}对这种列表没有列式写法");
        }
    }

    private NumberShape CountOf(RowsShape rows, PairDomain pairs)
    {
        var count = rows.Keep is { } keep
            ? Nodes.If(Nodes.Over(Op.Some, pairs, keep),
                Nodes.Over(Op.Sum, pairs, Nodes.If(keep, Nodes.Number(1m), Nodes.Number(0m))), Nodes.Number(0m))
            : Nodes.Over(Op.Count, pairs, Nodes.Bool(true));
        return new NumberShape(Nodes.If(rows.Known, count, Nodes.Unknown(NodeType.Number)));
    }

    private Shape OverEach(string name, EachShape list)
    {
        var (pairs, keep) = ((PairDomain)list.Scope.Domain, list.Rows.Keep);
        if (keep is not null && name != "sum") return Refuse($"{name}对筛选过的列表没有列式写法");
        // Of nothing there is no sum.
        var any = keep is null ? list.Rows.Known : Nodes.And(list.Rows.Known, Nodes.Over(Op.Some, pairs, keep));
        switch (list.Each)
        {
            case UnknownShape:
                return list.Each;
            case NumberShape { Bottom: null, Top: var number }:
                if (keep is not null) number = Nodes.If(keep, number, Nodes.AtScale(Nodes.Number(0m), number.Scale));
                var op = name switch { "sum" => Op.Sum, "min" => Op.Least, _ => Op.Most };
                return new NumberShape(Nodes.If(any, Nodes.Over(op, pairs, number),
                    Nodes.Unknown(NodeType.Number, number.Scale)));
            case DateShape date when name != "sum":
                return new DateShape(Nodes.If(any, Nodes.Over(name == "min" ? Op.Least : Op.Most, pairs, date.Node),
                    Nodes.Unknown(NodeType.Date)));
            default:
                return Refuse($"{name}之中的除法没有列式写法");
        }
    }

    private Shape LowerMatches(Matches matches, LoweringScope scope)
    {
        var test = Lower(matches.Test, scope);
        if (test is UnknownShape) return test;
        var value = Lower(matches.Value, scope);
        var result = test switch
        {
            RangeShape range => Contains(range, value),
            ListShape { Items.Count: 0 } => Nodes.Bool(false),
            ListShape when value is UnknownShape => Nodes.Unknown(NodeType.Bool),
            ListShape when TextsOf(test) is { } set => Nodes.InSet(Text(value), set),
            ListShape list => AnyEqual(value, list),
            TextShape or NumberShape or DateShape => Same(value, test),
            _ => null,
        };
        if (result is null) return Refuse("“in”的这种写法没有列式写法");
        if (matches.Unlisted is not { } unlisted) return new BoolShape(result);
        // What the list doesn't have is as the reading says; a value that is not known stays so.
        if (Bool(unlisted, scope) is { Op: Op.Unknown } open) return new BoolShape(Nodes.Or(result, open));
        return new BoolShape(Nodes.If(Nodes.IsKnown(result), Nodes.Or(result, Bool(unlisted, scope)),
            Nodes.Unknown(NodeType.Bool)));
    }

    private Node? AnyEqual(Shape value, ListShape list)
    {
        var each = list.Items.Select(i => Same(value, Of(i, list.Item))).ToList();
        return each.Contains(null) ? null : Nodes.Or([.. each.OfType<Node>()]);
    }

    private Node? Same(Shape value, Shape other) => (value, other) switch
    {
        (UnknownShape, _) => Nodes.Unknown(NodeType.Bool),
        (TextShape a, TextShape b) => Nodes.TextEqual(a.Node, b.Node),
        _ => Compare(ComparisonOperator.Equal, value, other),
    };

    private BoolShape LowerTests(InTests tests, LoweringScope scope)
    {
        var each = Nodes.Or([.. tests.Tests.Select(t => Bool(t, TestScope(tests, scope)))]);
        return new BoolShape(tests.Negated ? Nodes.Not(each) : each);
    }

    /// <summary>The scope of an input's tests: the input stands in its slot.</summary>
    private LoweringScope TestScope(InTests tests, LoweringScope scope)
    {
        // One scope for all tests of a node, so that what they become is found again.
        if (!_tests.TryGetValue((tests, scope), out var inner))
        {
            _tests[(tests, scope)] = inner = scope.Within();
            inner.Bind(tests.Slot, Lower(tests.Value, scope), Causes(tests.Value, scope));
        }
        return inner;
    }

    private readonly Dictionary<(Expr, LoweringScope), LoweringScope> _tests = [];

    private LoweringScope TableScope(DecisionTable table, LoweringScope scope)
    {
        if (!_tests.TryGetValue((table, scope), out var inner))
        {
            _tests[(table, scope)] = inner = scope.Within();
            for (var i = 0; i < table.Inputs.Count; i++)
                inner.Bind(table.InputSlots[i], Lower(table.Inputs[i], scope), Causes(table.Inputs[i], scope));
        }
        return inner;
    }

    /// <summary>Whether a rule's tests hold.</summary>
    private Node MatchOf(TableRule rule, LoweringScope inner) =>
        Nodes.And([.. rule.Tests.Select(t => Bool(t, inner))]);

    /// <summary>The first rule that holds; one that may hold is harmless where what comes after it gives the same. The
    /// checker has seen that the rules of U and A don't contradict each other.</summary>
    private Shape LowerTable(DecisionTable table, LoweringScope scope)
    {
        if (table.Policy is not (HitPolicy.Unique or HitPolicy.First or HitPolicy.Any))
            return Refuse($"表“{table.Name}”的命中策略没有列式写法");
        var inner = TableScope(table, scope);
        if (table.OutputNames.Count > 1) return LowerOutputs(table, inner);
        var result = table.Default is { } fallback ? Lower(fallback, inner) : UnknownShape.Instance;
        for (var i = table.Rules.Count - 1; i >= 0; i--)
        {
            var (rule, rest) = (table.Rules[i], result);
            result = Choose(MatchOf(rule, inner), () => Lower(rule.Outputs[0], inner), () => rest);
        }
        return result;
    }

    /// <summary>A table of several outputs: which rule holds is one question, what its outputs are another.</summary>
    private Shape LowerOutputs(DecisionTable table, LoweringScope inner)
    {
        if (table.Default is not null) return Refuse($"表“{table.Name}”有几个结果又有缺省，没有列式写法");
        var known = Nodes.Bool(false);
        var outputs = table.OutputNames.Select(_ => ((Shape)UnknownShape.Instance, CauseMap.None)).ToArray();
        foreach (var rule in table.Rules.Reverse())
        {
            var match = MatchOf(rule, inner);
            var fails = Nodes.IsFalse(match);
            var shapes = rule.Outputs.Select(o => Lower(o, inner)).ToList();
            var same = Nodes.And([.. shapes.Zip(outputs, (a, b) =>
                Same(a, b.Item1) is { } equal ? Nodes.IsTrue(equal) : Nodes.Bool(false))]);
            known = Nodes.Or(Nodes.IsTrue(match), Nodes.And(fails, known),
                Nodes.And(Nodes.IsUnknown(match), known, same));
            for (var k = 0; k < outputs.Length; k++)
            {
                var (rest, restCauses) = outputs[k];
                var causes = Causes(rule.Outputs[k], inner).Select(c => Nodes.And(Nodes.Not(fails), c));
                outputs[k] = (Choose(fails, () => rest, () => shapes[k]),
                    Union([causes, restCauses.Select(c => Nodes.And(fails, c))]));
            }
        }
        return new ContextShape(table.OutputNames.Zip(outputs).ToDictionary(p => p.First, p => p.Second), known);
    }
}
