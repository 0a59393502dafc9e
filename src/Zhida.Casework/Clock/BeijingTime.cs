using Zhida.Feel.Values;

namespace Zhida.Casework.Clock;

/// <summary>Beijing's calendar: UTC+8 the whole year, so that no table of time zones is needed. Days are counted from
/// 1970-01-01, instants are UTC ticks.</summary>
public static class BeijingTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The day in Beijing at an instant.</summary>
    public static long DayOf(long utcTicks) =>
        (utcTicks + Offset.Ticks) / TimeSpan.TicksPerDay - FeelDate.UnixEpochDayNumber;

    /// <inheritdoc cref="DayOf"/>
    public static DateOnly DateOf(long utcTicks) => DateAt(DayOf(utcTicks));

    /// <summary>A day as a date.</summary>
    public static DateOnly DateAt(long day) => DateOnly.FromDayNumber((int)(day + FeelDate.UnixEpochDayNumber));

    /// <summary>The instant at which a day begins in Beijing.</summary>
    public static long StartOf(long day) =>
        (day + FeelDate.UnixEpochDayNumber) * TimeSpan.TicksPerDay - Offset.Ticks;
}
