using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Policy.Plans;

/// <summary>Arithmetic over fractions, comparison, dates.</summary>
internal sealed partial class Lowering
{
    private Shape LowerArithmetic(Arithmetic arithmetic, LoweringScope scope)
    {
        var (a, b) = (Lower(arithmetic.Left, scope), Lower(arithmetic.Right, scope));
        if (a is UnknownShape || b is UnknownShape) return UnknownShape.Instance;
        return (arithmetic.Operator, a, b) switch
        {
            (ArithmeticOperator.Add, NumberShape x, NumberShape y) => Add(x, y),
            (ArithmeticOperator.Subtract, NumberShape x, NumberShape y) => Subtract(x, y),
            (ArithmeticOperator.Multiply, NumberShape x, NumberShape y) => Multiply(x, y),
            (ArithmeticOperator.Divide, NumberShape x, NumberShape y) => Divide(x, y),
            (ArithmeticOperator.Add, TextShape x, TextShape y) => new TextShape(Nodes.Concat(x.Node, y.Node)),
            (ArithmeticOperator.Multiply, MonthsShape m, NumberShape y) => Months(m, y),
            (ArithmeticOperator.Multiply, NumberShape x, MonthsShape m) => Months(m, x),
            (ArithmeticOperator.Add, DateShape d, MonthsShape m) => new DateShape(Nodes.AddMonths(d.Node, m.Months)),
            (ArithmeticOperator.Subtract, DateShape d, MonthsShape m) =>
                new DateShape(Nodes.AddMonths(d.Node, Nodes.Subtract(Nodes.Number(0m), m.Months))),
            (ArithmeticOperator.Add, DateShape d, DaysShape n) => new DateShape(Nodes.AddDays(d.Node, n.Days)),
            (ArithmeticOperator.Subtract, DateShape d, DaysShape n) =>
                new DateShape(Nodes.AddDays(d.Node, Nodes.Subtract(Nodes.Number(0m), n.Days))),
            _ => Refuse($"{arithmetic.Operator}没有列式写法：{a.GetType().Name}、{b.GetType().Name}"),
        };
    }

    /// <summary>Months are whole: a fraction is cut off.</summary>
    private MonthsShape Months(MonthsShape months, NumberShape times) =>
        new(Rounded(Multiply(new NumberShape(months.Months), times), 0, DivideMode.Down));

    public NumberShape Add(NumberShape a, NumberShape b) => Sum(a, b, Nodes.Add);

    public NumberShape Subtract(NumberShape a, NumberShape b) => Sum(a, b, Nodes.Subtract);

    /// <summary>What keeps its meaning when both numbers are multiplied by the same positive one, over a common bottom.
    /// </summary>
    private NumberShape Sum(NumberShape a, NumberShape b, Func<Node, Node, Node> compute)
    {
        if (a.Bottom is null && b.Bottom is null) return new NumberShape(OneScale(a.Top, b.Top, compute));
        if (ReferenceEquals(a.Bottom, b.Bottom))
            return new NumberShape(OneScale(a.Top, b.Top, compute), a.Bottom);
        var (left, right) = (Times(a.Top, b.Bottom), Times(b.Top, a.Bottom));
        return new NumberShape(OneScale(left, right, compute), Product(a.Bottom, b.Bottom));
    }

    public NumberShape Multiply(NumberShape a, NumberShape b) =>
        new(Nodes.Multiply(a.Top, b.Top), Product(a.Bottom, b.Bottom));

    private NumberShape Divide(NumberShape a, NumberShape b)
    {
        var divisor = Nodes.NonZero(b.Top);
        if (divisor.Op != Op.Unknown && !(divisor.Low > 0))
        {
            Refuse("除数可能为负，没有列式写法");
            return new NumberShape(Nodes.Unknown(NodeType.Number));
        }
        return new NumberShape(Times(a.Top, b.Bottom), Product(a.Bottom, divisor));
    }

    private Node Times(Node number, Node? factor) => factor is null ? number : Nodes.Multiply(number, factor);

    private Node? Product(Node? a, Node? b) => a is null ? b : b is null ? a : Nodes.Multiply(a, b);

    private Node OneScale(Node a, Node b, Func<Node, Node, Node> compute)
    {
        var scale = Math.Max(a.Scale, b.Scale);
        return compute(Nodes.AtScale(a, scale), Nodes.AtScale(b, scale));
    }

