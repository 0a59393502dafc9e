using CsCheck;
using Xunit;
using Zhida.Casework.Clock;
using static Zhida.Tests.Policy.Reference.ReferenceFiles;

namespace Zhida.Tests.Casework.Clock;

public sealed class DeadlinePropertiesTests
{
    private static readonly Deadline Deadline = new(Tables.Calendar);
    private static readonly long First = Day("2019-01-01");
    private static readonly long Last = Day("2026-12-31");

    /// <summary>An instant some hours after the beginning of a day.</summary>
    private static readonly Gen<long> Began = Gen.Select(Gen.Long[First, Day("2025-12-31")], Gen.Int[0, 23])
        .Select((day, hour) => BeijingTime.StartOf(day) + hour * TimeSpan.TicksPerHour);

    /// <summary>Hours after the beginning of a step: from, and how long; −1: still open.</summary>
    private static readonly Gen<(int From, int Hours)[]> Spans =
        Gen.Select(Gen.Int[0, 24 * 40], Gen.Int[-1, 24 * 20]).Array[0, 4];

    [Fact]
    public void Without_pauses_it_is_the_calendar_s_own_count() =>
        Gen.Select(Began, Gen.Int[0, 60], Gen.Int[0, 100]).Sample((began, limit, later) =>
        {
            var start = BeijingTime.DayOf(began);
            var due = Deadline.Of(began, TimeLimit.Of(limit), [], start + later);
            Assert.Equal(DueState.Fixed, due.State);
            Assert.Equal(Tables.Calendar.After(start, limit), due.Day);
        });

    [Fact]
    public void Counting_hour_by_hour_gives_the_same() =>
        Gen.Select(Began, Gen.Int[1, 30], Spans, Gen.Int[0, 120]).Sample((began, limit, spans, later) =>
        {
            var today = BeijingTime.DayOf(began) + later;
            var pauses = PausesOf(began, spans);
            var due = Deadline.Of(began, TimeLimit.Of(limit), pauses, today);
            var (day, used) = Naive(began, limit, pauses, today);
            Assert.Equal(day, due.Day);
            Assert.Equal(day is null ? DueState.Stopped : DueState.Fixed, due.State);
            Assert.Equal(used, due.Used);
            Assert.Equal(due.Light == Light.Red, day < today);
            if (day is null || day >= today) Assert.InRange(due.Remaining!.Value, 0, limit);
        }, iter: 3000);

    [Fact]
    public void A_pause_more_never_makes_it_due_earlier() =>
        Gen.Select(Began, Gen.Int[0, 30], Spans, Gen.Select(Gen.Int[0, 24 * 40], Gen.Int[-1, 24 * 20]))
            .Sample((began, limit, spans, more) =>
            {
                var today = BeijingTime.DayOf(began) + 100;
                var before = Deadline.Of(began, TimeLimit.Of(limit), PausesOf(began, spans), today);
                var after = Deadline.Of(began, TimeLimit.Of(limit), PausesOf(began, [.. spans, more]), today);
                Assert.True((after.Day ?? long.MaxValue) >= (before.Day ?? long.MaxValue));
                Assert.True(after.Used <= before.Used);
            }, iter: 3000);

    [Fact]
    public void The_order_of_pauses_does_not_matter() =>
        Gen.Select(Began, Gen.Int[0, 30], Spans).Sample((began, limit, spans) =>
        {
            var today = BeijingTime.DayOf(began) + 100;
            var pauses = PausesOf(began, spans);
            Assert.Equal(Deadline.Of(began, TimeLimit.Of(limit), pauses, today),
                Deadline.Of(began, TimeLimit.Of(limit), [.. pauses.Reverse()], today));
        });

    private static Pause[] PausesOf(long began, (int From, int Hours)[] spans) => [.. spans.Select(s => new Pause(
        began + s.From * TimeSpan.TicksPerHour,
        s.Hours < 0 ? null : began + (s.From + s.Hours) * TimeSpan.TicksPerHour))];

    /// <summary>Walks the hours: who holds the case at each midnight, and whether the office let go of it during the
    /// day and did not have it back at the next midnight.</summary>
    private static (long? Day, int Used) Naive(long began, int limit, Pause[] pauses, long today)
    {
        var known = pauses.Where(p => BeijingTime.DayOf(p.FromTicks) <= today)
            .Select(p => (p.FromTicks, To: p.ToTicks is { } to && BeijingTime.DayOf(to) <= today ? to : long.MaxValue))
            .ToList();
        var (counted, used, due) = (0, 0, (long?)null);
        for (var day = BeijingTime.DayOf(began) + 1; day <= Last; day++)
        {
            var (midnight, next) = (BeijingTime.StartOf(day), BeijingTime.StartOf(day + 1));
            if (known.Exists(p => p.FromTicks < midnight && midnight <= p.To)) continue;
            if (!Tables.Calendar.IsWorkday(day)!.Value) continue;
            if (day <= today) used++;
            counted++;
            var letGo = known.Exists(p => midnight <= p.FromTicks && p.FromTicks < next && next <= p.To);
            if (counted >= limit && !letGo) due ??= day;
        }
        return (due, used);
    }
}
