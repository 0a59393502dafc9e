using Zhida.Policy.Reference;

namespace Zhida.Policy.Plans;

/// <summary>Numbers, dates and what is summed over children.</summary>
public sealed partial class PlanBuilder
{
    /// <summary>A number at a scale that is not less than its own.</summary>
    public Node AtScale(Node number, int scale)
    {
        if (number.Scale == scale) return number;
        if (number.Op == Op.Unknown) return Unknown(NodeType.Number, scale);
        var power = PowerOfTen(scale - number.Scale);
        if (number.Op == Op.Constant) return Number((Int128)number.Constant * power, scale);
        return Make(Op.Rescale, NodeType.Number, scale - number.Scale, [number], number.MayBeUnknown, scale,
            Product(number.Low, power), Product(number.High, power));
    }

    public Node Add(Node a, Node b) => Sum(Op.Add, a, b, (x, y) => x + y, Total(a.Low, b.Low), Total(a.High, b.High));

    public Node Subtract(Node a, Node b) =>
        Sum(Op.Subtract, a, b, (x, y) => x - y, Total(a.Low, -b.High), Total(a.High, -b.Low));

    private Node Sum(Op op, Node a, Node b, Func<Int128, Int128, Int128> compute, Int128? low, Int128? high)
    {
        if (a.Op == Op.Unknown || b.Op == Op.Unknown) return Unknown(NodeType.Number, a.Scale);
        if (b is { Op: Op.Constant, Payload: Int128 zero } && zero == 0) return a;
        if (op == Op.Add && a is { Op: Op.Constant, Payload: Int128 none } && none == 0) return b;
        return a.Op == Op.Constant && b.Op == Op.Constant
            ? Number(compute((Int128)a.Constant, (Int128)b.Constant), a.Scale)
            : Make(op, NodeType.Number, null, [a, b], a.MayBeUnknown || b.MayBeUnknown, a.Scale, low, high);
    }

    /// <summary>The product, at the sum of the scales.</summary>
    public Node Multiply(Node a, Node b)
    {
        if (a.Op == Op.Unknown || b.Op == Op.Unknown) return Unknown(NodeType.Number, a.Scale + b.Scale);
        if (IsOne(a)) return b;
        if (IsOne(b)) return a;
        if (a.Op == Op.Constant && b.Op == Op.Constant)
            return Number((Int128)a.Constant * (Int128)b.Constant, a.Scale + b.Scale);
        Int128?[] corners =
            [Product(a.Low, b.Low), Product(a.Low, b.High), Product(a.High, b.Low), Product(a.High, b.High)];
        var open = Array.Exists(corners, c => c is null);
        var floor = a.Low >= 0 && b.Low >= 0 ? (Int128?)0 : null;
        return Make(Op.Multiply, NodeType.Number, null, [a, b], a.MayBeUnknown || b.MayBeUnknown, a.Scale + b.Scale,
            open ? floor : corners.Min(), open ? null : corners.Max());
    }

    private static bool IsOne(Node node) => node is { Op: Op.Constant, Scale: 0, Payload: Int128 one } && one == 1;

    public Node Less(Node a, Node b) => Compare(Op.Less, a, b, order => order < 0);

    public Node LessOrEqual(Node a, Node b) => Compare(Op.LessOrEqual, a, b, order => order <= 0);

    public Node Equal(Node a, Node b) => Compare(Op.Equal, a, b, order => order == 0);

    private Node Compare(Op op, Node a, Node b, Func<int, bool> holds)
    {
        if (a.Op == Op.Unknown || b.Op == Op.Unknown) return Unknown(NodeType.Bool);
        return a.Op == Op.Constant && b.Op == Op.Constant
            ? Bool(holds(((IComparable)a.Constant).CompareTo(b.Constant)))
            : Make(op, NodeType.Bool, null, [a, b], a.MayBeUnknown || b.MayBeUnknown);
    }

    public Node Minimum(Node a, Node b) => Extreme(Op.Minimum, a, b, Least(a.Low, b.Low), Lesser(a.High, b.High));

    public Node Maximum(Node a, Node b) => Extreme(Op.Maximum, a, b, Greater(a.Low, b.Low), Most(a.High, b.High));

    private Node Extreme(Op op, Node a, Node b, Int128? low, Int128? high)
    {
        if (a.Op == Op.Unknown || b.Op == Op.Unknown) return Unknown(a.Type, a.Scale);
        if (ReferenceEquals(a, b)) return a;
        if (a.Op == Op.Constant && b.Op == Op.Constant)
            return ((IComparable)a.Constant).CompareTo(b.Constant) < 0 == (op == Op.Minimum) ? a : b;
        return Make(op, a.Type, null, [a, b], a.MayBeUnknown || b.MayBeUnknown, a.Scale, low, high);
    }

