namespace Zhida.Casework.Cases;

/// <summary>Dates are those of Beijing (UTC+8 all year).</summary>
internal static class Beijing
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <param name="ticks">UTC.</param>
    public static DateOnly DayOf(long ticks) => DateOnly.FromDateTime(new DateTime(ticks, DateTimeKind.Utc) + Offset);

    /// <summary>Days since 1970-01-01.</summary>
    public static long NumberOf(DateOnly day) => day.DayNumber - Epoch.DayNumber;
}
