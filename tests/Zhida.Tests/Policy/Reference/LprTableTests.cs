using System.Text;
using Xunit;
using Zhida.Policy.Reference;
using static Zhida.Tests.Policy.Reference.ReferenceFiles;

namespace Zhida.Tests.Policy.Reference;

public sealed class LprTableTests
{
    private const string Demo = """
        # 状况：示范
        # 范围：2025-08-20..2027-01-19
        publish_date,lpr_1y_pct,lpr_5y_plus_pct,standing
        2025-08-20,3.00,3.50,示范
        2026-01-20,2.90,3.40,示范
        """;

    [Theory]
    [InlineData("2019-08-20", "4.25", "4.85")]
    [InlineData("2024-07-21", "3.45", "3.95")]
    [InlineData("2024-07-22", "3.35", "3.85")]
    [InlineData("2024-10-20", "3.35", "3.85")]
    [InlineData("2024-10-21", "3.10", "3.60")]
    [InlineData("2025-03-01", "3.10", "3.60")]
    [InlineData("2025-05-19", "3.10", "3.60")]
    [InlineData("2025-05-20", "3.00", "3.50")]
    [InlineData("2025-08-19", "3.00", "3.50")]
    public void A_fixing_holds_from_its_publication_to_the_day_before_the_next(string day, string one, string five)
    {
        var percent = (string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) / 100;

        Assert.Equal(percent(one), Tables.Lpr.Rate(Day(day), LprTable.OneYear));
        Assert.Equal(percent(five), Tables.Lpr.Rate(Day(day), LprTable.FiveYears));
    }

    [Theory]
    [InlineData("2019-08-19")]
    [InlineData("2025-08-20")]
    [InlineData("2025-10-20")]
    [InlineData("2026-07-20")]
    [InlineData("9999-12-31")]
    [InlineData("-0001-01-01")]
    public void Outside_the_verified_range_nothing_is_said(string day) =>
        Assert.Null(Tables.Lpr.Rate(Day(day), LprTable.OneYear));

    [Fact]
    public void There_are_two_tenors_only() => Assert.Null(Tables.Lpr.Rate(Day("2025-03-01"), "3年期"));

    [Fact]
    public void A_layer_fills_what_is_not_known_and_changes_nothing_else()
    {
        var layered = Tables.With("policies/demo/lpr.csv", Encoding.UTF8.GetBytes(
            Demo.Replace("2025-08-20..", "2025-07-20..", StringComparison.Ordinal)
                .Replace("2025-08-20,3.00", "2025-07-20,9.99", StringComparison.Ordinal)));

        Assert.Empty(layered.Findings);
        Assert.Equal(0.03m, layered.Lpr.Rate(Day("2025-08-19"), LprTable.OneYear));
        Assert.Equal(0.0999m, layered.Lpr.Rate(Day("2025-08-20"), LprTable.OneYear));
        Assert.Equal(0.029m, layered.Lpr.Rate(Day("2026-01-20"), LprTable.OneYear));
        Assert.Equal("示范", layered.Lpr.On(Day("2027-01-19"))!.Standing);
        Assert.Null(layered.Lpr.Rate(Day("2027-01-20"), LprTable.OneYear));
        Assert.Null(Tables.Lpr.Rate(Day("2026-01-20"), LprTable.OneYear));
    }

    [Theory]
    [InlineData("2025-08-20")]
    [InlineData("2026-01-01")]
    [InlineData("2027-01-19")]
    public void The_demonstration_layer_has_illustrative_rates_for_its_whole_life(string day)
    {
        const string file = "policies/liaoning-2026-demo/lpr.csv";

        var layered = Tables.With(file, File.ReadAllBytes(Repository.PathOf(file)));

        Assert.Empty(layered.Findings);
        Assert.Equal(new LprFixing(0, 0.03m, 0.035m, "示范"), layered.Lpr.On(Day(day))! with { Day = 0 });
    }

    [Fact]
    public void A_layer_that_does_not_say_that_it_is_illustrative_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Demo.Replace("状况：示范", "状况：核实", StringComparison.Ordinal));

        Assert.Contains("只能是示范", Assert.Single(Tables.With("policies/demo/lpr.csv", bytes).Findings).Message);
    }

    [Theory]
    [InlineData("2026-01-20,2.90", "2026-1-20,2.90", "“2026-1-20”不是日期", 5)]
    [InlineData("2026-01-20,2.90", "2026-01-20,-2.90", "利率应为0到100之间的数", 5)]
    [InlineData("2026-01-20,2.90", "2025-08-20,2.90", "从早到晚", 5)]
    [InlineData("2026-01-20,2.90,", "2026-01-20,2,90,", "应有4格，实有5格", 5)]
    [InlineData("2025-08-20..", "2025-08-19..", "范围的首日早于第一个公布日", 1)]
    [InlineData("..2027-01-19", "…2027-01-19", "读不懂", 2)]
    [InlineData("publish_date", "date", "列名应为", 3)]
    public void A_mistake_in_the_file_is_reported_with_its_line(string right, string wrong, string message, int line)
    {
        var bytes = Encoding.UTF8.GetBytes(Demo.Replace(right, wrong, StringComparison.Ordinal));

        var finding = Assert.Single(Tables.With("policies/demo/lpr.csv", bytes).Findings);

        Assert.Contains(message, finding.Message);
        Assert.Equal(line, finding.Location.Line);
    }
}
