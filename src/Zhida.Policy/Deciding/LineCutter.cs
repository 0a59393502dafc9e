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

    /// <summary>Adds the periods of a claim object to <paramref name="periods"/>. <paramref name="accrual"/> and
    /// <paramref name="eventDate"/> are evaluated already.</summary>
    public static void Cut(
        List<Period> periods, PeriodKind kind, in Value accrual, in Value eventDate, in Value issueDate)
    {
        var (first, last) = Days(accrual, eventDate);
        switch (kind)
        {
            case PeriodKind.Policy:
                periods.Add(new Period("政策期", null, first, last));
                break;
            case PeriodKind.Once:
                periods.Add(new Period("一次", null, first, last));
                break;
            case PeriodKind.Batch:
                periods.Add(new Period("本批次", null, first, last));
                break;
            case PeriodKind.CalendarYear when first is { } from && last is { } to:
                ByCalendarYear(periods, from, to);
                break;
            case PeriodKind.PolicyYear when first is { } from && last is { } to && issueDate.Kind == ValueKind.Date:
                ByPolicyYear(periods, from, to, issueDate.Days);
                break;
            default:
                periods.Add(new Period(Unknown, null, first, last));
                break;
        }
    }

    /// <summary>First and last day of the accrual, or of the event where there is none; null: not known.</summary>
    public static (long? First, long? Last) Days(in Value accrual, in Value eventDate)
    {
        if (accrual.Kind == ValueKind.Range)
        {
            var range = accrual.Range;
            return (range.Start.Kind == ValueKind.Date ? range.Start.Days : null,
                range.End.Kind == ValueKind.Date ? range.End.Days : null);
        }
        return accrual.IsUnset && eventDate.Kind == ValueKind.Date ? (eventDate.Days, eventDate.Days) : (null, null);
    }

    private static void ByCalendarYear(List<Period> periods, long from, long to)
    {
        var (start, end) = (FeelDate.ToDateOnly(from), FeelDate.ToDateOnly(to));
        for (var year = start.Year; year <= Math.Min(end.Year, start.Year + MaxPeriods); year++)
            periods.Add(new Period(YearName(year), year, Math.Max(from, FromDate(new DateOnly(year, 1, 1))),
                Math.Min(to, FromDate(new DateOnly(year, 12, 31)))));
        if (end < start) periods.Add(new Period(YearName(start.Year), start.Year, from, to));
    }

    private static void ByPolicyYear(List<Period> periods, long from, long to, long issued)
    {
        var issue = FeelDate.ToDateOnly(issued);
        var start = 0;
        while (FromDate(issue.AddYears(start + 1)) <= from && start < MaxPeriods) start++;
        while (FromDate(issue.AddYears(start)) > from && start > -MaxPeriods) start--;
        for (var k = start; k <= start + MaxPeriods; k++)
        {
            var (first, next) = (FromDate(issue.AddYears(k)), FromDate(issue.AddYears(k + 1)));
            if (first > to && k > start) return;
            periods.Add(new Period(k < 0 ? $"印发前第{-k}年" : $"第{k + 1}年", null,
                Math.Max(from, first), Math.Min(to, next - 1)));
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

    /// <summary>A year's fact for a period. A period that holds whole years of the accrual (政策期, a batch, 12
    /// months from 1 January) has their sum; one that cuts a year has none: what was paid in part of a year was not
    /// asked.</summary>
    private static Value YearFact(Fact fact, Record owner, Period period, (long?, long?) accrualDays,
        SubjectFacts facts)
    {
        if (period.Year is not null) return facts.Year(owner, period.Name)?[fact.Slot] ?? default;
        if (fact.Type is not NumberType || accrualDays is not ({ } from, { } to) ||
            period is not { FirstDay: { } first, LastDay: { } last }) return default;
        var sum = 0m;
        for (var year = FeelDate.ToDateOnly(first).Year; year <= FeelDate.ToDateOnly(last).Year; year++)
        {
            var cut = Math.Max(from, FromDate(new DateOnly(year, 1, 1))) < first ||
                      Math.Min(to, FromDate(new DateOnly(year, 12, 31))) > last;
            var value = cut ? default : facts.Year(owner, YearName(year))?[fact.Slot] ?? default;
            if (!value.IsNumber) return default;
            sum += value.Number;
        }
        return Value.Of(sum);
    }

    /// <summary>Names of the years that come up, made once.</summary>
    private static readonly string[] YearNames =
        [.. Enumerable.Range(0, 3000).Select(y => y.ToString(CultureInfo.InvariantCulture))];

    private static string YearName(int year) =>
        year < YearNames.Length ? YearNames[year] : year.ToString(CultureInfo.InvariantCulture);

    private static long FromDate(DateOnly date) => date.DayNumber - FeelDate.UnixEpochDayNumber;
}
