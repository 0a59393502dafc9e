using Zhida.Feel.Nodes;

namespace Zhida.Feel.Values;

/// <summary>
/// The operators of FEEL on values (DMN 1.5, 10.3.2.13 to 10.3.2.15). Scalars allocate nothing. What can't be done is
/// reported to the frame and gives its failure (null, in strict mode unknown); an unknown operand gives itself.
/// </summary>
public static class Operations
{
    /// <summary>Strings stay below this many UTF-16 units.</summary>
    internal const int MaxText = 10_000_000;

    /// <summary>Equal, in three values: null where the two can't be compared (other kinds), true for null = null, an
    /// unknown where the answer hangs on it.</summary>
    public static Value Equal(in Value a, in Value b) => Comparison.Equal(a, b);

    /// <summary>The order of two values of one ordered kind: numbers, strings, dates, times, durations. False where
    /// they have none.</summary>
    public static bool TryCompare(in Value a, in Value b, out int order) => Comparison.TryCompare(a, b, out order);

    public static Value Add(in Value a, in Value b, Frame frame, Span span)
    {
        if (a.IsNumber && b.IsNumber) return AddNumbers(a.Number, b.Number, frame, span);
        if (a.IsUnknown) return a;
        if (b.IsUnknown) return b;
        return (a.Kind, b.Kind) switch
        {
            (ValueKind.String, ValueKind.String) => Join(a.Text, b.Text, frame, span),
            (ValueKind.DaysDuration, ValueKind.DaysDuration) => Seconds(a.Number + b.Number, frame, span),
            (ValueKind.MonthsDuration, ValueKind.MonthsDuration) => Months((decimal)a.Months + b.Months, frame, span),
            (ValueKind.Date or ValueKind.DateTime or ValueKind.Time, ValueKind.DaysDuration) =>
                Later(a, b.Number, frame, span),
            (ValueKind.DaysDuration, ValueKind.Date or ValueKind.DateTime or ValueKind.Time) =>
                Later(b, a.Number, frame, span),
            (ValueKind.Date or ValueKind.DateTime, ValueKind.MonthsDuration) => MonthsLater(a, b.Months, frame, span),
            (ValueKind.MonthsDuration, ValueKind.Date or ValueKind.DateTime) => MonthsLater(b, a.Months, frame, span),
            _ => Refuse("相加", a, b, frame, span),
        };
    }

    public static Value Subtract(in Value a, in Value b, Frame frame, Span span)
    {
        if (a.IsNumber && b.IsNumber) return AddNumbers(a.Number, -b.Number, frame, span);
        if (a.IsUnknown) return a;
        if (b.IsUnknown) return b;
        return (a.Kind, b.Kind) switch
        {
            (ValueKind.DaysDuration, ValueKind.DaysDuration) => Seconds(a.Number - b.Number, frame, span),
            (ValueKind.MonthsDuration, ValueKind.MonthsDuration) => Months((decimal)a.Months - b.Months, frame, span),
            (ValueKind.Date or ValueKind.DateTime or ValueKind.Time, ValueKind.DaysDuration) =>
                Later(a, -b.Number, frame, span),
            (ValueKind.Date or ValueKind.DateTime, ValueKind.MonthsDuration) => MonthsLater(a, -b.Months, frame, span),
            (ValueKind.Date, ValueKind.Date) =>
                Value.OfDaysDuration((decimal)(a.Days - b.Days) * Temporal.SecondsPerDay),
            (ValueKind.Date or ValueKind.DateTime, ValueKind.Date or ValueKind.DateTime) =>
                Between(AtMidnight(a), AtMidnight(b), frame, span),
            (ValueKind.Time, ValueKind.Time) when a.Zone is null == b.Zone is null => Value.OfDaysDuration(
                (decimal)(Temporal.InstantOfTime(a) - Temporal.InstantOfTime(b)) / Temporal.NanosPerSecond),
            _ => Refuse("相减", a, b, frame, span),
        };
    }

    public static Value Multiply(in Value a, in Value b, Frame frame, Span span)
    {
        if (a.IsUnknown) return a;
        if (b.IsUnknown) return b;
        try
        {
            return (a.Kind, b.Kind) switch
            {
                (ValueKind.Number, ValueKind.Number) => Value.Of(a.Number * b.Number),
                (ValueKind.DaysDuration, ValueKind.Number) => Seconds(a.Number * b.Number, frame, span),
                (ValueKind.Number, ValueKind.DaysDuration) => Seconds(a.Number * b.Number, frame, span),
                (ValueKind.MonthsDuration, ValueKind.Number) => Months(a.Months * b.Number, frame, span),
                (ValueKind.Number, ValueKind.MonthsDuration) => Months(a.Number * b.Months, frame, span),
                _ => Refuse("相乘", a, b, frame, span),
            };
        }
        catch (OverflowException)
        {
            return TooLarge(frame, span);
        }
    }

