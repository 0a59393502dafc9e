using Zhida.Feel.Values;

namespace Zhida.Policy.Reference;

/// <summary>Days, months and years between dates, as policies count them. Dates are days since 1970-01-01.</summary>
internal static class Civil
{
    /// <summary>Days from one date to another, both counted; 0 where the second is before the first.</summary>
    public static long Days(long from, long to) => Math.Max(0, to - from + 1);

    /// <summary>Days that two spans have in common, all ends counted.</summary>
    public static long Overlap(long from, long to, long otherFrom, long otherTo) =>
        Days(Math.Max(from, otherFrom), Math.Min(to, otherTo));

    /// <summary>Whole months from one date to another: a month is full on the same day of a later month, or on its last
    /// day where it has no such day (民法典 第二百零二条). Negative where the second is before the first.</summary>
    public static long WholeMonths(long from, long to)
    {
        if (to < from) return -WholeMonths(to, from);
        var (fromYear, fromMonth, _) = FeelDate.ToCivil(from);
        var (toYear, toMonth, _) = FeelDate.ToCivil(to);
        var months = (toYear - fromYear) * 12 + toMonth - fromMonth;
        return FeelDate.TryAddMonths(from, months, out var full) && full <= to ? months : months - 1;
    }
}
