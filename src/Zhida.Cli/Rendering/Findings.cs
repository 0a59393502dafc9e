using System.Text.Json;
using Zhida.Policy;

namespace Zhida.Cli.Rendering;

/// <summary>Findings as lines for people, or as JSON.</summary>
internal static class Findings
{
    /// <summary>Errors first, then notes, each with its place and its mend.</summary>
    public static void Print(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings.OrderByDescending(f => f.Severity))
        {
            Screen.Line($"{finding.Location}  {(IsError(finding) ? "错误" : "提示")} {finding.Code}");
            Screen.Line($"    {finding.Message}");
            if (finding.Mend is not null) Screen.Line($"    怎样改：{finding.Mend}");
        }
    }

    /// <summary>What is wrong with input, to the error stream.</summary>
    public static void PrintProblems(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            Screen.Error(finding.Location.Line > 0 ? $"{finding.Location}：{finding.Message}"
                : $"{finding.Location.File} {finding.Message}", finding.Mend);
    }

    public static bool IsError(Finding finding) => finding.Severity == Severity.Error;

    public static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("severity", IsError(finding) ? "error" : "note");
        json.WriteString("code", finding.Code);
        json.WriteString("file", finding.Location.File);
        json.WriteNumber("line", finding.Location.Line);
        json.WriteNumber("column", finding.Location.Column);
        json.WriteString("message", finding.Message);
        json.WriteString("mend", finding.Mend);
    }
}
