using Zhida.Feel.Types;

namespace Zhida.Feel.Nodes;

/// <summary>A closed interval of decimals; null: not bounded on that side.</summary>
public readonly record struct Interval(decimal? Lower, decimal? Upper)
{
    public static readonly Interval Unbounded = new(null, null);

    /// <summary>The least and the most that an expression can be in a frame where some of its facts are unknown, by
    /// their declared ranges. Sound, not tight.</summary>
    public static Interval Of(Expr expression, Frame frame)
    {
        frame.Evaluation.Bounds.Clear();
        return expression.Bound(frame);
    }

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

    /// <summary>A divisor is never zero (division by it fails) but may come near: then the quotient has no bound. Ends
    /// are divided by ends, so that none is rounded twice.</summary>
    internal Interval Over(Interval divisor)
    {
        if (divisor.Upper <= 0) return Negated().Over(divisor.Negated());
        if (divisor.Lower is not { } low || low < 0) return Unbounded;
        return Guard(this, divisor, (x, y) => new Interval(
            Quotient(x.Lower, x.Lower >= 0 ? y.Upper : low), Quotient(x.Upper, x.Upper <= 0 ? y.Upper : low)));
    }

    /// <summary>By what has no bound it goes to zero, by what comes near zero beyond all bounds.</summary>
    private static decimal? Quotient(decimal? dividend, decimal? divisor) =>
        dividend is null || divisor == 0 ? null : divisor is null ? 0 : dividend / divisor;

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
