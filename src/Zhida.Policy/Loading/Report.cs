using Zhida.Feel;

namespace Zhida.Policy.Loading;

/// <summary>Collects what is found while files are read. Nothing is thrown: a bad place is reported, and reading goes
/// on after it.</summary>
internal sealed class Report
{
    private readonly List<Finding> _findings = [];

    /// <summary>In the order of the files and of the places in them, each once.</summary>
    public IReadOnlyList<Finding> Findings =>
    [
        .. _findings.Distinct().OrderBy(f => f.Location.File, StringComparer.Ordinal)
            .ThenBy(f => f.Location.Line).ThenBy(f => f.Location.Column),
    ];

    public bool HasErrors => _findings.Exists(f => f.Severity == Severity.Error);

    public void Error(string code, Passage at, string message, string? mend = null) =>
        Error(code, at.Location, message, mend);

    public void Error(string code, Location at, string message, string? mend = null) =>
        _findings.Add(Finding.Error(code, at, message, mend));

    public void Note(string code, Passage at, string message, string? mend = null) =>
        _findings.Add(Finding.Note(code, at.Location, message, mend));

    /// <summary>Findings of an expression, mapped from its text to its file.</summary>
    public void Errors(Passage code, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var d in diagnostics) Error(d.Code, code.LocationAt(d.Span.Start), d.Message, d.Mend);
    }
}
