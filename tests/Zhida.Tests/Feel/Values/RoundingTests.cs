using CsCheck;
using Xunit;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Values;

public class RoundingTests
{
    [Theory]
    [InlineData(RoundingMode.Up, "5.1", 0, "6")]
    [InlineData(RoundingMode.Up, "-5.1", 0, "-6")]
    [InlineData(RoundingMode.Down, "-5.9", 0, "-5")]
    [InlineData(RoundingMode.Floor, "-5.1", 0, "-6")]
    [InlineData(RoundingMode.Ceiling, "-5.9", 0, "-5")]
    [InlineData(RoundingMode.HalfUp, "2.345", 2, "2.35")]
    [InlineData(RoundingMode.HalfUp, "-2.345", 2, "-2.35")]
    [InlineData(RoundingMode.HalfDown, "2.345", 2, "2.34")]
    [InlineData(RoundingMode.HalfDown, "2.3451", 2, "2.35")]
    [InlineData(RoundingMode.HalfEven, "2.345", 2, "2.34")]
    [InlineData(RoundingMode.HalfEven, "2.355", 2, "2.36")]
    [InlineData(RoundingMode.HalfUp, "1250", -2, "1300")]
    [InlineData(RoundingMode.HalfEven, "1250", -2, "1200")]
    [InlineData(RoundingMode.HalfUp, "1.5", 40, "1.5")]
    [InlineData(RoundingMode.HalfUp, "1.5", -40, "0")]
    public void RoundsByItsMode(RoundingMode mode, string number, int scale, string expected) =>
        Assert.Equal(decimal.Parse(expected), Rounding.Round(decimal.Parse(number), scale, mode));

    [Fact]
    public void WhatIsTooLargeIsNull()
    {
        Assert.Null(Rounding.Round(1, -40, RoundingMode.Up));
        Assert.Null(Rounding.Round(decimal.MaxValue, -28, RoundingMode.Up));
        Assert.Equal(-decimal.MaxValue, Rounding.Round(-decimal.MaxValue, 0, RoundingMode.Floor));
    }

    [Fact]
    public void AgreesWithTheSystemWhereItHasTheMode() =>
        Gen.Select(Gen.Decimal[-1_000_000m, 1_000_000m], Gen.Int[0, 6]).Sample((number, scale) =>
        {
            Assert.Equal(decimal.Round(number, scale, MidpointRounding.ToEven),
                Rounding.Round(number, scale, RoundingMode.HalfEven));
            Assert.Equal(decimal.Round(number, scale, MidpointRounding.AwayFromZero),
                Rounding.Round(number, scale, RoundingMode.HalfUp));
            Assert.Equal(decimal.Round(number, scale, MidpointRounding.ToNegativeInfinity),
                Rounding.Round(number, scale, RoundingMode.Floor));
            Assert.Equal(decimal.Round(number, scale, MidpointRounding.ToPositiveInfinity),
                Rounding.Round(number, scale, RoundingMode.Ceiling));
            Assert.Equal(decimal.Round(number, scale, MidpointRounding.ToZero),
                Rounding.Round(number, scale, RoundingMode.Down));
        });
}
