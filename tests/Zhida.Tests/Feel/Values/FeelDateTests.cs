using CsCheck;
using Xunit;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Values;

public class FeelDateTests
{
    [Fact]
    public void AgreesWithTheSystemsCalendar() =>
        Gen.Int[0, DateOnly.MaxValue.DayNumber].Sample(number =>
        {
            var date = DateOnly.FromDayNumber(number);
            var days = number - FeelDate.UnixEpochDayNumber;
            Assert.Equal(days, FeelDate.FromCivil(date.Year, date.Month, date.Day));
            Assert.Equal(((long)date.Year, date.Month, date.Day), FeelDate.ToCivil(days));
            Assert.Equal(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, FeelDate.Weekday(days));
            Assert.Equal(date.ToString("yyyy-MM-dd"), FeelDate.Format(days));
        });

    [Fact]
    public void EveryDayGoesThereAndBack() =>
        Gen.Long[FeelDate.MinDays, FeelDate.MaxDays].Sample(days =>
        {
            var (year, month, day) = FeelDate.ToCivil(days);
            Assert.True(FeelDate.TryCreate(year, month, day, out var again));
            Assert.Equal(days, again);
            Assert.True(FeelDate.TryParse(FeelDate.Format(days), out again));
            Assert.Equal(days, again);
        });

    [Fact]
    public void MonthsAreAddedAsTheSystemDoes() =>
        Gen.Select(Gen.Int[0, 3_000_000], Gen.Int[-1200, 1200]).Sample((number, months) =>
        {
            var date = DateOnly.FromDayNumber(number + 40_000);
            Assert.True(FeelDate.TryAddMonths(date.DayNumber - FeelDate.UnixEpochDayNumber, months, out var sum));
            Assert.Equal(date.AddMonths(months).DayNumber, sum + FeelDate.UnixEpochDayNumber);
        });

    [Theory]
    [InlineData("2024-02-29", true)]
    [InlineData("2023-02-29", false)]
    [InlineData("-0001-12-31", true)]
    [InlineData("999999999-12-31", true)]
    [InlineData("1000000000-01-01", false)]
    [InlineData("012026-01-01", false)]
    [InlineData("998-12-31", false)]
    [InlineData("+2026-01-01", false)]
    [InlineData("2026-1-1", false)]
    [InlineData("2026-13-01", false)]
    [InlineData("2026-01-01 ", false)]
    [InlineData("２０２６-01-01", false)]
    [InlineData("", false)]
    [InlineData("-", false)]
    public void TextIsAsInXmlSchema(string text, bool valid)
    {
        Assert.Equal(valid, FeelDate.TryParse(text, out var days));
        if (valid) Assert.Equal(text, FeelDate.Format(days));
    }
}