    /// <summary>The quotient of two scaled integers, rounded to an integer that stands for a number of <paramref
    /// name="scale"/>.</summary>
    public Node Divide(Node numerator, Node denominator, DivideMode mode, int scale)
    {
        if (numerator.Op == Op.Unknown || denominator.Op == Op.Unknown) return Unknown(NodeType.Number, scale);
        if (denominator.Op == Op.Constant && (Int128)denominator.Constant == 1)
            return WithScale(numerator, scale);
        if (numerator.Op == Op.Constant && denominator.Op == Op.Constant)
            return Number(Quotient((Int128)numerator.Constant, (Int128)denominator.Constant, mode), scale);
        var least = denominator.Low is { } d && d > 1 ? d : 1;
        return Make(Op.Divide, NodeType.Number, mode, [numerator, denominator],
            numerator.MayBeUnknown || denominator.MayBeUnknown, scale,
            numerator.Low >= 0 ? 0 : numerator.Low - 1, numerator.High < 0 ? 0 : numerator.High / least + 1);
    }

    /// <summary>The same integers read at another scale: × 10^0.</summary>
    private Node WithScale(Node number, int scale) => number.Scale == scale ? number
        : number.Op == Op.Constant ? Number((Int128)number.Constant, scale)
        : Make(Op.Rescale, NodeType.Number, 0, [number], number.MayBeUnknown, scale, number.Low, number.High);

    /// <summary>A quotient as an integer; the divisor is positive.</summary>
    public static Int128 Quotient(Int128 dividend, Int128 divisor, DivideMode mode)
    {
        var (quotient, rest) = Int128.DivRem(dividend, divisor);
        var away = mode switch
        {
            DivideMode.Down => false,
            DivideMode.Up => rest != 0,
            DivideMode.Floor => rest < 0,
            DivideMode.Ceiling => rest > 0,
            _ => Int128.Abs(rest) >= divisor - Int128.Abs(rest),
        };
        return away && rest != 0 ? quotient + (dividend < 0 ? -1 : 1) : quotient;
    }

    public Node NonZero(Node number)
    {
        if (number.Op == Op.Constant)
            return (Int128)number.Constant == 0 ? Unknown(NodeType.Number, number.Scale) : number;
        if (number.Low > 0 || number.High < 0 || number.Op == Op.Unknown) return number;
        return Make(Op.NonZero, NodeType.Number, null, [number], true, number.Scale,
            number.Low == 0 ? 1 : number.Low, number.High);
    }

    public Node Days(Node first, Node last)
    {
        if (first.Op == Op.Unknown || last.Op == Op.Unknown) return Unknown(NodeType.Number);
        return first.Op == Op.Constant && last.Op == Op.Constant
            ? Number(Civil.Days((long)first.Constant, (long)last.Constant), 0)
            : Make(Op.Days, NodeType.Number, null, [first, last], first.MayBeUnknown || last.MayBeUnknown, 0, 0,
                2_000_000);
    }

    public Node WholeMonths(Node from, Node to)
    {
        if (from.Op == Op.Unknown || to.Op == Op.Unknown) return Unknown(NodeType.Number);
        return from.Op == Op.Constant && to.Op == Op.Constant
            ? Number(Civil.WholeMonths((long)from.Constant, (long)to.Constant), 0)
            : Make(Op.WholeMonths, NodeType.Number, null, [from, to], from.MayBeUnknown || to.MayBeUnknown, 0,
                -100_000, 100_000);
    }

    public Node IndustryGroup(Node text) => text.Op == Op.Unknown ? Unknown(NodeType.Number)
        : Make(Op.IndustryGroup, NodeType.Number, null, [text], true, 0, 0, 999);

    public Node Lpr(Node date, Node tenor) => date.Op == Op.Unknown || tenor.Op == Op.Unknown
        ? Unknown(NodeType.Number, LprScale)
        : Make(Op.Lpr, NodeType.Number, null, [date, tenor], true, LprScale, 0, PowerOfTen(LprScale));

    public Node AddDays(Node date, Node days)
    {
        if (date.Op == Op.Unknown || days.Op == Op.Unknown) return Unknown(NodeType.Date);
        return date.Op == Op.Constant && days.Op == Op.Constant
            ? Date((long)date.Constant + (long)(Int128)days.Constant)
            : Make(Op.AddDays, NodeType.Date, null, [date, days], date.MayBeUnknown || days.MayBeUnknown);
    }

