using CsCheck;
using Xunit;
using static Zhida.Tests.Policy.Reference.ReferenceFiles;

namespace Zhida.Tests.Policy.Reference;

public sealed class WorkCalendarTests
{
    [Theory]
    [InlineData("2026-01-01", false)] // 元旦
    [InlineData("2026-01-04", true)] // a Sunday that is worked
    [InlineData("2026-02-28", true)] // a Saturday that is worked
    [InlineData("2026-03-07", false)] // an ordinary Saturday
    [InlineData("2026-03-09", true)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-10", true)] // a Saturday that is worked
    [InlineData("2024-02-29", true)]
    [InlineData("2019-01-01", false)]
    [InlineData("2026-12-31", true)]
    public void Days_off_and_make_up_days_are_known(string day, bool works) =>
        Assert.Equal(works, Tables.Calendar.IsWorkday(Day(day)));

    [Theory]
    [InlineData("2018-12-31")]
    [InlineData("2027-01-01")]
    [InlineData("2027-06-15")]
    public void A_year_that_is_not_published_is_a_state(string day) =>
        Assert.Null(Tables.Calendar.IsWorkday(Day(day)));

    [Theory]
    [InlineData("2026-03-09", 0, "2026-03-09")]
    [InlineData("2026-03-07", 0, "2026-03-07")]
    [InlineData("2026-03-09", 1, "2026-03-10")]
    [InlineData("2026-03-06", 1, "2026-03-09")]
    [InlineData("2026-09-30", 1, "2026-10-08")] // over the National Day holidays
    [InlineData("2026-09-30", 3, "2026-10-10")] // 8, 9 and the make-up Saturday
    [InlineData("2026-09-30", 4, "2026-10-12")]
    [InlineData("2026-12-30", 1, "2026-12-31")]
    public void A_time_limit_counts_from_the_day_after(string from, int workdays, string to) =>
        Assert.Equal(Day(to), Tables.Calendar.After(Day(from), workdays));

    [Theory]
    [InlineData("2026-12-31", 1)]
    [InlineData("2026-12-25", 10)]
    [InlineData("2027-03-01", 1)]
    [InlineData("2026-01-05", 300)]
    public void A_time_limit_that_runs_into_an_unpublished_year_is_not_known(string from, int workdays) =>
        Assert.Null(Tables.Calendar.After(Day(from), workdays));

    [Fact]
    public void Counting_day_by_day_gives_the_same() =>
        Gen.Select(Gen.Long[Day("2019-01-01"), Day("2026-06-30")], Gen.Int[1, 60]).Sample((from, workdays) =>
        {
            var (day, left) = (from, workdays);
            while (left > 0)
                if (Tables.Calendar.IsWorkday(++day)!.Value) left--;
            Assert.Equal(day, Tables.Calendar.After(from, workdays));
        });

    [Fact]
    public void Every_year_of_the_table_has_its_known_number_of_working_days()
    {
        // 365 or 366 days less weekends and holidays, plus make-up days; 248 to 252 in all these years.
        for (var year = 2019; year <= 2026; year++)
        {
            var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365)
                .Count(i => Tables.Calendar.IsWorkday(Day($"{year}-01-01") + i)!.Value);
            Assert.InRange(days, 248, 252);
        }
    }

    [Theory]
    [InlineData("# 范围：2019-01-01..2026-12-31", "", "要有一段范围")]
    [InlineData("2019-01-01,off,元旦", "2019-01-01,holiday,元旦", "不是 off 或 work")]
    [InlineData("2019-01-01,off,元旦", "2019-01-01,off,元旦\n2019-01-01,work,元旦", "写了两次")]
    public void A_mistake_in_the_file_is_reported(string right, string wrong, string message)
    {
        var text = System.Text.Encoding.UTF8.GetString(Files["reference/holidays.csv"]);

        var tables = With("holidays.csv", text.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(message, Assert.Single(tables.Findings).Message);
    }
}
