namespace Zhida.Feel.Values;

/// <summary>A range (DMN 1.5, 10.3.2.7). An endpoint that is null is unbounded (<c>&lt; 5</c> is a range without a
/// start).</summary>
public sealed record FeelRange(Value Start, bool StartIncluded, Value End, bool EndIncluded);
