using CsCheck;
using Xunit;
using Zhida.Casework.Clock;
using static Zhida.Tests.Casework.Clock.DeadlineTests;
using static Zhida.Tests.Policy.Reference.ReferenceFiles;

namespace Zhida.Tests.Casework.Clock;

public sealed class EscalationTests
{
    private static readonly Deadline Deadline = new(Tables.Calendar);

    [Theory]
    [InlineData("2026-03-11", EscalationLevel.None, null)]
    [InlineData("2026-03-12", EscalationLevel.Holder, "“受理”还剩2个工作日，2026-03-16到期")]
    [InlineData("2026-03-16", EscalationLevel.Holder, "“受理”今天到期：2026-03-16")]
    [InlineData("2026-03-17", EscalationLevel.Head, "“受理”已超过时限1个工作日，应于2026-03-16办结")]
    [InlineData("2026-03-20", EscalationLevel.Head, "“受理”已超过时限4个工作日，应于2026-03-16办结")]
    [InlineData("2026-03-23", EscalationLevel.Department, "“受理”已超过时限5个工作日，应于2026-03-16办结")]
    public void Who_is_told_and_what(string today, EscalationLevel level, string? message)
    {
        var due = On(today);

        Assert.Equal(level, Escalation.LevelOf(due));
        var notices = Escalation.Since(EscalationLevel.None, due, "受理");
        Assert.Equal(message, notices is [.., var last] ? last.Message : null);
    }

    [Fact]
    public void A_job_that_missed_days_tells_every_level() =>
        Assert.Equal([EscalationLevel.Holder, EscalationLevel.Head, EscalationLevel.Department],
            Escalation.Since(EscalationLevel.None, On("2026-03-31"), "受理").Select(n => n.Level));

    [Fact]
    public void Nobody_is_reported_for_a_provisional_day()
    {
        var due = Deadline.Of(At("2026-12-30 10:00"), TimeLimit.Of(3), [], Day("2027-02-01"));

        Assert.Equal((DueState.Provisional, Light.Red), (due.State, due.Light));
        Assert.Equal(EscalationLevel.Holder, Escalation.LevelOf(due));
    }

    [Fact]
    public void No_level_is_told_twice_whatever_the_lights_do() =>
        Gen.Select(Gen.Int[0, 30].Array[1, 20], Gen.Int[1, 8]).Sample((days, departmentAfter) =>
        {
            var (told, all) = (EscalationLevel.None, new List<EscalationLevel>());
            foreach (var later in days)
            {
                var due = On("2026-03-09", later);
                var notices = Escalation.Since(told, due, "受理", departmentAfter);
                all.AddRange(notices.Select(n => n.Level));
                if (notices.Count > 0) told = notices[^1].Level;
                Assert.Empty(Escalation.Since(told, due, "受理", departmentAfter));
            }
            Assert.Equal(all.Distinct(), all);
            Assert.Equal(days.Max(d => Escalation.LevelOf(On("2026-03-09", d), departmentAfter)), told);
        });

    private static DueDate On(string today, int later = 0) =>
        Deadline.Of(At("2026-03-09 10:00"), TimeLimit.Of(5), [], Day(today) + later);
}
