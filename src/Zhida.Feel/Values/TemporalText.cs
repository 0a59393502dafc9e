namespace Zhida.Feel.Values;

/// <summary>The text of an at-literal <c>@"…"</c>: a date, time, date and time, or duration.</summary>
public static class TemporalText
{
    public static bool TryParseTemporal(string text, out Value value)
    {
        value = Value.Null;
        if (text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal))
            return Temporal.TryParseDuration(text, out value);
        if (text.Contains('T') && !(text.Length > 2 && text[2] == ':'))
            return Temporal.TryParseDateTime(text, out value);
        if (Temporal.TryParseTime(text, out value)) return true;
        if (!FeelDate.TryParse(text, out var days)) return false;
        value = Value.OfDate(days);
        return true;
    }
}
