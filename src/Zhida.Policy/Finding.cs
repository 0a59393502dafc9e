namespace Zhida.Policy;

/// <summary>A place in a file: path relative to the root of the tree, line and column from 1.</summary>
public readonly record struct Location(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>How much a finding weighs: an error makes <c>check</c> exit 1; a note is printed and counted.</summary>
public enum Severity
{
    Note,
    Error,
}

/// <summary>What the reader or the checker found: where, what is wrong, and the mend. <paramref name="Code"/> is stable
/// and listed in docs/findings.md. Message and mend are Chinese.</summary>
public sealed record Finding(Severity Severity, string Code, Location Location, string Message, string? Mend = null)
{
    public static Finding Error(string code, Location at, string message, string? mend = null) =>
        new(Severity.Error, code, at, message, mend);

    public static Finding Note(string code, Location at, string message, string? mend = null) =>
        new(Severity.Note, code, at, message, mend);
}
