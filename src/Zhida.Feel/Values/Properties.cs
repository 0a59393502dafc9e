namespace Zhida.Feel.Values;

/// <summary>The properties that a path may take from a value that is no context (DMN 1.5, 10.3.2.3 and
/// 10.3.2.7).</summary>
public static class Properties
{
    /// <summary>False where values of this kind have no such property. A property that this value lacks (the offset of
    /// a local time, the end of an unbounded range) is null.</summary>
    public static bool TryGetProperty(in Value v, string name, out Value result)
    {
        var found = v.Kind switch
        {
            ValueKind.Date => OfDate(v, name),
            ValueKind.Time => OfTime(v, name),
            ValueKind.DateTime => OfDate(v, name) ?? OfTime(v, name),
            ValueKind.DaysDuration => OfDuration(v.Number, name),
            ValueKind.MonthsDuration => OfDuration(v.Months, name),
            ValueKind.Range => OfRange(v.Range, name),
            _ => null,
        };
        result = found ?? Value.Null;
        return found is not null;
    }

    private static Value? OfDate(in Value v, string name) => name switch
    {
        "year" => Value.Of(FeelDate.ToCivil(v.Days).Year),
        "month" => Value.Of(FeelDate.ToCivil(v.Days).Month),
        "day" => Value.Of(FeelDate.ToCivil(v.Days).Day),
        "weekday" => Value.Of(FeelDate.Weekday(v.Days)),
        _ => null,
    };

    private static Value? OfTime(in Value v, string name)
    {
        var seconds = v.NanosecondOfDay / Temporal.NanosPerSecond;
        switch (name)
        {
            case "hour": return Value.Of(seconds / 3600);
            case "minute": return Value.Of(seconds / 60 % 60);
            case "second":
                return Value.Of(v.NanosecondOfDay % (60 * Temporal.NanosPerSecond) / (decimal)Temporal.NanosPerSecond);
            case "timezone": return v.Zone?.Id is { } id ? Value.Of(id) : Value.Null;
            case "time offset":
                if (v.Zone is not { } zone) return Value.Null;
                return Value.OfDaysDuration(
                    v.Kind == ValueKind.Time ? zone.OffsetOfTime : zone.OffsetAt(v.Days, v.NanosecondOfDay));
            default: return null;
        }
    }

    private static Value? OfDuration(decimal seconds, string name) => name switch
    {
        "days" => Value.Of(decimal.Truncate(seconds / Temporal.SecondsPerDay)),
        "hours" => Value.Of(decimal.Truncate(seconds / 3600) % 24),
        "minutes" => Value.Of(decimal.Truncate(seconds / 60) % 60),
        "seconds" => Value.Of(seconds % 60),
        _ => null,
    };

    private static Value? OfDuration(long months, string name) => name switch
    {
        "years" => Value.Of(months / 12),
        "months" => Value.Of(months % 12),
        _ => null,
    };

    private static Value? OfRange(FeelRange range, string name) => name switch
    {
        "start" => range.Start,
        "end" => range.End,
        "start included" => Value.Of(range.StartIncluded),
        "end included" => Value.Of(range.EndIncluded),
        _ => null,
    };
}
