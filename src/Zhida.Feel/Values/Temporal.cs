using System.Globalization;

namespace Zhida.Feel.Values;

/// <summary>Times, dates with times and durations: text as in XML Schema 1.1 (with @Zone, DMN 1.5, 10.3.2.3), and the
/// instants behind them.</summary>
public static class Temporal
{
    internal const long NanosPerSecond = 1_000_000_000;
    internal const long NanosPerDay = 86_400 * NanosPerSecond;
    internal const int SecondsPerDay = 86_400;

    /// <summary>Durations stay below this many seconds (some 31 billion years), so that nanoseconds fit a
    /// decimal.</summary>
    internal const decimal MaxSeconds = 1_000_000_000_000_000_000m;

    internal const long MaxMonths = 1_000_000_000_000;

    /// <summary>hh:mm:ss[.fffffffff][zone]; 24:00:00 is midnight.</summary>
    public static bool TryParseTime(ReadOnlySpan<char> text, out Value value)
    {
        value = Value.Null;
        if (!TryReadTime(text, out var nanoseconds, out var zone)) return false;
        value = Value.OfTime(nanoseconds % NanosPerDay, zone);
        return true;
    }

    /// <summary>A date, T and a time, or a date alone at local midnight; T24:00:00 is midnight of the day
    /// after.</summary>
    public static bool TryParseDateTime(ReadOnlySpan<char> text, out Value value)
    {
        value = Value.Null;
        var split = text.IndexOf('T');
        long nanoseconds = 0;
        Zone? zone = null;
        if (split >= 0 && !TryReadTime(text[(split + 1)..], out nanoseconds, out zone)) return false;
        if (!FeelDate.TryParse(split < 0 ? text : text[..split], out var days)) return false;
        if (nanoseconds == NanosPerDay) (days, nanoseconds) = (days + 1, 0);
        if (days > FeelDate.MaxDays) return false;
        value = Value.OfDateTime(days, nanoseconds, zone);
        return true;
    }

    private static bool TryReadTime(ReadOnlySpan<char> text, out long nanoseconds, out Zone? zone)
    {
        (nanoseconds, zone) = (0, null);
        if (text.Length < 8 || text[2] != ':' || text[5] != ':') return false;
        if (!Digits.TryRead(text[..2], out var hour) || !Digits.TryRead(text.Slice(3, 2), out var minute) ||
            !Digits.TryRead(text.Slice(6, 2), out var second)) return false;
        text = text[8..];
        long fraction = 0;
        if (!text.IsEmpty && text[0] == '.')
        {
            var length = Digits.Count(text[1..]);
            if (!Digits.TryReadNanoseconds(text.Slice(1, length), out fraction)) return false;
            text = text[(length + 1)..];
        }
        nanoseconds = (hour * 3600 + minute * 60 + second) * NanosPerSecond + fraction;
        return minute < 60 && second < 60 && nanoseconds <= NanosPerDay && Zone.TryParse(text, out zone);
    }

    /// <summary>P1Y2M (years and months) or P1DT2H3M4.5S (days and time), with a minus sign before P if negative.
    /// Text that has both years or months and days or time is no duration of FEEL.</summary>
    public static bool TryParseDuration(ReadOnlySpan<char> text, out Value value)
    {
        value = Value.Null;
        var sign = 1;
        if (!text.IsEmpty && text[0] == '-')
        {
            sign = -1;
            text = text[1..];
        }
        if (text.Length < 3 || text[0] != 'P') return false;
        text = text[1..];
        if (text.IndexOfAny('D', 'T') < 0)
        {
            if (!TryReadParts(text, "YM", out var parts)) return false;
            var months = parts[0] * 12 + parts[1];
            if (months > MaxMonths) return false;
            value = Value.OfMonthsDuration(sign * (long)months);
            return true;
        }
        if (!TryReadDaysAndTime(text, out var seconds) || seconds > MaxSeconds) return false;
        value = Value.OfDaysDuration(sign * seconds);
        return true;
    }

    private static bool TryReadDaysAndTime(ReadOnlySpan<char> text, out decimal seconds)
    {
        seconds = 0;
        var split = text.IndexOf('T');
        if (split < 0) split = text.Length;
        if (!text[..split].IsEmpty)
        {
            if (!TryReadParts(text[..split], "D", out var days)) return false;
            seconds = days[0] * SecondsPerDay;
        }
        if (split == text.Length) return true;
        if (!TryReadParts(text[(split + 1)..], "HMS", out var parts)) return false;
        seconds += parts[0] * 3600 + parts[1] * 60 + parts[2];
        return true;
    }

