using System.Text;

namespace Zhida.Casework.Payments;

/// <summary>A line of comma-separated values (RFC 4180) without line breaks inside: what treasuries exchange.</summary>
internal static class CsvLine
{
    public static string Of(params IReadOnlyList<string> fields) => string.Join(',', fields.Select(Quoted));

    /// <summary>The fields of a line; null where a quote is not closed or has something behind it.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var fields = new List<string>();
        for (var at = 0; at <= line.Length; at++)
        {
            var field = new StringBuilder();
            if (at < line.Length && line[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at >= line.Length) return null;
                    if (line[at] == '"' && (++at >= line.Length || line[at] != '"')) break;
                    field.Append(line[at]);
                }
                if (at < line.Length && line[at] != ',') return null;
            }
            else
                for (; at < line.Length && line[at] != ','; at++) field.Append(line[at]);
            fields.Add(field.ToString());
        }
        return fields;
    }

    private static string Quoted(string field) => field.AsSpan().ContainsAny(',', '"')
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
