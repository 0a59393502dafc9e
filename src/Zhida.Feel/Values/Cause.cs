namespace Zhida.Feel.Values;

/// <summary>Why a value is unknown. Carried by <see cref="Value.Unknown"/>; the first cause met wins, all of them are
/// found by <c>UnknownLeaves</c>. Instances live as long as what they describe, so that evaluation allocates
/// none.</summary>
public abstract class Cause
{
    /// <summary>In Chinese, for people: what is not known and what would settle it.</summary>
    public abstract string Describe();
}

/// <summary>A strict expression whose operation failed at run time (division by zero, overflow, no row).</summary>
public sealed class FailedCause(Span span, string reason) : Cause
{
    public Span Span { get; } = span;

    public string Reason { get; } = reason;

    public override string Describe() => Reason;
}
