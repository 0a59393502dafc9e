using Zhida.Feel.Values;

namespace Zhida.Policy.Reference;

/// <summary>
/// Working days of the State Council's holiday arrangements: Monday to Friday without the days off, and the weekend
/// days that are worked instead (调休). A year whose arrangement is not published is a state of its own: every answer
/// that would touch it is null. Days are counted from 1970-01-01. Immutable.
/// </summary>
public sealed class WorkCalendar
{
    internal const string Columns = "date,kind,name";

    private readonly DayRange _range;

    /// <summary>All working days of the range, ascending.</summary>
    private readonly long[] _workdays;

    /// <summary>For each day of the range: how many working days there are up to and including it.</summary>
    private readonly int[] _count;

    private WorkCalendar(DayRange range, long[] workdays, int[] count) =>
        (_range, _workdays, _count) = (range, workdays, count);

    public static WorkCalendar Empty { get; } = new(new DayRange(0, -1), [], []);

    /// <summary>The days whose arrangement is published.</summary>
    public DayRange Range => _range;

    /// <summary>Whether a day is worked; null where its year is not published.</summary>
    public bool? IsWorkday(long day) =>
        _range.Contains(day) ? CountTo(day) > (day == _range.First ? 0 : CountTo(day - 1)) : null;

    /// <summary>The n-th working day after a day, which itself is not counted (民法典 第二百零一条); for n = 0 the day
    /// itself. Null where the way there leads through a year that is not published.</summary>
    public long? After(long day, int workdays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workdays);
        if (workdays == 0) return day;
        if (!_range.Contains(day)) return null;
        var index = (long)CountTo(day) + workdays - 1;
        return index < _workdays.Length ? _workdays[index] : null;
    }

    private int CountTo(long day) => _count[day - _range.First];

    internal static WorkCalendar Read(Csv csv)
    {
        if (csv.Ranges.Count != 1)
        {
            csv.Error(1, "放假调休表要有一段范围", "加一行 # 范围：2019-01-01..2026-12-31");
            return Empty;
        }
        var range = csv.Ranges[0];
        var exceptions = new Dictionary<long, bool>();
        foreach (var row in csv.Rows)
        {
            if (!csv.TryDate(row, 0, out var day)) continue;
            if (row.Cells[1] is not ("off" or "work"))
                csv.Error(row.Line, $"“{row.Cells[1]}”不是 off 或 work", "放假写 off，调休上班写 work");
            else if (!exceptions.TryAdd(day, row.Cells[1] == "work"))
                csv.Error(row.Line, $"{row.Cells[0]}写了两次", "删去一行");
        }
        var workdays = new List<long>();
        var count = new int[range.Last - range.First + 1];
        for (var day = range.First; day <= range.Last; day++)
        {
            if (exceptions.TryGetValue(day, out var works) ? works : FeelDate.Weekday(day) <= 5) workdays.Add(day);
            count[day - range.First] = workdays.Count;
        }
        return new WorkCalendar(range, [.. workdays], count);
    }
}
