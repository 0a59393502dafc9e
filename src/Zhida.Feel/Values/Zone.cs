using System.Collections.Concurrent;
using System.Globalization;

namespace Zhida.Feel.Values;

/// <summary>
/// A fixed offset (Z, +08:00) or a zone of the IANA data base (@Asia/Shanghai). Instances are cached: one zone, one
/// object, so that sameness is sameness of reference. Etc/UTC and Z are two zones that name the same instants.
/// </summary>
public sealed class Zone
{
    /// <summary>XML Schema 1.1: offsets lie within fourteen hours.</summary>
    public const int MaxOffsetSeconds = 14 * 3600;

    private static readonly ConcurrentDictionary<int, Zone> Offsets = new();
    private static readonly ConcurrentDictionary<string, Zone> Named = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo? _rules;
    private readonly int _offset;

    private Zone(string? id, TimeZoneInfo? rules, int offset) => (Id, _rules, _offset) = (id, rules, offset);

    public static Zone Utc { get; } = FromOffset(0)!;

    /// <summary>The IANA id; null for an offset.</summary>
    public string? Id { get; }

    /// <summary>The zone of a fixed offset; null beyond fourteen hours.</summary>
    public static Zone? FromOffset(int seconds) =>
        Math.Abs(seconds) > MaxOffsetSeconds ? null : Offsets.GetOrAdd(seconds, s => new Zone(null, null, s));

    /// <summary>The zone with this IANA id; null where the system's data base has none.</summary>
    public static Zone? Find(string id)
    {
        if (Named.TryGetValue(id, out var known)) return known;
        // An id names a file on some systems: only what can be an id is looked up.
        if (id.Length is 0 or > 64 || !char.IsAsciiLetter(id[0])) return null;
        foreach (var c in id)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('/' or '_' or '-' or '+')) return null;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(id, out var rules) || !rules.HasIanaId) return null;
        return Named.GetOrAdd(id, i => new Zone(i, rules, (int)rules.BaseUtcOffset.TotalSeconds));
    }

    /// <summary>Seconds east of Greenwich at a local date and time. A local time that a change of clocks skips or
    /// repeats has the standard offset.</summary>
    public int OffsetAt(long days, long nanoseconds) => _rules is null
        ? _offset
        : (int)_rules.GetUtcOffset(Clamp(days, nanoseconds, DateTimeKind.Unspecified)).TotalSeconds;

    /// <summary>Seconds east of Greenwich at an instant given as date and time in UTC.</summary>
    public int OffsetAtUtc(long days, long nanoseconds) => _rules is null
        ? _offset
        : (int)_rules.GetUtcOffset(Clamp(days, nanoseconds, DateTimeKind.Utc)).TotalSeconds;

    /// <summary>Seconds east of Greenwich of a time without a date: the standard offset.</summary>
    public int OffsetOfTime => _offset;

    /// <summary>The instant as the system's date, in the same place of a four-century cycle where the year is beyond
    /// the system's.</summary>
    private static DateTime Clamp(long days, long nanoseconds, DateTimeKind kind)
    {
        var day = days + FeelDate.UnixEpochDayNumber;
        // The year 1 has no summer time anywhere; later eras repeat the rules of the last one.
        if (day < 0) day = 0;
        const int lastEra = 20 * FeelDate.DaysPerEra;
        if (day >= lastEra) day = lastEra + (day - lastEra) % FeelDate.DaysPerEra;
        return new DateTime(day * TimeSpan.TicksPerDay + nanoseconds / TimeSpan.NanosecondsPerTick, kind);
    }

    /// <summary>Z, +hh:mm, +hh:mm:ss or @Zone: what follows the seconds of a time. Empty text is no zone
    /// (null).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Zone? zone)
    {
        zone = null;
        if (text.IsEmpty) return true;
        if (text is "Z") zone = Utc;
        else if (text[0] == '@') zone = Find(text[1..].ToString());
        else if (text[0] is ('+' or '-') && TryParseOffset(text[1..], out var seconds))
            zone = FromOffset(text[0] == '-' ? -seconds : seconds);
        return zone is not null;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text.Length is not (5 or 8) || text[2] != ':' || (text.Length == 8 && text[5] != ':')) return false;
        long second = 0;
        if (!Digits.TryRead(text[..2], out var hour) || !Digits.TryRead(text.Slice(3, 2), out var minute)) return false;
        if (text.Length == 8 && !Digits.TryRead(text[6..], out second)) return false;
        seconds = (int)(hour * 3600 + minute * 60 + second);
        return minute < 60 && second < 60;
    }

    /// <summary>As it stands after a time: Z, +08:00, +02:45:55, @Asia/Shanghai.</summary>
    public override string ToString()
    {
        if (Id is not null) return "@" + Id;
        if (_offset == 0) return "Z";
        var size = Math.Abs(_offset);
        var seconds = size % 60 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{size % 60:00}");
        return string.Create(CultureInfo.InvariantCulture,
            $"{(_offset < 0 ? '-' : '+')}{size / 3600:00}:{size / 60 % 60:00}{seconds}");
    }
}
