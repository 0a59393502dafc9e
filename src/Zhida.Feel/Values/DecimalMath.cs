using System.Numerics;

namespace Zhida.Feel.Values;

/// <summary>
/// Roots, powers, logarithms and exponentials of decimals, worked in fixed point with 45 decimal places and rounded
/// once: the result is right to the last of 28 digits but for rare ties. Null: beyond the range of a decimal.
/// </summary>
internal static class DecimalMath
{
    private const int Places = 45;
    private static readonly BigInteger One = BigInteger.Pow(10, Places);
    private static readonly BigInteger Ln2 = LnOfRatio(2 * One);
    private static readonly BigInteger MaxMantissa = (BigInteger.One << 96) - 1;

    /// <summary>e to the power of <paramref name="x"/>.</summary>
    public static decimal? Exp(decimal x) => Math.Abs(x) > 100 ? x < 0 ? 0m : null : ToDecimal(ExpFixed(ToFixed(x)));

    /// <summary>The natural logarithm of a positive number.</summary>
    public static decimal Ln(decimal x) => ToDecimal(LnFixed(x))!.Value;

    /// <summary>The root of a number that is not negative.</summary>
    public static decimal Sqrt(decimal x)
    {
        var (mantissa, scale) = Split(x);
        // An even number of places more, so that the root of the mantissa has 30 digits or more.
        var more = 60 + scale % 2;
        return ToDecimal(IntegerRoot(mantissa * BigInteger.Pow(10, more)), (scale + more) / 2)!.Value;
    }

    /// <summary>Whole exponents are exact up to the final rounding; others are exp(y ln x). The base is not zero for a
    /// negative exponent and not negative for a fractional one.</summary>
    public static decimal? Power(decimal x, decimal y)
    {
        if (x is 0 or 1 || y == 0) return y == 0 ? 1 : x;
        if (x == -1) return y % 2 == 0 ? 1 : -1;
        var (mantissa, scale) = Split(x);
        if (decimal.IsInteger(y) && Math.Abs(y) < 3000 && Math.Abs(y) * DigitCount(mantissa) < 3000)
        {
            var n = (int)Math.Abs(y);
            var power = BigInteger.Pow(mantissa, n);
            return y > 0 ? ToDecimal(power, scale * n) : Reciprocal(power, scale * n);
        }
        // ln loses nothing that matters: beyond 70 the result is out of range, or zero, anyway.
        var exponent = LnFixed(Math.Abs(x)) * ToFixed(y) / One;
        if (BigInteger.Abs(exponent) > 100 * One) return exponent.Sign < 0 ? 0m : null;
        var size = ToDecimal(ExpFixed(exponent));
        return x < 0 && y % 2 != 0 ? -size : size;
    }

    /// <summary>mantissa × 10^−scale.</summary>
    private static (BigInteger Mantissa, int Scale) Split(decimal x)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(x, bits);
        var mantissa = new BigInteger((uint)bits[2]) << 64 | new BigInteger((uint)bits[1]) << 32 | (uint)bits[0];
        return (x < 0 ? -mantissa : mantissa, x.Scale);
    }

    private static BigInteger ToFixed(decimal x)
    {
        var (mantissa, scale) = Split(x);
        return mantissa * BigInteger.Pow(10, Places - scale);
    }

    private static decimal? Reciprocal(BigInteger mantissa, int scale)
    {
        // 1 / (m × 10^−s) with forty digits beyond those of m.
        var more = DigitCount(mantissa) + 40;
        return ToDecimal(BigInteger.Pow(10, more) / mantissa, more - scale);
    }

    /// <summary>The nearest decimal to mantissa × 10^−scale, ties to even.</summary>
    private static decimal? ToDecimal(BigInteger mantissa, int scale = Places)
    {
        var size = BigInteger.Abs(mantissa);
        if (scale < 0) (size, scale) = (size * BigInteger.Pow(10, -scale), 0);
        var drop = Math.Max(Math.Max(0, scale - 28), DigitCount(size) - 30);
        var rounded = Shorten(size, drop);
        while (rounded > MaxMantissa) rounded = Shorten(size, ++drop);
        if (drop > scale || rounded > MaxMantissa) return null;
        var result = new decimal(
            (int)(uint)(rounded & uint.MaxValue), (int)(uint)(rounded >> 32 & uint.MaxValue),
            (int)(uint)(rounded >> 64),
            mantissa.Sign < 0, (byte)(scale - drop));
        return result;
    }

    /// <summary>The number of decimal digits, or one more.</summary>
    private static int DigitCount(BigInteger n) => (int)(n.GetBitLength() * 30_103 / 100_000) + 1;

    private static BigInteger Shorten(BigInteger size, int digits)
    {
        if (digits <= 0) return size;
        var unit = BigInteger.Pow(10, digits);
        var quotient = BigInteger.DivRem(size, unit, out var rest);
        var twice = (rest * 2).CompareTo(unit);
        return twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    /// <summary>ln x = ln m + k ln 2 with m between 1 and 2.</summary>
    private static BigInteger LnFixed(decimal x)
    {
        var (mantissa, scale) = Split(x);
        var divisor = BigInteger.Pow(10, scale);
        var k = (int)(mantissa.GetBitLength() - divisor.GetBitLength());
        var (above, below) = k >= 0 ? (mantissa, divisor << k) : (mantissa << -k, divisor);
        return LnOfRatio(above * One / below) + k * Ln2;
    }

    /// <summary>ln m = 2 artanh((m − 1) / (m + 1)); the ratio is at most one third, so 47 terms do.</summary>
    private static BigInteger LnOfRatio(BigInteger m)
    {
        var ratio = (m - One) * One / (m + One);
        var square = ratio * ratio / One;
        var sum = BigInteger.Zero;
        var power = ratio;
        for (var n = 1; !power.IsZero; n += 2)
        {
            sum += power / n;
            power = power * square / One;
        }
        return 2 * sum;
    }

    /// <summary>e^x = 2^k e^r with |r| at most ln 2.</summary>
    private static BigInteger ExpFixed(BigInteger x)
    {
        var k = (int)(x / Ln2);
        var r = x - k * Ln2;
        var sum = One;
        var term = One;
        for (var n = 1; !term.IsZero; n++)
        {
            term = term * r / One / n;
            sum += term;
        }
        return k >= 0 ? sum << k : sum >> -k;
    }

    private static BigInteger IntegerRoot(BigInteger n)
    {
        if (n.IsZero) return n;
        var root = BigInteger.One << (int)(n.GetBitLength() + 1) / 2;
        while (true)
        {
            var next = (root + n / root) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }
}
