using Zhida.Feel.Values;
using Zhida.Policy.Batch;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>The lines into which the objects of a chunk are cut, as <see cref="Deciding.LineCutter"/> cuts one. Kept
/// between chunks.</summary>
internal sealed class LineCut(LineDomain domain)
{
    /// <summary>The most periods one object is cut into: a century.</summary>
    private const int MaxPeriods = 100;

    private int[] _object = [], _order = [], _period = [];
    private long[] _first = [], _last = [];
    private ulong[] _firstKnown = [], _lastKnown = [];

    public int Count { get; private set; }

    /// <summary>The row of each line's object.</summary>
    public int[] Object => _object;

    /// <summary>Which of its object's lines each is, from 0.</summary>
    public int[] Order => _order;

    /// <summary>A <see cref="PeriodCode"/> each.</summary>
    public int[] Period => _period;

    /// <summary>The days of the accrual that fall into the period.</summary>
    public NumberVec First => new(_first, Count, _firstKnown);

    public NumberVec Last => new(_last, Count, _lastKnown);

    /// <summary>Cuts every object.</summary>
    public void Cut(int objects, NumberVec first, NumberVec last)
    {
        Count = 0;
        Array.Clear(_firstKnown);
        Array.Clear(_lastKnown);
        for (var row = 0; row < objects; row++)
        {
            var from = IsKnown(first, row) ? (long?)first[row] : null;
            var to = IsKnown(last, row) ? (long?)last[row] : null;
            var before = Count;
            if (from is not { } start || to is not { } end) Add(row, before, PeriodCode.Unknown, from, to);
            else if (domain.Kind == PeriodKind.CalendarYear) ByCalendarYear(row, start, end);
            else ByPolicyYear(row, start, end, domain.Issued!.Value);
        }
    }

    private static bool IsKnown(NumberVec days, int row) => days.Known is null || Bits.Get(days.Known, row);

    private void ByCalendarYear(int row, long from, long to)
    {
        var before = Count;
        var (start, end) = (FeelDate.ToDateOnly(from), FeelDate.ToDateOnly(to));
        for (var year = start.Year; year <= Math.Min(end.Year, start.Year + MaxPeriods); year++)
            Add(row, before, year, Math.Max(from, FeelDate.FromCivil(year, 1, 1)),
                Math.Min(to, FeelDate.FromCivil(year, 12, 31)));
        if (end < start) Add(row, before, start.Year, from, to);
    }

    private void ByPolicyYear(int row, long from, long to, long issued)
    {
        var before = Count;
        var issue = FeelDate.ToDateOnly(issued);
        var start = 0;
        while (Days(issue, start + 1) <= from && start < MaxPeriods) start++;
        while (Days(issue, start) > from && start > -MaxPeriods) start--;
        for (var k = start; k <= start + MaxPeriods; k++)
        {
            var (first, next) = (Days(issue, k), Days(issue, k + 1));
            if (first > to && k > start) return;
            Add(row, before, PeriodCode.FirstYear + (k < 0 ? k : k + 1), Math.Max(from, first), Math.Min(to, next - 1));
        }
    }

    private static long Days(DateOnly issue, int years) =>
        issue.AddYears(years).DayNumber - FeelDate.UnixEpochDayNumber;

    private void Add(int row, int before, int period, long? first, long? last)
    {
        if (Count == _object.Length) Grow();
        (_object[Count], _order[Count], _period[Count]) = (row, Count - before, period);
        (_first[Count], _last[Count]) = (first ?? 0, last ?? 0);
        if (first is not null) Bits.Set(_firstKnown, Count);
        if (last is not null) Bits.Set(_lastKnown, Count);
        Count++;
    }

    private void Grow()
    {
        var size = Math.Max(1024, Count * 2);
        Array.Resize(ref _object, size);
        Array.Resize(ref _order, size);
        Array.Resize(ref _period, size);
        Array.Resize(ref _first, size);
        Array.Resize(ref _last, size);
        Array.Resize(ref _firstKnown, Bits.Words(size));
        Array.Resize(ref _lastKnown, Bits.Words(size));
    }
}