    private Shape LowerCompare(Compare compare, LoweringScope scope)
    {
        var (a, b) = (Lower(compare.Left, scope), Lower(compare.Right, scope));
        if (a is UnknownShape || b is UnknownShape) return UnknownShape.Instance;
        Node? equal = (a, b) switch
        {
            (TextShape x, TextShape y) => Nodes.TextEqual(x.Node, y.Node),
            (BoolShape x, BoolShape y) => Nodes.If(x.Node, y.Node, Nodes.Not(y.Node)),
            _ => null,
        };
        if (equal is not null && compare.Operator is ComparisonOperator.Equal) return new BoolShape(equal);
        if (equal is not null && compare.Operator is ComparisonOperator.NotEqual)
            return new BoolShape(Nodes.Not(equal));
        return equal is null && Compare(compare.Operator, a, b) is { } node ? new BoolShape(node)
            : Refuse($"比较没有列式写法：{a.GetType().Name}、{b.GetType().Name}");
    }

    /// <summary>Two numbers or two dates compared; null for anything else.</summary>
    private Node? Compare(ComparisonOperator op, Shape a, Shape b)
    {
        Node left, right;
        switch (a, b)
        {
            case (NumberShape x, NumberShape y):
                (left, right) = (Times(x.Top, y.Bottom), Times(y.Top, x.Bottom));
                var scale = Math.Max(left.Scale, right.Scale);
                (left, right) = (Nodes.AtScale(left, scale), Nodes.AtScale(right, scale));
                break;
            case (DateShape x, DateShape y):
                (left, right) = (x.Node, y.Node);
                break;
            default:
                return null;
        }
        return op switch
        {
            ComparisonOperator.Equal => Nodes.Equal(left, right),
            ComparisonOperator.NotEqual => Nodes.Not(Nodes.Equal(left, right)),
            ComparisonOperator.Less => Nodes.Less(left, right),
            ComparisonOperator.LessOrEqual => Nodes.LessOrEqual(left, right),
            ComparisonOperator.Greater => Nodes.Less(right, left),
            _ => Nodes.LessOrEqual(right, left),
        };
    }

    private NumberShape If(Node condition, NumberShape a, NumberShape b)
    {
        var scale = Math.Max(a.Top.Scale, b.Top.Scale);
        var (x, y) = (Nodes.AtScale(a.Top, scale), Nodes.AtScale(b.Top, scale));
        if (ReferenceEquals(a.Bottom, b.Bottom)) return new NumberShape(Nodes.If(condition, x, y), a.Bottom);
        var one = Nodes.Number(1m);
        var (p, q) = (a.Bottom ?? one, b.Bottom ?? one);
        // Constant bottoms: over a common one, so that equal numbers are equal tops.
        if (p.Op == Op.Constant && q.Op == Op.Constant)
            return new NumberShape(OneScale(Nodes.Multiply(a.Top, q), Nodes.Multiply(b.Top, p),
                (x2, y2) => Nodes.If(condition, x2, y2)), Nodes.Multiply(p, q));
        scale = Math.Max(p.Scale, q.Scale);
        var same = condition.MayBeUnknown ? Compare(ComparisonOperator.Equal, a, b) : null;
        // Top and bottom are chosen apart, but known together: the fraction is unknown where either is.
        return new NumberShape(Nodes.If(condition, x, y, same),
            Nodes.If(condition, Nodes.AtScale(p, scale), Nodes.AtScale(q, scale), same));
    }

    /// <summary>The less or the greater of two numbers or dates.</summary>
    private Shape Extreme(Shape a, Shape b, bool least)
    {
        switch (a, b)
        {
            case (DateShape x, DateShape y):
                return new DateShape(least ? Nodes.Minimum(x.Node, y.Node) : Nodes.Maximum(x.Node, y.Node));
            case (NumberShape x, NumberShape y):
                return Sum(x, y, least ? Nodes.Minimum : Nodes.Maximum);
            case (UnknownShape, _) or (_, UnknownShape):
                return UnknownShape.Instance;
            default:
                return Refuse("min、max 只对数和日期有列式写法");
        }
    }

