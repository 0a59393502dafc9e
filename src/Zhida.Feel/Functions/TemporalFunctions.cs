using System.Collections.Immutable;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using static Zhida.Feel.Functions.Declare;
using static Zhida.Feel.Types.FeelType;

namespace Zhida.Feel.Functions;

/// <summary>Date and time functions (DMN 1.5, 10.3.4.7 and 10.3.4.8).</summary>
internal static class TemporalFunctions
{
    private static readonly ImmutableArray<string> Weekdays =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly ImmutableArray<string> Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];

    public static IEnumerable<Builtin> All =>
    [
        OfDate("day of year", PureNumber, days => Value.Of(DayOfYear(days))),
        OfDate("day of week", Text, days => Value.Of(Weekdays[FeelDate.Weekday(days) - 1])),
        OfDate("month of year", Text, days => Value.Of(Months[FeelDate.ToCivil(days).Month - 1])),
        OfDate("week of year", PureNumber, days => Value.Of(WeekOfYear(days))),
        Function("now", Form(FeelType.DateTime, [], (call, _) =>
        {
            var now = call.Frame.Evaluation.Now;
            return Value.OfDateTime(DaysOf(now), now.TimeOfDay.Ticks * TimeSpan.NanosecondsPerTick,
                Zone.FromOffset((int)now.Offset.TotalSeconds));
        })),
        Function("today", Form(Date, [], (call, _) => Value.OfDate(DaysOf(call.Frame.Evaluation.Now)))),
        Function("is", Form(
            FeelType.Boolean, [Opt("value1", Any), Opt("value2", Any)], (_, a) => Value.Of(Is(a[0], a[1])))),
    ];

    private static Builtin OfDate(string name, FeelType result, Func<long, Value> work) => Function(name,
        Form(result, [P("date", Date)], (_, a) => work(a[0].Days)),
        Form(result, [P("date", FeelType.DateTime)], (_, a) => work(a[0].Days)));

    private static long DaysOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(moment.DateTime).DayNumber - FeelDate.UnixEpochDayNumber;

    private static long DayOfYear(long days) => days - FeelDate.FromCivil(FeelDate.ToCivil(days).Year, 1, 1) + 1;

    /// <summary>ISO 8601: weeks begin on Monday and belong to the year that has their Thursday.</summary>
    private static long WeekOfYear(long days) => (DayOfYear(days + 4 - FeelDate.Weekday(days)) - 1) / 7 + 1;

    /// <summary>The same element of the semantic domain: equal, and for times also in the same zone.</summary>
    private static bool Is(in Value a, in Value b)
    {
        var (noneA, noneB) = (a.IsNull || a.IsUnset, b.IsNull || b.IsUnset);
        if (noneA || noneB) return noneA && noneB;
        if (a.Kind is ValueKind.Time or ValueKind.DateTime && !ReferenceEquals(a.Zone, b.Zone)) return false;
        return Operations.Equal(a, b).IsTrue;
    }
}
