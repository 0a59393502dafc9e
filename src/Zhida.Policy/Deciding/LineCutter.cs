using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>The period of a line: its name, and the days of the accrual that fall into it (null: not known).</summary>
internal readonly record struct Period(string Name, int? Year, long? FirstDay, long? LastDay);

/// <summary>Cuts what happened to a claim object into lines by the item's kind of period (SEMANTICS 3).</summary>
internal static class LineCutter
{
    /// <summary>The most periods one object is cut into: a century.</summary>
    private const int MaxPeriods = 100;

    private const string Unknown = "未知";

    /// <summary>The periods of a claim object. <paramref name="accrual"/> and
    /// <paramref name="eventDate"/> are evaluated already.</summary>
    public static IEnumerable<Period> Cut(
        PeriodKind kind, Value accrual, Value eventDate, Value issueDate, string batch)
    {
        var (first, last) = Days(accrual, eventDate);
        switch (kind)
        {
            case PeriodKind.Policy:
                return [new Period("政策期", null, first, last)];
            case PeriodKind.Once:
                return [new Period("一次", null, first, last)];
            case PeriodKind.Batch:
                return [new Period(batch, null, first, last)];
            case PeriodKind.CalendarYear when first is { } from && last is { } to:
                return ByCalendarYear(from, to);
            case PeriodKind.PolicyYear when first is { } from && last is { } to && issueDate.Kind == ValueKind.Date:
                return ByPolicyYear(from, to, issueDate.Days);
            default:
                return [new Period(Unknown, null, first, last)];
        }
    }

    /// <summary>First and last day of the accrual, or of the event where there is none; null: not known.</summary>
    public static (long? First, long? Last) Days(Value accrual, Value eventDate)
    {
        if (accrual.Kind == ValueKind.Range)
        {
            var range = accrual.Range;
            return (range.Start.Kind == ValueKind.Date ? range.Start.Days : null,
                range.End.Kind == ValueKind.Date ? range.End.Days : null);
        }
        return accrual.IsUnset && eventDate.Kind == ValueKind.Date ? (eventDate.Days, eventDate.Days) : (null, null);
    }

    private static IEnumerable<Period> ByCalendarYear(long from, long to)
    {
        var (start, end) = (FeelDate.ToDateOnly(from), FeelDate.ToDateOnly(to));
        for (var year = start.Year; year <= Math.Min(end.Year, start.Year + MaxPeriods); year++)
            yield return new Period(year.ToString(CultureInfo.InvariantCulture), year,
                Math.Max(from, FromDate(new DateOnly(year, 1, 1))), Math.Min(to, FromDate(new DateOnly(year, 12, 31))));
        if (end < start)
            yield return new Period(start.Year.ToString(CultureInfo.InvariantCulture), start.Year, from, to);
    }

    private static IEnumerable<Period> ByPolicyYear(long from, long to, long issued)
    {
        var issue = FeelDate.ToDateOnly(issued);
        var start = 0;
        while (FromDate(issue.AddYears(start + 1)) <= from && start < MaxPeriods) start++;
        while (FromDate(issue.AddYears(start)) > from && start > -MaxPeriods) start--;
        for (var k = start; k <= start + MaxPeriods; k++)
        {
            var (first, next) = (FromDate(issue.AddYears(k)), FromDate(issue.AddYears(k + 1)));
            if (first > to && k > start) yield break;
            yield return new Period(k < 0 ? $"印发前第{-k}年" : $"第{k + 1}年", null,
                Math.Max(from, first), Math.Min(to, next - 1));
        }
    }

    /// <summary>Fills 行 for a period: 年度, 起, 止 and the year's facts.</summary>
    public static Record Row(
        ObjectType type, Record owner, Period period, (long?, long?) accrualDays, SubjectFacts facts)
    {
        var row = new Record(type.LineRecord, owner.Id);
        if (period.Year is { } year) row[0] = Value.Of((decimal)year);
        if (period.FirstDay is { } first) row[1] = Value.OfDate(first);
        if (period.LastDay is { } last) row[2] = Value.OfDate(last);
        foreach (var fact in type.YearFacts) row[3 + fact.Slot] = YearFact(fact, owner, period, accrualDays, facts);
        return row;
    }

    /// <summary>A year's fact for a period. A period that holds whole years of the accrual (政策期, a batch) has their
    /// sum; one that cuts a year has none, because what was paid in part of a year was not asked.</summary>
    private static Value YearFact(
        Fact fact, Record owner, Period period, (long?, long?) accrualDays, SubjectFacts facts)
    {
        if (period.Year is not null) return facts.Year(owner, period.Name)?[fact.Slot] ?? default;
        if (fact.Type is not NumberType || accrualDays is not ({ } from, { } to) || period.FirstDay != from ||
            period.LastDay != to) return default;
        var sum = 0m;
        for (var year = FeelDate.ToDateOnly(from).Year; year <= FeelDate.ToDateOnly(to).Year; year++)
        {
            var value = facts.Year(owner, year.ToString(CultureInfo.InvariantCulture))?[fact.Slot] ?? default;
            if (!value.IsNumber) return default;
            sum += value.Number;
        }
        return Value.Of(sum);
    }

    private static long FromDate(DateOnly date) => date.DayNumber - FeelDate.UnixEpochDayNumber;
}
