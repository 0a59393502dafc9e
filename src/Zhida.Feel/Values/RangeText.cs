using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Zhida.Feel.Values;

/// <summary>The text of a range whose endpoints are literals (DMN 1.5, 10.3.4.1): <c>[1..10)</c>,
/// <c>["a".."c"]</c>, <c>[@"2026-01-01"..date("2026-12-31")]</c>.</summary>
internal static partial class RangeText
{
    private const string Endpoint =
        """(?:(?:@|(?:date|time|date\ and\ time|duration)\s*\(\s*)?"(?:[^"\\]|\\.)*"\s*\)?|[-+.\w]+?)""";

    [GeneratedRegex($$"""^\s*([\[\]\(])\s*({{Endpoint}})\s*\.\.\s*({{Endpoint}})\s*([\[\]\)])\s*\z""",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();

    /// <summary>False for anything else, for endpoints of different kinds, and for an end before the start.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FeelRange? range)
    {
        range = null;
        if (text.Length > 1000 || Shape().Match(text) is not { Success: true } match) return false;
        if (!TryRead(match.Groups[2].Value, out var start) || !TryRead(match.Groups[3].Value, out var end))
            return false;
        if (!Operations.TryCompare(start, end, out var order) || order > 0) return false;
        range = new FeelRange(start, match.Groups[1].Value == "[", end, match.Groups[4].Value == "]");
        return true;
    }

    private static bool TryRead(string text, out Value value)
    {
        value = Value.Null;
        var quote = text.IndexOf('"');
        if (quote < 0)
        {
            if (!NumberText.TryParse(text, out var number)) return false;
            value = Value.Of(number);
            return true;
        }
        var literal = text[(quote + 1)..text.LastIndexOf('"')];
        var before = text[..quote].TrimEnd('(', ' ');
        if (before.Length == 0 != !text.EndsWith(')') && before != "@") return false;
        switch (before)
        {
            case "":
                value = Value.Of(Regex.Unescape(literal));
                return true;
            case "date" when FeelDate.TryParse(literal, out var days):
                value = Value.OfDate(days);
                return true;
            case "time": return Temporal.TryParseTime(literal, out value);
            case "date and time": return Temporal.TryParseDateTime(literal, out value);
            case "duration": return Temporal.TryParseDuration(literal, out value);
            case "@": return TemporalText.TryParseTemporal(literal, out value);
            default: return false;
        }
    }
}
