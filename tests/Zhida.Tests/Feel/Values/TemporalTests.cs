using CsCheck;
using Xunit;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Values;

public class TemporalTests
{
    [Theory]
    [InlineData("2026-03-01")]
    [InlineData("10:30:00")]
    [InlineData("10:30:00.123456789")]
    [InlineData("10:30:00Z")]
    [InlineData("10:30:00+08:00")]
    [InlineData("10:30:00-02:45:55")]
    [InlineData("10:30:00@Asia/Shanghai")]
    [InlineData("2026-03-01T10:30:00")]
    [InlineData("-2026-03-01T10:30:00.5@Etc/UTC")]
    [InlineData("P1Y2M")]
    [InlineData("-P14M", "-P1Y2M")]
    [InlineData("P0Y", "P0M")]
    [InlineData("P1DT2H3M4.5S")]
    [InlineData("PT36H", "P1DT12H")]
    [InlineData("-PT0.5S")]
    [InlineData("P0D", "PT0S")]
    [InlineData("24:00:00", "00:00:00")]
    [InlineData("2026-12-31T24:00:00", "2027-01-01T00:00:00")]
    public void TextGoesThereAndBack(string text, string? canonical = null)
    {
        Assert.True(TemporalText.TryParseTemporal(text, out var value));
        Assert.Equal(canonical ?? text, Formatting.ToText(value));
    }

    [Theory]
    [InlineData("24:00:01")]
    [InlineData("10:60:00")]
    [InlineData("10:00")]
    [InlineData("10:00:00+19:00")]
    [InlineData("10:00:00+5:00")]
    [InlineData("10:00:00+02:00@Europe/Paris")]
    [InlineData("10:00:00@xyz/abc")]
    [InlineData("10:00:00@../../etc/passwd")]
    [InlineData("10:00:00.")]
    [InlineData("10:00:00.1234567890")]
    [InlineData("2026-03-01T")]
    [InlineData("2026-03-01T10:00:00T")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1Y1D")]
    [InlineData("P1M1Y")]
    [InlineData("P1.5D")]
    [InlineData("PT99999999999999999999S")]
    [InlineData("foo")]
    [InlineData("")]
    public void OtherTextIsRefused(string text) => Assert.False(TemporalText.TryParseTemporal(text, out _));

    [Fact]
    public void NoTextMakesTheReaderThrow() =>
        Gen.String[Gen.Char["0123456789-+:.TPYMDHSZ@/a "], 0, 24].Sample(text =>
        {
            if (TemporalText.TryParseTemporal(text, out var value))
                Assert.True(TemporalText.TryParseTemporal(Formatting.ToText(value), out _));
        });

    [Fact]
    public void AZoneIsOneObject()
    {
        Assert.Same(Zone.Find("Asia/Shanghai"), Zone.Find("Asia/Shanghai"));
        Assert.Same(Zone.FromOffset(28800), Zone.FromOffset(28800));
        Assert.Null(Zone.Find("Asia/Nowhere"));
        Assert.Null(Zone.FromOffset(15 * 3600));
    }

    [Fact]
    public void SummerTimeCounts()
    {
        Assert.True(Temporal.TryParseDateTime("2026-07-01T12:00:00@Europe/Paris", out var summer));
        Assert.Equal(7200, summer.Zone!.OffsetAt(summer.Days, summer.NanosecondOfDay));
        Assert.True(Temporal.TryParseDateTime("999999999-01-01T12:00:00@Europe/Paris", out var late));
        Assert.Equal(3600, late.Zone!.OffsetAt(late.Days, late.NanosecondOfDay));
    }
}
