using System.Collections.Immutable;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using static Zhida.Feel.Functions.Declare;
using static Zhida.Feel.Types.FeelType;

namespace Zhida.Feel.Functions;

/// <summary>
/// How points and ranges lie to each other (DMN 1.5, 10.3.4.9, after Allen). A point p counts as [p..p], which gives
/// the standard's own formulas for points. Endpoints that are null lie at infinity.
/// </summary>
internal static class RangeFunctions
{
    private static readonly ImmutableArray<Parameter> Ranges = [P("range1", AnyRange), P("range2", AnyRange)];
    private static readonly ImmutableArray<Parameter> RangePoint = [P("range", AnyRange), P("point", Any)];
    private static readonly ImmutableArray<Parameter> PointRange = [P("point", Any), P("range", AnyRange)];
    private static readonly ImmutableArray<Parameter> Points = [P("point1", Any), P("point2", Any)];

    public static IEnumerable<Builtin> All =>
    [
        Related("before", Before, Ranges, RangePoint, PointRange, Points),
        Related("after", (a, b) => Before(b, a), Ranges, RangePoint, PointRange, Points),
        Related("meets", Meets, Ranges),
        Related("met by", (a, b) => Meets(b, a), Ranges),
        Related("overlaps", Overlaps, Ranges),
        Related("overlaps before", OverlapsBefore, Ranges),
        Related("overlaps after", (a, b) => OverlapsBefore(b, a), Ranges),
        Related("finishes", Finishes, Ranges, PointRange),
        Related("finished by", (a, b) => Finishes(b, a), Ranges, RangePoint),
        Related("includes", Includes, Ranges, RangePoint),
        Related("during", (a, b) => Includes(b, a), Ranges, PointRange),
        Related("starts", Starts, Ranges, PointRange),
        Related("started by", (a, b) => Starts(b, a), Ranges, RangePoint),
        Related("coincides", Coincides, Ranges, Points),
    ];

    private static Builtin Related(
        string name, Func<Extent, Extent, bool> relation, params ImmutableArray<ImmutableArray<Parameter>> forms)
    {
        Value Run(Call call, ReadOnlySpan<Value> arguments)
        {
            var (a, b) = (Extent.Of(arguments[0]), Extent.Of(arguments[1]));
            return Extent.AreComparable(a, b)
                ? Value.Of(relation(a, b))
                : call.Fail($"{name}：两个参数不能比较先后");
        }
        return Function(name, [.. forms.Select(parameters => Form(FeelType.Boolean, parameters, Run))]);
    }

    private static bool Before(Extent a, Extent b) =>
        Order.EndToStart(a, b) is var order && (order < 0 || (order == 0 && !(a.EndIn && b.StartIn)));

    private static bool Meets(Extent a, Extent b) => a.EndIn && b.StartIn && Order.EndToStart(a, b) == 0;

    private static bool Overlaps(Extent a, Extent b) => !Before(a, b) && !Before(b, a);

    private static bool OverlapsBefore(Extent a, Extent b)
    {
        var starts = Order.Starts(a, b);
        var ends = Order.Ends(a, b);
        return (starts < 0 || (starts == 0 && a.StartIn && !b.StartIn)) && !Before(a, b) &&
            (ends < 0 || (ends == 0 && (!a.EndIn || b.EndIn)));
    }

    private static bool Finishes(Extent a, Extent b) =>
        a.EndIn == b.EndIn && Order.Ends(a, b) == 0 && StartsWithin(a, b);

    private static bool Starts(Extent a, Extent b) =>
        a.StartIn == b.StartIn && Order.Starts(a, b) == 0 && EndsWithin(a, b);

    private static bool Includes(Extent a, Extent b) => StartsWithin(b, a) && EndsWithin(b, a);

    private static bool Coincides(Extent a, Extent b) =>
        a.StartIn == b.StartIn && a.EndIn == b.EndIn && Order.Starts(a, b) == 0 && Order.Ends(a, b) == 0;

    /// <summary>The start of a is not outside b.</summary>
    private static bool StartsWithin(Extent a, Extent b) =>
        Order.Starts(a, b) is var order && (order > 0 || (order == 0 && (!a.StartIn || b.StartIn)));

    private static bool EndsWithin(Extent a, Extent b) =>
        Order.Ends(a, b) is var order && (order < 0 || (order == 0 && (!a.EndIn || b.EndIn)));

    /// <summary>A range, or a point as the range of that point alone.</summary>
    private readonly record struct Extent(Value Start, bool StartIn, Value End, bool EndIn)
    {
        public static Extent Of(in Value v) => v.Kind == ValueKind.Range
            ? new(v.Range.Start, v.Range.StartIncluded, v.Range.End, v.Range.EndIncluded)
            : new(v, true, v, true);

        public static bool AreComparable(in Extent a, in Extent b) =>
            Comparable(a.Start, b.Start) && Comparable(a.Start, b.End) && Comparable(a.End, b.Start) &&
            Comparable(a.End, b.End) && !(a.Start.IsNull && a.End.IsNull) && !(b.Start.IsNull && b.End.IsNull);

        private static bool Comparable(in Value x, in Value y) =>
            x.IsNull || y.IsNull || Operations.TryCompare(x, y, out _);
    }

    /// <summary>Orders of endpoints that are comparable or infinite.</summary>
    private static class Order
    {
        public static int Starts(in Extent a, in Extent b) => Of(a.Start, -1, b.Start, -1);

        public static int Ends(in Extent a, in Extent b) => Of(a.End, 1, b.End, 1);

        public static int EndToStart(in Extent a, in Extent b) => Of(a.End, 1, b.Start, -1);

        private static int Of(in Value x, int infinityX, in Value y, int infinityY)
        {
            if (x.IsNull || y.IsNull) return (x.IsNull ? infinityX : 0).CompareTo(y.IsNull ? infinityY : 0);
            Operations.TryCompare(x, y, out var order);
            return order;
        }
    }
}
