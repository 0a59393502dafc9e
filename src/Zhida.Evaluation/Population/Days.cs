namespace Zhida.Evaluation.Population;

/// <summary>Days since 1970-01-01 and years.</summary>
internal static class Days
{
    /// <summary>1970-01-01 as <see cref="DateOnly.DayNumber"/>.</summary>
    public const int Epoch = 719_162;

    public static int YearOf(long day) => DateOnly.FromDayNumber((int)day + Epoch).Year;

    /// <summary>How many days of a year lie between two days, both counted.</summary>
    public static long InYear(int year, long first, long last)
    {
        long from = new DateOnly(year, 1, 1).DayNumber - Epoch, to = new DateOnly(year, 12, 31).DayNumber - Epoch;
        return Math.Max(0, Math.Min(to, last) - Math.Max(from, first) + 1);
    }
}
