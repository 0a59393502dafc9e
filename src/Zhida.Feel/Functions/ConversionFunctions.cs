using Zhida.Feel.Types;
using Zhida.Feel.Values;
using static Zhida.Feel.Functions.Declare;
using static Zhida.Feel.Types.FeelType;

namespace Zhida.Feel.Functions;

/// <summary>Conversion functions (DMN 1.5, 10.3.4.1).</summary>
internal static class ConversionFunctions
{
    public static IEnumerable<Builtin> All =>
    [
        Function("date",
            Form(Date, [P("from", Text)], (call, a) =>
                FeelDate.TryParse(a[0].Text, out var days) ? Value.OfDate(days) : Unreadable(call, a[0], "日期")),
            Form(Date, [P("from", Date)], (_, a) => a[0]),
            Form(Date, [P("from", FeelType.DateTime)], (_, a) => Value.OfDate(a[0].Days)),
            Form(Date, [P("year", Number), P("month", Number), P("day", Number)], (call, a) =>
                TryMakeDate(a, out var days) ? Value.OfDate(days) : call.Fail("没有这样的日期"))),
        Function("date and time",
            Form(FeelType.DateTime, [P("from", Text)], (call, a) =>
                Temporal.TryParseDateTime(a[0].Text, out var value) ? value : Unreadable(call, a[0], "日期时间")),
            Form(FeelType.DateTime, [P("date", Date), P("time", Time)], (_, a) => AtTime(a)),
            Form(FeelType.DateTime, [P("date", FeelType.DateTime), P("time", Time)], (_, a) => AtTime(a)),
            Form(FeelType.DateTime, [
                P("year", Number), P("month", Number), P("day", Number),
                P("hour", Number), P("minute", Number), P("second", Number), Opt("offset", DaysDuration),
            ], MakeDateTime)),
        Function("time",
            Form(Time, [P("from", Text)], (call, a) =>
                Temporal.TryParseTime(a[0].Text, out var value) ? value : Unreadable(call, a[0], "时刻")),
            Form(Time, [P("from", Time)], (_, a) => a[0]),
            Form(Time, [P("from", Date)], (_, a) => Value.OfTime(0, Zone.Utc)),
            Form(Time, [P("from", FeelType.DateTime)], (_, a) => Value.OfTime(a[0].NanosecondOfDay, a[0].Zone)),
            Form(Time,
                [P("hour", Number), P("minute", Number), P("second", Number), Opt("offset", DaysDuration)],
                (call, a) => TryMakeTime(a, out var nanoseconds, out var zone)
                    ? Value.OfTime(nanoseconds, zone)
                    : call.Fail("没有这样的时刻"))),
        Function("duration", Form(Any, [P("from", Text)], (call, a) =>
            Temporal.TryParseDuration(a[0].Text, out var value) ? value : Unreadable(call, a[0], "时长"))),
        Function("years and months duration",
            Form(MonthsDuration, [P("from", Date), P("to", Date)], MonthsBetween),
            Form(MonthsDuration, [P("from", FeelType.DateTime), P("to", FeelType.DateTime)], MonthsBetween)),
        Function("number",
            Form(PureNumber,
                [P("from", Text), Opt("grouping separator", Text), Opt("decimal separator", Text)], ToNumber)),
        Function("string", Form(Text, [P("from", Any)], (_, a) =>
            a[0].IsNull ? a[0] : Value.Of(Formatting.ToText(a[0])))),
        Function("range", Form(AnyRange, [P("from", Text)], (call, a) =>
            RangeText.TryParse(a[0].Text, out var range) ? Value.Of(range) : Unreadable(call, a[0], "区间"))),
    ];

    private static Value Unreadable(Call call, in Value text, string what) =>
        call.Fail($"“{(text.Text.Length > 40 ? text.Text[..40] + "…" : text.Text)}”不是{what}");

    private static Value AtTime(ReadOnlySpan<Value> a) =>
        Value.OfDateTime(a[0].Days, a[1].NanosecondOfDay, a[1].Zone);

    private static bool TryMakeDate(ReadOnlySpan<Value> a, out long days)
    {
        days = 0;
        return IsWhole(a[0]) && IsWhole(a[1]) && IsWhole(a[2]) &&
            FeelDate.TryCreate((long)a[0].Number, (long)a[1].Number, (long)a[2].Number, out days);
    }

    private static bool IsWhole(in Value v) => decimal.IsInteger(v.Number) && Math.Abs(v.Number) <= int.MaxValue;

    /// <summary>Hour, minute, second (with a fraction) and an optional offset.</summary>
    private static bool TryMakeTime(ReadOnlySpan<Value> a, out long nanoseconds, out Zone? zone)
    {
        (nanoseconds, zone) = (0, null);
        if (!IsWhole(a[0]) || !IsWhole(a[1]) || a[0].Number is < 0 or > 23 || a[1].Number is < 0 or > 59 ||
            a[2].Number is < 0 or >= 60) return false;
        nanoseconds = (long)((a[0].Number * 3600 + a[1].Number * 60 + a[2].Number) * Temporal.NanosPerSecond);
        if (a[3].IsUnset) return true;
        if (!IsWhole(a[3])) return false;
        zone = Zone.FromOffset((int)a[3].Number);
        return zone is not null;
    }

    private static Value MakeDateTime(Call call, ReadOnlySpan<Value> a) =>
        TryMakeDate(a, out var days) && TryMakeTime(a[3..], out var nanoseconds, out var zone)
            ? Value.OfDateTime(days, nanoseconds, zone)
            : call.Fail("没有这样的日期时间");

    /// <summary>Whole months from one date to another; times of day don't count.</summary>
    private static Value MonthsBetween(Call call, ReadOnlySpan<Value> a)
    {
        var (from, to) = (FeelDate.ToCivil(a[0].Days), FeelDate.ToCivil(a[1].Days));
        var months = (to.Year - from.Year) * 12 + to.Month - from.Month;
        if (months > 0 && to.Day < from.Day) months--;
        if (months < 0 && to.Day > from.Day) months++;
        return Value.OfMonthsDuration(months);
    }

    /// <summary>Separators are a space, a comma or a point, and not the same; the decimal one is no space.</summary>
    private static Value ToNumber(Call call, ReadOnlySpan<Value> a)
    {
        var (grouping, point) = (TextOrNull(a[1]), TextOrNull(a[2]));
        if (grouping is not (null or " " or "," or ".") || point is not (null or "," or "."))
            return call.Fail("分隔符应为空格、逗号或句点");
        if (grouping == (point ?? ".")) return call.Fail("分组分隔符与小数点相同");
        var text = a[0].Text;
        if (grouping is not null) text = text.Replace(grouping, "", StringComparison.Ordinal);
        if (point == "," && text.Contains('.')) return Unreadable(call, a[0], "数字");
        if (point == ",") text = text.Replace(',', '.');
        return NumberText.TryParse(text, out var number) ? Value.Of(number) : Unreadable(call, a[0], "数字");
    }
}
