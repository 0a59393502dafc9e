using System.Text;
using Xunit;
using Zhida.Casework.Clock;
using Zhida.Policy.Loading;
using static Zhida.Tests.Policy.Reference.ReferenceFiles;

namespace Zhida.Tests.Casework.Clock;

public sealed class DeadlineTests
{
    private static readonly Deadline Deadline = new(Tables.Calendar);

    [Theory]
    [InlineData("2026-03-09 10:00", 5, "2026-03-16")]
    [InlineData("2026-03-09 23:59", 5, "2026-03-16")] // at night: the same day
    [InlineData("2026-03-07 10:00", 5, "2026-03-13")] // a Saturday: as if filed on the Friday before
    [InlineData("2024-02-28 10:00", 1, "2024-02-29")] // leap day
    [InlineData("2024-02-28 10:00", 2, "2024-03-01")]
    [InlineData("2023-02-28 10:00", 1, "2023-03-01")]
    [InlineData("2026-02-26 10:00", 2, "2026-02-28")] // a make-up Saturday inside the limit
    [InlineData("2026-09-30 10:00", 3, "2026-10-10")] // National Day week, then its make-up Saturday
    [InlineData("2026-12-30 10:00", 1, "2026-12-31")]
    [InlineData("2026-03-09 10:00", 0, "2026-03-09")]
    public void A_limit_begins_on_the_day_after(string began, int limit, string due)
    {
        var found = Deadline.Of(At(began), TimeLimit.Of(limit), [], Day(began[..10]));

        Assert.Equal((DueState.Fixed, due), (found.State, found.Text));
        Assert.Equal(Day(due), found.Day);
    }

    [Fact]
    public void The_day_is_that_of_Beijing()
    {
        // 17:00 UTC on the 8th is 1 in the morning of the 9th in Beijing.
        var began = new DateTimeOffset(2026, 3, 8, 17, 0, 0, TimeSpan.Zero).UtcTicks;

        Assert.Equal(Day("2026-03-09"), BeijingTime.DayOf(began));
        Assert.Equal(At("2026-03-09 00:00"), BeijingTime.StartOf(Day("2026-03-09")));
        Assert.Equal("2026-03-10", Deadline.Of(began, TimeLimit.Of(1), [], Day("2026-03-09")).Text);
    }

    [Theory]
    // Asked on Tuesday, back on Friday: Tuesday counts, Wednesday to Friday don't.
    [InlineData(3, "2026-03-10 09:00..2026-03-13 17:00", "2026-03-17")]
    // Asked and back within a day: nothing changes.
    [InlineData(3, "2026-03-10 09:00..2026-03-10 17:00", "2026-03-12")]
    // Over a weekend: only the Monday is lost.
    [InlineData(5, "2026-03-13 09:00..2026-03-16 09:00", "2026-03-17")]
    // On days off only: nothing is lost.
    [InlineData(5, "2026-03-14 09:00..2026-03-15 09:00", "2026-03-16")]
    // Stopped on the last day: in time; one more day when it is back.
    [InlineData(3, "2026-03-12 16:00..2026-03-19 09:00", "2026-03-20")]
    // Stopped a day late: nothing is mended.
    [InlineData(3, "2026-03-13 09:00..2026-03-19 09:00", "2026-03-12")]
    // Two pauses, and two that overlap.
    [InlineData(5, "2026-03-10 09:00..2026-03-11 09:00,2026-03-12 09:00..2026-03-16 09:00", "2026-03-19")]
    [InlineData(5, "2026-03-12 09:00..2026-03-16 09:00,2026-03-10 09:00..2026-03-13 09:00", "2026-03-20")]
    public void The_clock_stops_while_the_applicant_holds_the_case(int limit, string pauses, string due) =>
        Assert.Equal(due, Deadline.Of(At("2026-03-09 10:00"), TimeLimit.Of(limit), Pauses(pauses),
            Day("2026-03-20")).Text);

    [Fact]
    public void A_pause_over_a_holiday_costs_only_its_working_days()
    {
        // 2026-09-29 Tuesday; back on 10-09: 30 Sep, 8 and 9 Oct don't count.
        var due = Deadline.Of(At("2026-09-28 10:00"), TimeLimit.Of(3), Pauses("2026-09-29 10:00..2026-10-09 10:00"),
            Day("2026-10-09"));

        Assert.Equal(("2026-10-12", 1), (due.Text, due.Used)); // 10 Oct is a make-up Saturday
    }

    [Fact]
    public void An_open_pause_stops_the_clock()
    {
        var pauses = Pauses("2026-03-11 09:00..");

        var due = Deadline.Of(At("2026-03-09 10:00"), TimeLimit.Of(5), pauses, Day("2026-05-20"));

        Assert.Equal(new DueDate(DueState.Stopped, null, 3, 2, Light.Grey), due);
        Assert.Equal("已停（还剩3个工作日）", due.Text);
        // Seen from the day before, nothing was stopped.
        Assert.Equal("2026-03-16", Deadline.Of(At("2026-03-09 10:00"), TimeLimit.Of(5), pauses,
            Day("2026-03-10")).Text);
        // Seen from a day within a pause that ended later, it was.
        Assert.Equal(DueState.Stopped, Deadline.Of(At("2026-03-09 10:00"), TimeLimit.Of(5),
            Pauses("2026-03-11 09:00..2026-03-20 10:00"), Day("2026-03-12")).State);
    }

