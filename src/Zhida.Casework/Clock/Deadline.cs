using Zhida.Feel.Values;
using Zhida.Policy.Reference;

namespace Zhida.Casework.Clock;

/// <summary>
/// When a step is due. Counted in whole days, for a limit in 工作日 has no smaller part:
/// <list type="bullet">
/// <item>The day on which the step begins is not counted (民法典 第二百零一条), at whatever hour and whether it is a
/// working day or not. So what is filed at night or on a day off begins to count where a filing of the morning
/// would.</item>
/// <item>After it each working day counts on which the office held the case when the day began. So the day on which it
/// asks for corrections counts (it worked that day), the day on which they come back does not (it is the first day
/// again), and a pause within one day changes nothing.</item>
/// <item>A limit ends with a working day, which is what 第二百零三条 asks for.</item>
/// <item>A step that the office stops on the last day was stopped in time: it is due on the first working day that
/// counts after the case is back. A pause that begins after the last day mends nothing.</item>
/// </list>
/// Pure and without state: when the calendar of a year is published, the same call gives the fixed day.
/// </summary>
public sealed class Deadline(WorkCalendar calendar)
{
    /// <summary>Working days left from which the light is yellow, however long the limit.</summary>
    private const int FewDays = 2;

    /// <summary>The light is yellow too where at most this part of the limit is left: a fifth.</summary>
    private const int Parts = 5;

    /// <summary>Where a step stands.</summary>
    /// <param name="beganTicks">When it began, UTC ticks.</param>
    /// <param name="pauses">In any order; they may overlap. What lies after today is passed over, so that past days
    /// show as they were.</param>
    /// <param name="today">In Beijing, counted from 1970-01-01; for a step that has ended, the day it ended.</param>
    /// <exception cref="ArgumentException">A pause ends before it begins.</exception>
    public DueDate Of(long beganTicks, TimeLimit limit, IReadOnlyList<Pause> pauses, long today)
    {
        var start = BeijingTime.DayOf(beganTicks);
        var stops = StopsOf(pauses, today);
        var used = Count(start, today, stops);
        if (limit.Workdays is not { } workdays)
            return new DueDate(limit.IsOpen ? DueState.Open : DueState.NoLimit, null, null, used, Light.Grey);
        if (DayOf(start, workdays, stops) is not { } day)
            // Stopped on its last day, a step still gets one.
            return new DueDate(DueState.Stopped, null, Math.Max(1, workdays - used), used, Light.Grey);
        var remaining = today <= day ? Count(Math.Max(start, today), day, stops) : -Count(day, today, stops);
        var light = today > day ? Light.Red
            : remaining <= FewDays || remaining * Parts <= workdays ? Light.Yellow : Light.Green;
        var isFixed = start == day || calendar.Range.Contains(start + 1) && calendar.Range.Contains(day);
        return new DueDate(isFixed ? DueState.Fixed : DueState.Provisional, day, remaining, used, light);
    }

    /// <summary>The last day of the limit; null where the clock stands still before it.</summary>
    private long? DayOf(long start, int workdays, List<(long From, long To)> stops)
    {
        if (workdays == 0 && !Begins(stops, start)) return start;
        var counted = 0;
        for (var day = start + 1; ; day++)
        {
            if (stops.Exists(s => s.From < day && s.To == long.MaxValue)) return null;
            if (Counts(day, stops) && ++counted >= workdays && !Begins(stops, day)) return day;
        }
    }

    /// <summary>Days that count, after one day up to another.</summary>
    private int Count(long after, long to, List<(long From, long To)> stops)
    {
        var count = 0;
        for (var day = after + 1; day <= to; day++)
            if (Counts(day, stops)) count++;
        return count;
    }

    private bool Counts(long day, List<(long From, long To)> stops) =>
        (calendar.IsWorkday(day) ?? FeelDate.Weekday(day) <= 5) && !stops.Exists(s => s.From < day && day <= s.To);

    private static bool Begins(List<(long From, long To)> stops, long day) => stops.Exists(s => s.From == day);

    /// <summary>Pauses as days; one that is open, or was on that day, has no end.</summary>
    private static List<(long From, long To)> StopsOf(IReadOnlyList<Pause> pauses, long today)
    {
        var stops = new List<(long From, long To)>();
        foreach (var pause in pauses)
        {
            if (pause.ToTicks < pause.FromTicks) throw new ArgumentException("a pause ends before it begins");
            var from = BeijingTime.DayOf(pause.FromTicks);
            var to = pause.ToTicks is { } end && BeijingTime.DayOf(end) <= today
                ? BeijingTime.DayOf(end) : long.MaxValue;
            if (from <= today && from < to) stops.Add((from, to));
        }
        return stops;
    }
}
