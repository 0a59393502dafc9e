namespace Zhida.Feel.Values;

/// <summary>Where a number between two of the wanted scale goes: away from zero, towards zero, down, up, or to the
/// nearer one, with ties away from zero, towards zero, or to the even one.</summary>
public enum RoundingMode { Up, Down, Floor, Ceiling, HalfUp, HalfDown, HalfEven }

/// <summary>Rounding of decimals to a scale, exact.</summary>
public static class Rounding
{
    /// <summary>The bounds of the standard (those of decimal128).</summary>
    public const int MinScale = -6111;

    public const int MaxScale = 6176;

    private const int MaxDecimalScale = 28;

    /// <summary>The number at <paramref name="scale"/> places after the point (before it, if negative). Null: beyond
    /// the range of a decimal.</summary>
    public static decimal? Round(decimal number, int scale, RoundingMode mode)
    {
        if (scale >= number.Scale) return number;
        if (scale < -MaxDecimalScale) return RoundToHuge(number, mode);
        var unit = scale >= 0 ? new decimal(1, 0, 0, false, (byte)scale) : PowerOfTen(-scale);
        var rest = Math.Abs(number % unit);
        var kept = number - number % unit;
        if (rest == 0 || !IsAway(mode, number < 0, rest.CompareTo(unit - rest), kept % (2 * unit) != 0)) return kept;
        var room = number < 0 ? kept - decimal.MinValue : decimal.MaxValue - kept;
        return room < unit ? null : number < 0 ? kept - unit : kept + unit;
    }

    /// <summary>Whether to go away from zero, given which half the rest is in and whether what is kept is
    /// odd.</summary>
    private static bool IsAway(RoundingMode mode, bool negative, int half, bool odd) => mode switch
    {
        RoundingMode.Up => true,
        RoundingMode.Down => false,
        RoundingMode.Floor => negative,
        RoundingMode.Ceiling => !negative,
        RoundingMode.HalfUp => half >= 0,
        RoundingMode.HalfDown => half > 0,
        _ => half > 0 || (half == 0 && odd),
    };

    /// <summary>To units of 10^29 and more, which no decimal can hold: zero, or out of range.</summary>
    private static decimal? RoundToHuge(decimal number, RoundingMode mode) =>
        number == 0 || !IsAway(mode, number < 0, -1, false) ? 0 : null;

    private static decimal PowerOfTen(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
