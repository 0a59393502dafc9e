using Zhida.Feel.Types;

namespace Zhida.Feel.Nodes;

/// <summary>A closed interval of decimals; null: not bounded on that side.</summary>
public readonly record struct Interval(decimal? Lower, decimal? Upper)
{
    public static readonly Interval Unbounded = new(null, null);

    /// <summary>The least and the most that an expression can be in a frame where some of its facts are unknown, by
    /// their declared ranges. Sound, not tight.</summary>
    public static Interval Of(Expr expression, Frame frame) => expression.Bound(frame);

    internal static Interval Point(decimal value) => new(value, value);

    internal static Interval OfType(FeelType type) =>
        type is NumberType number ? new Interval(number.Minimum, number.Maximum) : Unbounded;

    internal Interval Hull(Interval other) => new(
        Lower is { } a && other.Lower is { } b ? Math.Min(a, b) : null,
        Upper is { } c && other.Upper is { } d ? Math.Max(c, d) : null);

    internal Interval Negated() => new(-Upper, -Lower);

    internal Interval Plus(Interval other) => Guard(this, other,
        (x, y) => new Interval(x.Lower + y.Lower, x.Upper + y.Upper));

    internal Interval Times(Interval other) => Guard(this, other, (x, y) =>
    {
        // The corners bound the product; with an open side only what the signs allow is kept.
        if (x is { Lower: { } a, Upper: { } b } && y is { Lower: { } c, Upper: { } d })
        {
            ReadOnlySpan<decimal> corners = [a * c, a * d, b * c, b * d];
            return new Interval(Least(corners), Most(corners));
        }
        return x.Lower >= 0 && y.Lower >= 0 ? new Interval(x.Lower * y.Lower, x.Upper * y.Upper) : Unbounded;
    });

    internal Interval Over(Interval divisor) => Guard(this, divisor, (x, y) =>
    {
        if (y.Lower is not { } low || low <= 0) return Unbounded;
        var reciprocal = new Interval(y.Upper is { } high ? 1 / high : 0, 1 / low);
        // Exact ends where the dividend is not negative: dividing once keeps what a product of quotients would lose.
        return x.Lower >= 0
            ? new Interval(y.Upper is { } most ? x.Lower / most : 0, x.Upper / low) : x.Times(reciprocal);
    });

    /// <summary>The bounds of the least of several values.</summary>
    public static Interval Min(IEnumerable<Interval> parts)
    {
        var (lower, upper, bounded) = ((decimal?)null, (decimal?)null, true);
        foreach (var part in parts)
        {
            if (part.Lower is { } low) lower = lower is { } l ? Math.Min(l, low) : low;
            else bounded = false;
            if (part.Upper is { } high && (upper is null || high < upper)) upper = high;
        }
        return new Interval(bounded ? lower : null, upper);
    }

    /// <summary>The bounds of the most of several values.</summary>
    public static Interval Max(IEnumerable<Interval> parts) => Min(parts.Select(p => p.Negated())).Negated();

    private static decimal Least(ReadOnlySpan<decimal> values)
    {
        var least = values[0];
        foreach (var value in values) least = Math.Min(least, value);
        return least;
    }

    private static decimal Most(ReadOnlySpan<decimal> values)
    {
        var most = values[0];
        foreach (var value in values) most = Math.Max(most, value);
        return most;
    }

    private static Interval Guard(Interval a, Interval b, Func<Interval, Interval, Interval> compute)
    {
        try
        {
            return compute(a, b);
        }
        catch (OverflowException)
        {
            return Unbounded;
        }
    }
}