    [Fact]
    public void Stopping_after_the_limit_does_not_hide_that_it_is_over()
    {
        var due = Deadline.Of(At("2026-03-09 10:00"), TimeLimit.Of(2), Pauses("2026-03-13 09:00.."), Day("2026-03-30"));

        Assert.Equal((DueState.Fixed, Light.Red, -2), (due.State, due.Light, due.Remaining));
    }

    [Fact]
    public void Stopping_on_the_last_day_leaves_a_day() =>
        Assert.Equal(new DueDate(DueState.Stopped, null, 1, 3, Light.Grey), Deadline.Of(At("2026-03-09 10:00"),
            TimeLimit.Of(3), Pauses("2026-03-12 16:00.."), Day("2026-03-30")));

    [Fact]
    public void A_year_without_a_calendar_gives_a_provisional_day_until_it_is_published()
    {
        var began = At("2026-12-29 10:00");
        var before = Deadline.Of(began, TimeLimit.Of(5), [], Day("2026-12-29"));
        // As if the State Council had published: 1 to 4 January off.
        var text = Encoding.UTF8.GetString(Files["reference/holidays.csv"])
            .Replace("..2026-12-31", "..2027-12-31", StringComparison.Ordinal) +
            "2027-01-01,off,元旦\n2027-01-04,off,元旦\n";
        var published = new Deadline(With("holidays.csv", text).Calendar);

        // 30 and 31 December, then Friday 1, Monday 4 and Tuesday 5 January by the plain week.
        Assert.Equal((DueState.Provisional, Day("2027-01-05")), (before.State, before.Day));
        Assert.Equal("2027-01-05（暂定：该年放假安排尚未发布）", before.Text);
        var after = published.Of(began, TimeLimit.Of(5), [], Day("2026-12-29"));
        Assert.Equal((DueState.Fixed, "2027-01-07"), (after.State, after.Text));
        Assert.Equal(DueState.Fixed, Deadline.Of(began, TimeLimit.Of(2), [], Day("2026-12-29")).State);
    }

    [Theory]
    [InlineData(20, "2026-03-09", Light.Green, 20)]
    [InlineData(20, "2026-03-31", Light.Yellow, 4)] // a fifth
    [InlineData(20, "2026-03-30", Light.Green, 5)]
    [InlineData(5, "2026-03-11", Light.Green, 3)]
    [InlineData(5, "2026-03-12", Light.Yellow, 2)]
    [InlineData(5, "2026-03-16", Light.Yellow, 0)] // the last day
    [InlineData(5, "2026-03-17", Light.Red, -1)]
    [InlineData(4, "2026-03-14", Light.Red, 0)] // Saturday after the last day: over, by no working day yet
    public void The_light_tells_how_much_is_left(int limit, string today, Light light, int remaining)
    {
        var due = Deadline.Of(At("2026-03-09 10:00"), TimeLimit.Of(limit), [], Day(today));

        Assert.Equal((light, remaining), (due.Light, due.Remaining));
    }

    [Fact]
    public void Without_a_limit_there_is_no_light()
    {
        var none = Deadline.Of(At("2026-03-09 10:00"), TimeLimit.None, [], Day("2026-03-12"));
        var open = Deadline.Of(At("2026-03-09 10:00"), TimeLimit.Open, [], Day("2026-03-12"));

        Assert.Equal(new DueDate(DueState.NoLimit, null, null, 3, Light.Grey), none);
        Assert.Equal(new DueDate(DueState.Open, null, null, 3, Light.Grey), open);
        Assert.Equal(("无时限", "时限待细则"), (none.Text, open.Text));
    }

    [Fact]
    public void Limits_come_from_the_steps_of_items()
    {
        var files = PolicyLoader.ReadFiles(Repository.Root);
        var official = LimitsOf([]);

        Assert.Contains(official, l => l.IsOpen);
        Assert.DoesNotContain(LimitsOf(["liaoning-2026-demo"]), l => l.IsOpen);
        Assert.Contains(LimitsOf(["liaoning-2026-demo"]), l => l.Workdays > 0);

        List<TimeLimit> LimitsOf(string[] layers) =>
            [.. PolicyLoader.Load(files, ["liaoning-2026"], layers, new Dictionary<string, string>()).Program!
                .Policies.SelectMany(p => p.Items).SelectMany(i => i.Steps).Select(TimeLimit.Of)];
    }

    [Fact]
    public void A_pause_that_ends_before_it_begins_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentException>(() => Deadline.Of(At("2026-03-09 10:00"), TimeLimit.Of(5),
            Pauses("2026-03-11 09:00..2026-03-10 09:00"), Day("2026-03-12")));

    [Fact]
    public void Pauses_are_read_as_a_case_stores_them()
    {
        Assert.Empty(Pause.ListOf(""));
        Assert.Equal([new Pause(5, 7), new Pause(9, null)], Pause.ListOf("5-7;9-"));
        Assert.Throws<FormatException>(() => Pause.ListOf("5;"));
        Assert.Throws<FormatException>(() => Pause.ListOf("5-x;"));
    }

    /// <summary>An instant in Beijing.</summary>
    internal static long At(string beijing) =>
        BeijingTime.StartOf(Day(beijing[..10])) + TimeSpan.Parse(beijing[11..], null).Ticks;

    private static Pause[] Pauses(string text) => [.. text.Split(',').Select(p => p.Split("..")).Select(p =>
        new Pause(At(p[0]), p[1].Length > 0 ? At(p[1]) : null))];
}
