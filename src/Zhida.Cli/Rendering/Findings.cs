using System.Text.Encodings.Web;
using System.Text.Json;
using Zhida.Policy;

namespace Zhida.Cli.Rendering;

/// <summary>Findings as lines for people, or as JSON.</summary>
internal static class Findings
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Errors first, then notes, each with its place and its mend.</summary>
    public static void Print(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings.OrderByDescending(f => f.Severity))
        {
            var weight = finding.Severity == Severity.Error ? "错误" : "提示";
            Screen.Line($"{finding.Location}  {weight} {finding.Code}");
            Screen.Line($"    {finding.Message}");
            if (finding.Mend is not null) Screen.Line($"    怎样改：{finding.Mend}");
        }
    }

    /// <summary>What is wrong with input, to the error stream.</summary>
    public static void PrintProblems(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            Screen.Error(finding.Location.Line > 0 ? $"{finding.Location}：{finding.Message}"
                : $"{finding.Location.File}：{finding.Message}", finding.Mend);
    }

    public static byte[] Json(IReadOnlyList<Finding> findings)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("errors", findings.Count(f => f.Severity == Severity.Error));
            json.WriteNumber("notes", findings.Count(f => f.Severity == Severity.Note));
            json.WriteStartArray("findings");
            foreach (var finding in findings) Write(json, finding);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("severity", finding.Severity == Severity.Error ? "error" : "note");
        json.WriteString("code", finding.Code);
        json.WriteString("file", finding.Location.File);
        json.WriteNumber("line", finding.Location.Line);
        json.WriteNumber("column", finding.Location.Column);
        json.WriteString("message", finding.Message);
        json.WriteString("mend", finding.Mend);
        json.WriteEndObject();
    }
}
