using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;

namespace Zhida.Evaluation.Reports;

/// <summary>Gaps of one item and condition: the quartiles by nearest rank, in words with the unit.</summary>
public sealed record Quartiles(string Low, string Middle, string High, long[] Values, long Lines);

/// <summary>Lines of one item in one city.</summary>
public sealed record CityReasons(string City, DueCount Due, long Undecided, long Failed, long Near);

/// <summary>A condition of an item: how many lines fail at it first, how many at it alone (差一点), and how far these
/// are from it.</summary>
public sealed record ConditionReasons(Condition Condition, long Failed, long Near, Quartiles? Gap);

/// <summary>Why the lines of one item came out as they did.</summary>
public sealed record ItemReasons(
    Item Item, DueCount Due, long Undecided, long Failed, long Near, IReadOnlyList<CityReasons> Cities,
    IReadOnlyList<ConditionReasons> Conditions, IReadOnlyList<(string Fact, long Lines)> Missing)
{
    public long Lines => Due.Lines + Undecided + Failed;
}

/// <summary>What --why tells, worked out from a tally.</summary>
public static class WhyReport
{
    /// <summary>The items that have lines, in the order of the program.</summary>
    public static IReadOnlyList<ItemReasons> Of(Tally tally) =>
        [.. Enumerable.Range(0, tally.Context.Items.Count).Select(i => Of(tally, i)).Where(r => r.Lines > 0)];

    private static ItemReasons Of(Tally tally, int item)
    {
        var failed = tally.Failed.Where(f => f.Item == item).ToList();
        var near = tally.Near.Where(n => n.Key.Item == item).ToList();
        var cities = Enumerable.Range(0, tally.Context.Cities.Names.Count)
            .Select(city => new CityReasons(tally.Context.Cities.Names[city],
                tally.DueLines(item, city),
                tally.UndecidedLines(item, city),
                failed.Where(f => f.City == city).Sum(f => f.Lines),
                near.Where(n => n.Key.City == city).Sum(n => n.Value)))
            .Where(c => c.Due.Lines + c.Undecided + c.Failed > 0).ToList();
        var conditions = tally.Context.Items[item].Conditions.Select((condition, i) => new ConditionReasons(
            condition, failed.Where(f => f.Condition == i).Sum(f => f.Lines),
            near.Where(n => n.Key.Condition == i).Sum(n => n.Value),
            tally.Gaps.TryGetValue((item, i), out var gaps) ? Of(gaps, Gap.TypeOf(condition.Expression)) : null));
        return new ItemReasons(
            tally.Context.Items[item],
            cities.Aggregate(new DueCount(), (sum, c) => new DueCount(sum.Lines + c.Due.Lines, sum.Fen + c.Due.Fen)),
            cities.Sum(c => c.Undecided), cities.Sum(c => c.Failed), cities.Sum(c => c.Near), cities,
            [.. conditions.Where(c => c.Failed > 0)],
            [.. tally.Missing.Where(m => m.Item == item).GroupBy(m => m.Fact)
                .Select(g => (Fact: g.Key, Lines: g.Sum(m => m.Lines)))
                .OrderByDescending(m => m.Lines).ThenBy(m => m.Fact, StringComparer.Ordinal)]);
    }

    private static Quartiles? Of(SortedDictionary<long, long> gaps, FeelType? type)
    {
        if (type is null) return null;
        var lines = gaps.Values.Sum();
        long[] values = [.. Enumerable.Range(1, 3).Select(quarter => At(gaps, (lines * quarter + 3) / 4))];
        return new Quartiles(Words(values[0], type), Words(values[1], type), Words(values[2], type), values, lines);
    }

    /// <summary>The gap of the line with this rank, from 1, where lines stand in the order of their gaps.</summary>
    private static long At(SortedDictionary<long, long> gaps, long rank)
    {
        foreach (var (gap, lines) in gaps)
            if ((rank -= lines) <= 0) return gap;
        return gaps.Keys.Last();
    }

    private static string Words(long gap, FeelType type)
    {
        var distance = (decimal)gap / LineSink.GapsOfUnit;
        if (type is not NumberType number) return distance.ToString("0", CultureInfo.InvariantCulture) + "天";
        // A share is told in per cent; in a gap it has no upper end of its own.
        return number is { Unit: null or { IsNone: true }, Minimum: 0, Maximum: 1 }
            ? (distance * 100).ToString("0.##", CultureInfo.InvariantCulture) + "个百分点"
            : number.Unit?.ToString() == "元" && distance >= 10_000
                ? (distance / 10_000).ToString("0.####", CultureInfo.InvariantCulture) + "万元"
                : ValueText.Number(distance, new NumberType(number.Unit));
    }

    /// <summary>分 as 万元 with two places, as summaries have it.</summary>
    public static string Wan(Int128 fen)
    {
        // Rounded half up; a sum of a province stays far below what decimal holds.
        var wan = decimal.Round((decimal)fen / 1_000_000, 2, MidpointRounding.AwayFromZero);
        return wan.ToString("#,##0.00", CultureInfo.InvariantCulture);
    }
}
