using CsCheck;
using Xunit;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Values;

public class DecimalMathTests
{
    [Fact]
    public void KnownValuesAreRightToTheLastDigit()
    {
        Assert.Equal(1.4142135623730950488016887242m, DecimalMath.Sqrt(2));
        Assert.Equal(2.7182818284590452353602874714m, DecimalMath.Exp(1));
        Assert.Equal(0.6931471805599453094172321215m, DecimalMath.Ln(2));
        Assert.Equal(2.3025850929940456840179914547m, DecimalMath.Ln(10));
        Assert.Equal(1.62889462677744140625m, DecimalMath.Power(1.05m, 10));
        Assert.Equal(0.04m, DecimalMath.Power(5, -2));
        Assert.Equal(-8m, DecimalMath.Power(-2, 3));
        Assert.Equal(1m, DecimalMath.Power(0, 0));
        Assert.Equal(2.7182804693193769m, decimal.Round(DecimalMath.Power(1.000001m, 1_000_000)!.Value, 16));
    }

    [Fact]
    public void WhatIsTooLargeIsNull()
    {
        Assert.Null(DecimalMath.Exp(67));
        Assert.Null(DecimalMath.Power(10, 29));
        Assert.Null(DecimalMath.Power(10, 1_000_000_000));
        Assert.Null(DecimalMath.Power(-3, decimal.MaxValue));
        Assert.Equal(0m, DecimalMath.Power(10, -1_000_000_000));
        Assert.Equal(0m, DecimalMath.Exp(decimal.MinValue));
    }

    [Fact]
    public void RootsOfSquaresAreExact() =>
        Gen.Decimal[0m, 99_999_999m].Select(d => decimal.Round(d, 6))
            .Sample(root => Assert.Equal(root, DecimalMath.Sqrt(root * root)));

    [Fact]
    public void TheExponentialUndoesTheLogarithm() =>
        Gen.Decimal[0.000001m, 1_000_000m].Sample(x =>
        {
            var again = DecimalMath.Exp(DecimalMath.Ln(x))!.Value;
            Assert.True(Math.Abs(again - x) <= x * 0.00000000000000000000000001m, $"{x} became {again}");
        });
}