    public Node AddMonths(Node date, Node months)
    {
        if (date.Op == Op.Unknown || months.Op == Op.Unknown) return Unknown(NodeType.Date);
        if (date.Op == Op.Constant && months.Op == Op.Constant &&
            Feel.Values.FeelDate.TryAddMonths((long)date.Constant, (long)(Int128)months.Constant, out var later))
            return Date(later);
        return Make(Op.AddMonths, NodeType.Date, null, [date, months], date.MayBeUnknown || months.MayBeUnknown);
    }

    /// <summary>Sum, Least, Most, Count, Some or Every over the pairs of each outer row.</summary>
    public Node Over(Op op, PairDomain pairs, Node each)
    {
        var unknown = op is Op.Sum or Op.Least or Op.Most || op != Op.Count && each.MayBeUnknown;
        if (each.IsFalse && op == Op.Some || each.IsTrue && op == Op.Every) return each;
        if (op == Op.Some && Outer(each) is { Count: > 0 } outer)
            return And([.. outer.Select(o => o.Children[0]), Over(op, pairs,
                And([.. each.Op == Op.And ? each.Children.Except(outer) : []]))]);
        // Most that a sum may be: no one has more children than this.
        var (low, high) = op == Op.Sum ? (Product(each.Low, 1_000_000), Product(each.High, 1_000_000))
            : op == Op.Count ? (0, 1_000_000) : (each.Low, each.High);
        if (op == Op.Sum && each.Low >= 0) low = 0;
        var type = op is Op.Some or Op.Every ? NodeType.Bool : op == Op.Count ? NodeType.Number : each.Type;
        return Intern(op, type, pairs.Outer, pairs, [each], op == Op.Count ? 0 : each.Scale, low, high, unknown);
    }

    /// <summary>The parts of a conjunction over pairs that hang on the outer row alone and are never unknown.</summary>
    private static List<Node> Outer(Node each) => [.. (each.Op == Op.And ? each.Children : [each]).Where(n =>
        n is { Op: Op.Lift, MayBeUnknown: false, Payload: Hop { Kind: HopKind.Outer } })];

    private Node Make(Op op, NodeType type, object? payload, Node[] children, bool mayBeUnknown, int scale = 0,
        Int128? low = null, Int128? high = null)
    {
        Hop? common = null;
        Domain? domain = null;
        var lifted = true;
        foreach (var child in children)
        {
            if (child.Domain is null) continue;
            if (domain is not null && domain != child.Domain)
                throw new InvalidOperationException($"{op} over {domain} and {child.Domain}");
            domain = child.Domain;
            lifted &= child.Op == Op.Lift && (common is null || ReferenceEquals(common, child.Payload));
            common = child.Payload as Hop;
        }
        // Not through a step that may lead nowhere, where the result is known even then.
        if (!lifted || common is null || !common.IsCertain && op is Op.IsKnown or Op.IsTrue or Op.IsFalse)
            return Intern(op, type, domain, payload, children, scale, low, high, mayBeUnknown);
        Node[] inner = [.. children.Select(c => c.Domain is null ? c : c.Children[0])];
        return Lift(common, Again(op, type, payload, inner, scale, low, high));
    }

    /// <summary>The same operation on other operands, on which more may be folded.</summary>
    private Node Again(
        Op op, NodeType type, object? payload, Node[] inner, int scale, Int128? low, Int128? high) => op switch
    {
        Op.And or Op.Or => Connect(op, inner),
        Op.Not => Not(inner[0]),
        Op.If => If(inner[0], inner[1], inner[2], inner.Length > 3 ? inner[3] : null),
        Op.IsKnown => IsKnown(inner[0]),
        Op.IsTrue or Op.IsFalse => Is(inner[0], op == Op.IsTrue),
        _ => Make(op, type, payload, inner, op is Op.NonZero or Op.Lpr or Op.IndustryGroup ||
            Array.Exists(inner, c => c.MayBeUnknown), scale, low, high),
    };

    private static Int128? Total(Int128? a, Int128? b) => a is { } x && b is { } y && Fits(x) && Fits(y) ? x + y : null;

    private static Int128? Product(Int128? a, Int128? b)
    {
        if (a is not { } x || b is not { } y) return null;
        try
        {
            return checked(x * y) is var product && Fits(product) ? product : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>Leaves room for one sum.</summary>
    private static bool Fits(Int128 x) => Int128.Abs(x) < Int128.MaxValue / 4;

    private static Int128? Least(Int128? a, Int128? b) => a is { } x && b is { } y ? Int128.Min(x, y) : null;

    private static Int128? Most(Int128? a, Int128? b) => a is { } x && b is { } y ? Int128.Max(x, y) : null;

    private static Int128? Lesser(Int128? a, Int128? b) => a is null ? b : b is null ? a : Least(a, b);

    private static Int128? Greater(Int128? a, Int128? b) => a is null ? b : b is null ? a : Most(a, b);
}
