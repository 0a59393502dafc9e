using Zhida.Policy.Plans;

namespace Zhida.Policy.Columns;

/// <summary>Division of integers of 0 to 2^63 − 1 by one divisor, exact, by a multiplication and a shift (Granlund and
/// Montgomery, 1994): with s = 63 + ⌈log2 d⌉ and m = ⌊2^s / d⌋ + 1, ⌊n / d⌋ = ⌊n·m / 2^s⌋.</summary>
internal readonly struct Reciprocal
{
    private readonly ulong _factor;
    private readonly int _shift;

    /// <param name="divisor">At least 2.</param>
    public Reciprocal(long divisor)
    {
        var log = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)divisor - 1);
        _factor = (ulong)((UInt128.One << (63 + log)) / (ulong)divisor) + 1;
        _shift = log - 1;
    }

    public long Quotient(long dividend) =>
        (long)(Math.BigMul((ulong)dividend, _factor, out _) >> _shift);

    /// <summary>What is added to a dividend of at least 0 for its quotient to be rounded so.</summary>
    public static long Before(long divisor, DivideMode mode) => mode switch
    {
        DivideMode.HalfUp => divisor / 2,
        DivideMode.Up or DivideMode.Ceiling => divisor - 1,
        _ => 0,
    };
}