    public static Value Divide(in Value a, in Value b, Frame frame, Span span)
    {
        if (a.IsUnknown) return a;
        if (b.IsUnknown) return b;
        if (IsZero(b)) return frame.Fail(span, "除数为零");
        try
        {
            return (a.Kind, b.Kind) switch
            {
                (ValueKind.Number, ValueKind.Number) => Value.Of(a.Number / b.Number),
                (ValueKind.DaysDuration, ValueKind.Number) => Seconds(a.Number / b.Number, frame, span),
                (ValueKind.MonthsDuration, ValueKind.Number) => Months(a.Months / b.Number, frame, span),
                (ValueKind.DaysDuration, ValueKind.DaysDuration) => Value.Of(a.Number / b.Number),
                (ValueKind.MonthsDuration, ValueKind.MonthsDuration) => Value.Of((decimal)a.Months / b.Months),
                _ => Refuse("相除", a, b, frame, span),
            };
        }
        catch (OverflowException)
        {
            return TooLarge(frame, span);
        }
    }

    public static Value Power(in Value a, in Value b, Frame frame, Span span)
    {
        if (a.IsUnknown) return a;
        if (b.IsUnknown) return b;
        if (!a.IsNumber || !b.IsNumber) return Refuse("乘方", a, b, frame, span);
        if (a.Number == 0 && b.Number < 0) return frame.Fail(span, "零没有负数次幂");
        if (a.Number < 0 && !decimal.IsInteger(b.Number)) return frame.Fail(span, "负数没有小数次幂");
        return DecimalMath.Power(a.Number, b.Number) is { } power ? Value.Of(power) : TooLarge(frame, span);
    }

    public static Value Negate(in Value a, Frame frame, Span span) => a.Kind switch
    {
        ValueKind.Number => Value.Of(-a.Number),
        ValueKind.DaysDuration => Value.OfDaysDuration(-a.Number),
        ValueKind.MonthsDuration => Value.OfMonthsDuration(-a.Months),
        ValueKind.Unknown => a,
        _ => frame.Fail(span, $"{Formatting.KindName(a.Kind)}不能取负"),
    };

    private static bool IsZero(in Value v) => v.Kind switch
    {
        ValueKind.Number or ValueKind.DaysDuration => v.Number == 0,
        ValueKind.MonthsDuration => v.Months == 0,
        _ => false,
    };

    private static Value AddNumbers(decimal a, decimal b, Frame frame, Span span)
    {
        // Two numbers overflow only when both are near the limit: asked first, as an exception costs far more.
        const decimal half = decimal.MaxValue / 2;
        if (a is < half and > -half && b is < half and > -half) return Value.Of(a + b);
        try
        {
            return Value.Of(a + b);
        }
        catch (OverflowException)
        {
            return TooLarge(frame, span);
        }
    }

    private static Value Join(string a, string b, Frame frame, Span span)
    {
        if (a.Length + b.Length > MaxText) return frame.Fail(span, $"文本超过{MaxText}个字符");
        frame.Evaluation.Steps += (a.Length + b.Length) / 64;
        return Value.Of(a + b);
    }

    private static Value Seconds(decimal seconds, Frame frame, Span span) =>
        Math.Abs(seconds) <= Temporal.MaxSeconds
            ? Value.OfDaysDuration(decimal.Round(seconds, 9)) : TooLarge(frame, span);

    /// <summary>Months are whole: a fraction is cut off.</summary>
    private static Value Months(decimal months, Frame frame, Span span) =>
        Math.Abs(months) <= Temporal.MaxMonths ? Value.OfMonthsDuration((long)months) : TooLarge(frame, span);

    private static Value Later(in Value v, decimal seconds, Frame frame, Span span)
    {
        var nanoseconds = (Int128)(seconds * Temporal.NanosPerSecond);
        if (v.Kind == ValueKind.Time)
        {
            var time = (long)((v.NanosecondOfDay + nanoseconds) % Temporal.NanosPerDay);
            return Value.OfTime(time < 0 ? time + Temporal.NanosPerDay : time, v.Zone);
        }
        // A date counts as its midnight; the time of the sum is dropped again.
        var start = v.Kind == ValueKind.Date ? Value.OfDateTime(v.Days, 0, null) : v;
        if (!Temporal.TryFromInstant(Temporal.Instant(start) + nanoseconds, start.Zone, out var sum))
            return DateOutOfRange(frame, span);
        return v.Kind == ValueKind.Date ? Value.OfDate(sum.Days) : sum;
    }

    private static Value MonthsLater(in Value v, long months, Frame frame, Span span)
    {
        if (!FeelDate.TryAddMonths(v.Days, months, out var days)) return DateOutOfRange(frame, span);
        return v.Kind == ValueKind.Date ? Value.OfDate(days) : Value.OfDateTime(days, v.NanosecondOfDay, v.Zone);
    }

    private static Value AtMidnight(in Value v) =>
        v.Kind == ValueKind.Date ? Value.OfDateTime(v.Days, 0, Zone.Utc) : v;

    private static Value Between(in Value a, in Value b, Frame frame, Span span)
    {
        if (a.Zone is null != b.Zone is null) return frame.Fail(span, "一个有时区、一个没有时区，不能相减");
        return Value.OfDaysDuration((decimal)(Temporal.Instant(a) - Temporal.Instant(b)) / Temporal.NanosPerSecond);
    }

    private static Value TooLarge(Frame frame, Span span) => frame.Fail(span, "结果超出可表示的范围");

    private static Value DateOutOfRange(Frame frame, Span span) =>
        frame.Fail(span, "日期超出公元前999999999年至公元999999999年");

    private static Value Refuse(string what, in Value a, in Value b, Frame frame, Span span) =>
        frame.Fail(span, $"{Formatting.KindName(a.Kind)}与{Formatting.KindName(b.Kind)}不能{what}");
}
