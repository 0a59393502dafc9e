using System.Globalization;

namespace Zhida.Feel.Values;

/// <summary>
/// Civil dates of the proleptic Gregorian calendar as days since 1970-01-01, for the years −999,999,999 to 999,999,999
/// (DMN 1.5, 10.3.2.3.4). Text is as in XML Schema 1.1: at least four digits of year, no leading zero beyond four, a
/// minus but no plus sign; the year 0000 exists.
/// </summary>
public static class FeelDate
{
    /// <summary>The <see cref="DateOnly.DayNumber"/> of 1970-01-01.</summary>
    public const int UnixEpochDayNumber = 719_162;

    public const int MaxYear = 999_999_999;

    /// <summary>Days in four hundred years: the calendar repeats, weekdays included.</summary>
    internal const int DaysPerEra = 146_097;

    /// <summary>Days from 0000-03-01, where an era begins in this reckoning, to 1970-01-01.</summary>
    private const int EpochShift = 719_468;

    public static readonly long MinDays = FromCivil(-MaxYear, 1, 1);

    public static readonly long MaxDays = FromCivil(MaxYear, 12, 31);

    /// <summary>The day as .NET has it; days outside its years (1 to 9999) become the first or the last of
    /// them.</summary>
    public static DateOnly ToDateOnly(long days) =>
        DateOnly.FromDayNumber((int)Math.Clamp(days + UnixEpochDayNumber, 0, DateOnly.MaxValue.DayNumber));

    public static bool IsLeapYear(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int DaysInMonth(long year, int month) =>
        month == 2 ? IsLeapYear(year) ? 29 : 28 : month is 4 or 6 or 9 or 11 ? 30 : 31;

    /// <summary>Days since 1970-01-01. The date must exist; see <see cref="TryCreate"/>.</summary>
    public static long FromCivil(long year, int month, int day)
    {
        // Years counted from March put the leap day last, so that the months' lengths follow one formula.
        var y = month <= 2 ? year - 1 : year;
        var era = Math.DivRem(y, 400, out var yearOfEra);
        if (yearOfEra < 0) (era, yearOfEra) = (era - 1, yearOfEra + 400);
        var dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        var dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DaysPerEra + dayOfEra - EpochShift;
    }

    public static (long Year, int Month, int Day) ToCivil(long days)
    {
        var shifted = days + EpochShift;
        var era = Math.DivRem(shifted, DaysPerEra, out var dayOfEra);
        if (dayOfEra < 0) (era, dayOfEra) = (era - 1, dayOfEra + DaysPerEra);
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        var dayOfYear = (int)(dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
        var monthFromMarch = (5 * dayOfYear + 2) / 153;
        var day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
    }

    /// <summary>False where there is no such date, or the year is out of range.</summary>
    public static bool TryCreate(long year, long month, long day, out long days)
    {
        days = 0;
        if (year is < -MaxYear or > MaxYear || month is < 1 or > 12) return false;
        if (day < 1 || day > DaysInMonth(year, (int)month)) return false;
        days = FromCivil(year, (int)month, (int)day);
        return true;
    }

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    public static int Weekday(long days)
    {
        var fromMonday = (days + 3) % 7;
        return (int)(fromMonday < 0 ? fromMonday + 7 : fromMonday) + 1;
    }

    /// <summary>The same day of a month that is <paramref name="months"/> later, or the last day of that month where
    /// it is shorter. False out of range.</summary>
    public static bool TryAddMonths(long days, long months, out long result)
    {
        result = 0;
        if (Math.Abs(months) > 24L * MaxYear) return false;
        var (year, month, day) = ToCivil(days);
        var total = year * 12 + month - 1 + months;
        var newYear = Math.DivRem(total, 12, out var newMonth);
        if (newMonth < 0) (newYear, newMonth) = (newYear - 1, newMonth + 12);
        var last = DaysInMonth(newYear, (int)newMonth + 1);
        return TryCreate(newYear, newMonth + 1, Math.Min(day, last), out result);
    }

    /// <summary>2026-03-01, −2026-03-01, 12026-03-01.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long days)
    {
        days = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative) text = text[1..];
        var digits = text.IndexOf('-');
        if (digits is < 4 or > 9 || text.Length != digits + 6 || text[digits + 3] != '-') return false;
        if (digits > 4 && text[0] == '0') return false;
        return Digits.TryRead(text[..digits], out var year) &&
            Digits.TryRead(text.Slice(digits + 1, 2), out var month) &&
            Digits.TryRead(text[^2..], out var day) &&
            TryCreate(negative ? -year : year, month, day, out days);
    }

    public static string Format(long days)
    {
        var (year, month, day) = ToCivil(days);
        return string.Create(CultureInfo.InvariantCulture,
            $"{(year < 0 ? "-" : "")}{Math.Abs(year):0000}-{month:00}-{day:00}");
    }
}