    /// <summary>A number rounded to so many places: an integer at that scale.</summary>
    /// <param name="number">What is rounded.</param>
    /// <param name="scale">Places of the result.</param>
    /// <param name="mode">Where it goes.</param>
    /// <param name="step">The result is a multiple of so many of its units.</param>
    public Node Rounded(NumberShape number, int scale, DivideMode mode, Int128? step = null)
    {
        var (top, bottom) = (number.Top, number.Bottom ?? Nodes.Number(1m));
        // top 10^-t / (bottom 10^-b) in units of 10^-scale
        var shift = scale - top.Scale + bottom.Scale;
        if (shift > 0) top = Nodes.AtScale(top, top.Scale + shift);
        if (shift < 0) bottom = Nodes.AtScale(bottom, bottom.Scale - shift);
        if (step is { } s && s != 1) bottom = Nodes.Multiply(bottom, Nodes.Number(s, 0));
        var rounded = Nodes.Divide(top, bottom, mode, scale);
        return step is { } size && size != 1 ? Nodes.Multiply(rounded, Nodes.Number(size, 0)) : rounded;
    }

    private Shape LowerRange(RangeLiteral range, LoweringScope scope)
    {
        var start = range.Start is { } s ? Lower(s, scope) : null;
        var end = range.End is { } e ? Lower(e, scope) : null;
        if (start is UnknownShape || end is UnknownShape) return UnknownShape.Instance;
        var valid = start is null || end is null ? Nodes.Bool(true)
            : Compare(ComparisonOperator.LessOrEqual, start, end) is { } order ? Nodes.Not(Nodes.IsFalse(order)) : null;
        return valid is null ? Refuse("区间只对数和日期有列式写法")
            : new RangeShape(start, range.StartIncluded, end, range.EndIncluded, valid);
    }

    private Shape LowerInRange(InRange range, LoweringScope scope)
    {
        var value = Lower(range.Value, scope);
        var above = range.Low is { } low ? Side(value, Lower(low, scope), range.LowIncluded, true) : Nodes.Bool(true);
        var below = range.High is { } high ? Side(value, Lower(high, scope), range.HighIncluded, false)
            : Nodes.Bool(true);
        return above is null || below is null ? Refuse("区间只对数和日期有列式写法")
            : new BoolShape(Nodes.And(above, below));
    }

    /// <summary>Whether a value is on the right side of an end.</summary>
    private Node? Side(Shape value, Shape end, bool included, bool isLow)
    {
        if (value is UnknownShape || end is UnknownShape) return Nodes.Unknown(NodeType.Bool);
        var op = (isLow, included) switch
        {
            (true, true) => ComparisonOperator.GreaterOrEqual,
            (true, false) => ComparisonOperator.Greater,
            (false, true) => ComparisonOperator.LessOrEqual,
            _ => ComparisonOperator.Less,
        };
        return Compare(op, value, end);
    }

    /// <summary>Whether a value lies in a range value: unknown where the range can't be made.</summary>
    private Node? Contains(RangeShape range, Shape value)
    {
        var above = range.Start is { } start ? Side(value, start, range.StartIncluded, true) : Nodes.Bool(true);
        var below = range.End is { } end ? Side(value, end, range.EndIncluded, false) : Nodes.Bool(true);
        if (above is null || below is null) return null;
        return Nodes.If(RangeKnown(range), Nodes.And(above, below), Nodes.Unknown(NodeType.Bool));
    }

    /// <summary>Where both ends are known and in order.</summary>
    private Node RangeKnown(RangeShape range) => Nodes.And(range.Valid, KnownEnd(range.Start), KnownEnd(range.End));

    private Node KnownEnd(Shape? end) => end is null ? Nodes.Bool(true) : IsKnown(end);

    /// <summary>Where a shape is known (never unknown itself).</summary>
    public Node IsKnown(Shape shape) => shape switch
    {
        BoolShape b => Nodes.IsKnown(b.Node),
        DateShape d => Nodes.IsKnown(d.Node),
        TextShape t => Nodes.IsKnown(t.Node),
        TextsShape t => Nodes.IsKnown(t.Node),
        NumberShape n => n.Bottom is { } b ? Nodes.And(Nodes.IsKnown(n.Top), Nodes.IsKnown(b)) : Nodes.IsKnown(n.Top),
        MonthsShape m => Nodes.IsKnown(m.Months),
        DaysShape d => Nodes.IsKnown(d.Days),
        RangeShape r => RangeKnown(r),
        RowShape r => LiftSure(r.Path, Nodes.Bool(true)),
        RowsShape r => r.Known,
        EachShape e => e.Rows.Known,
        ContextShape c => c.Known,
        UnknownShape => Nodes.Bool(false),
        _ => Nodes.Bool(true),
    };
}
