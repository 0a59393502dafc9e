using System.Globalization;

namespace Zhida.Casework.Clock;

/// <summary>The applicant holds the case (补正), from one instant to another in UTC ticks; <paramref name="ToTicks"/>
/// null: still.</summary>
public readonly record struct Pause(long FromTicks, long? ToTicks)
{
    /// <summary>Pauses as a case stores them: <c>from-to;from-</c>, the last open while it lasts.</summary>
    /// <exception cref="FormatException">Another form.</exception>
    public static IReadOnlyList<Pause> ListOf(string stored) =>
        [.. stored.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('-')).Select(ends =>
            ends.Length == 2 ? new Pause(Ticks(ends[0]), ends[1].Length > 0 ? Ticks(ends[1]) : null)
            : throw new FormatException("pauses are from-to;"))];

    private static long Ticks(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