    /// <summary>Reads number-letter pairs whose letters come in the order of <paramref name="letters"/>, at least one;
    /// only seconds may have a fraction.</summary>
    private static bool TryReadParts(ReadOnlySpan<char> text, string letters, out decimal[] parts)
    {
        parts = new decimal[letters.Length];
        if (text.IsEmpty) return false;
        var next = 0;
        while (!text.IsEmpty)
        {
            var length = Digits.Count(text);
            if (!Digits.TryRead(text[..length], out var whole)) return false;
            decimal amount = whole;
            text = text[length..];
            if (!text.IsEmpty && text[0] == '.')
            {
                var fraction = Digits.Count(text[1..]);
                if (!Digits.TryReadNanoseconds(text.Slice(1, fraction), out var nanoseconds)) return false;
                amount += (decimal)nanoseconds / NanosPerSecond;
                text = text[(fraction + 1)..];
                if (text.IsEmpty || text[0] != 'S') return false;
            }
            if (text.IsEmpty) return false;
            var found = letters.IndexOf(text[0], next);
            if (found < 0) return false;
            parts[found] = amount;
            next = found + 1;
            text = text[1..];
        }
        return true;
    }

    public static string FormatTime(long nanoseconds, Zone? zone)
    {
        var seconds = nanoseconds / NanosPerSecond;
        var fraction = nanoseconds % NanosPerSecond;
        var tail = fraction == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $".{fraction:000000000}").TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture,
            $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}{tail}{zone}");
    }

    public static string FormatDateTime(long days, long nanoseconds, Zone? zone) =>
        FeelDate.Format(days) + "T" + FormatTime(nanoseconds, zone);

    /// <summary>P1Y2M; P0M for none.</summary>
    public static string FormatMonths(long months)
    {
        if (months == 0) return "P0M";
        var size = Math.Abs(months);
        return string.Create(CultureInfo.InvariantCulture,
            $"{(months < 0 ? "-" : "")}P{Part(size / 12, 'Y')}{Part(size % 12, 'M')}");
    }

    /// <summary>P1DT2H3M4.5S; PT0S for none.</summary>
    public static string FormatSeconds(decimal seconds)
    {
        if (seconds == 0) return "PT0S";
        var size = Math.Abs(seconds);
        var whole = decimal.Truncate(size);
        var time = Part(whole / 3600 % 24, 'H') + Part(whole / 60 % 60, 'M') + Rest(whole % 60 + size - whole);
        var days = Part(whole / SecondsPerDay, 'D');
        return (seconds < 0 ? "-P" : "P") + days + (time.Length == 0 ? "" : "T" + time);
    }

    private static string Part(decimal amount, char letter)
    {
        amount = decimal.Truncate(amount);
        return amount == 0 ? "" : amount.ToString("0", CultureInfo.InvariantCulture) + letter;
    }

    private static string Rest(decimal seconds) =>
        seconds == 0 ? "" : seconds.ToString("0.#########", CultureInfo.InvariantCulture) + "S";

    /// <summary>Nanoseconds of a zoned date and time since 1970-01-01T00:00:00Z, or of a local one since that local
    /// midnight.</summary>
    internal static Int128 Instant(in Value dateTime)
    {
        var local = (Int128)dateTime.Days * NanosPerDay + dateTime.NanosecondOfDay;
        var offset = dateTime.Zone?.OffsetAt(dateTime.Days, dateTime.NanosecondOfDay) ?? 0;
        return local - offset * NanosPerSecond;
    }

    /// <summary>Nanoseconds of a time since midnight, in UTC where it has a zone; may lie outside the day.</summary>
    internal static long InstantOfTime(in Value time) =>
        time.NanosecondOfDay - (time.Zone?.OffsetOfTime ?? 0) * NanosPerSecond;

    /// <summary>The date and time at an instant, in a zone (null: local). False out of range.</summary>
    internal static bool TryFromInstant(Int128 instant, Zone? zone, out Value value)
    {
        value = Value.Null;
        var (days, nanoseconds) = Split(instant);
        if (days < FeelDate.MinDays - 1 || days > FeelDate.MaxDays + 1) return false;
        if (zone is not null)
            (days, nanoseconds) = Split(instant + zone.OffsetAtUtc(days, nanoseconds) * NanosPerSecond);
        if (days < FeelDate.MinDays || days > FeelDate.MaxDays) return false;
        value = Value.OfDateTime(days, nanoseconds, zone);
        return true;
    }

    private static (long Days, long Nanoseconds) Split(Int128 instant)
    {
        var days = (long)(instant / NanosPerDay);
        var rest = (long)(instant % NanosPerDay);
        return rest < 0 ? (days - 1, rest + NanosPerDay) : (days, rest);
    }
}
