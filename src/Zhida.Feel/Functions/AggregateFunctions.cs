using Zhida.Feel.Types;
using Zhida.Feel.Values;
using static Zhida.Feel.Functions.Declare;
using static Zhida.Feel.Types.FeelType;

namespace Zhida.Feel.Functions;

/// <summary>Functions that make one value of a list (DMN 1.5, 10.3.4.4). Of an empty list they are null, but for
/// <c>mode</c>, which is the empty list.</summary>
internal static class AggregateFunctions
{
    public static IEnumerable<Builtin> All =>
    [
        new("min", ListOrItems(Any, Results.Common, (call, items) => Extreme(call, items, -1))),
        new("max", ListOrItems(Any, Results.Common, (call, items) => Extreme(call, items, 1))),
        new("sum", [
            .. ListOrItems(Number, Results.Common, (call, items) => Empty(call, items) ?? Value.Of(Sum(items))),
            .. ListOrItems(DaysDuration, Results.Common, (call, items) => Value.OfDaysDuration(Sum(items))),
            .. ListOrItems(MonthsDuration, Results.Common, (_, items) => Value.OfMonthsDuration(SumMonths(items))),
        ]),
        new("mean", [
            .. ListOrItems(Number, Results.Common,
                (call, items) => Empty(call, items) ?? Value.Of(Sum(items) / items.Length)),
            .. ListOrItems(DaysDuration, Results.Common,
                (call, items) => Value.OfDaysDuration(decimal.Round(Sum(items) / items.Length, 9))),
            .. ListOrItems(MonthsDuration, Results.Common,
                (call, items) => Value.OfMonthsDuration(SumMonths(items) / items.Length)),
        ]),
        new("product", ListOrItems(Number, Results.Pure, (call, items) =>
        {
            if (Empty(call, items) is { } none) return none;
            var product = 1m;
            foreach (ref readonly var item in items) product *= item.Number;
            return Value.Of(product);
        })),
        new("median", ListOrItems(Number, Results.Common, Median)),
        new("stddev", ListOrItems(Number, Results.Common, Deviation)),
        new("mode", ListOrItems(Number, Results.ListOfCommon, Mode)),
    ];

    private static Value? Empty(Call call, ReadOnlySpan<Value> items) =>
        items.IsEmpty ? call.Fail("空列表没有结果") : null;

    private static decimal Sum(ReadOnlySpan<Value> items)
    {
        var sum = 0m;
        foreach (ref readonly var item in items) sum += item.Number;
        return sum;
    }

    private static long SumMonths(ReadOnlySpan<Value> items)
    {
        var sum = 0L;
        foreach (ref readonly var item in items) sum = checked(sum + item.Months);
        return sum;
    }

    /// <summary>The last (direction 1) or first (−1) of items that all have an order.</summary>
    private static Value Extreme(Call call, ReadOnlySpan<Value> items, int direction)
    {
        if (Empty(call, items) is { } none) return none;
        var extreme = items[0];
        foreach (ref readonly var item in items)
        {
            if (!Operations.TryCompare(item, extreme, out var order)) return call.Fail("列表中的项不能比较大小");
            if (Math.Sign(order) == direction) extreme = item;
        }
        return extreme;
    }

    private static decimal[] Sorted(ReadOnlySpan<Value> items)
    {
        var numbers = new decimal[items.Length];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = items[i].Number;
        Array.Sort(numbers);
        return numbers;
    }

    private static Value Median(Call call, ReadOnlySpan<Value> items)
    {
        if (Empty(call, items) is { } none) return none;
        var sorted = Sorted(items);
        var middle = sorted.Length / 2;
        return Value.Of(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /// <summary>The standard deviation of a sample: divided by n − 1.</summary>
    private static Value Deviation(Call call, ReadOnlySpan<Value> items)
    {
        if (items.Length < 2) return call.Fail("标准差至少要有两项");
        var mean = Sum(items) / items.Length;
        var squares = 0m;
        foreach (ref readonly var item in items) squares += (item.Number - mean) * (item.Number - mean);
        return Value.Of(DecimalMath.Sqrt(squares / (items.Length - 1)));
    }

    /// <summary>The most frequent numbers, ascending.</summary>
    private static Value Mode(Call call, ReadOnlySpan<Value> items)
    {
        var runs = Sorted(items).GroupBy(n => n).Select(g => (Number: g.Key, Count: g.Count())).ToArray();
        var most = runs.Length == 0 ? 0 : runs.Max(r => r.Count);
        return Value.OfList([.. runs.Where(r => r.Count == most).Select(r => Value.Of(r.Number))]);
    }
}
