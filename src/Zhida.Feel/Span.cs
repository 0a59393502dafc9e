namespace Zhida.Feel;

/// <summary>A stretch of source text: <paramref name="Start"/> and <paramref name="Length"/> in UTF-16 units,
/// counted from the beginning of the expression.</summary>
public readonly record struct Span(int Start, int Length)
{
    public int End => Start + Length;

    public Span To(Span last) => new(Start, last.End - Start);
}

/// <summary>What is wrong, where, and how to mend it. <paramref name="Mend"/> is null where nothing useful is known.
/// <paramref name="Code"/> is stable (<c>feel.type</c>, <c>feel.unit</c>, <c>feel.name</c>, <c>feel.syntax</c>,
/// …).</summary>
public sealed record Diagnostic(string Code, Span Span, string Message, string? Mend = null);
