using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Zhida.Feel.Values;

/// <summary>The kinds of FEEL value (DMN 1.5, 10.3.2), plus <see cref="Unset"/> (a slot nothing was stored in yet) and
/// <see cref="Unknown"/> (strict mode only: a fact that is absent; not the same as null, which is a failed
/// operation).</summary>
public enum ValueKind : byte
{
    Unset, Null, Unknown, Boolean, Number, String, Date, Time, DateTime, DaysDuration, MonthsDuration,
    List, Context, Range, Function,
}

/// <summary>
/// One FEEL value in 32 bytes; scalars hold no heap object. Immutable.
/// Numbers are <see cref="decimal"/>: 28–29 significant digits, |x| &lt; 7.9e28 (DMN asks for decimal128's 34 digits;
/// the difference is documented in docs/feel.md). Dates are days since 1970-01-01 in the proleptic Gregorian calendar.
/// </summary>
[StructLayout(LayoutKind.Explicit)]
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Value
{
    [FieldOffset(0)] private readonly object? _reference;
    [FieldOffset(8)] private readonly decimal _number;
    [FieldOffset(8)] private readonly long _low;
    [FieldOffset(16)] private readonly long _high;
    [FieldOffset(24)] private readonly ValueKind _kind;

    private Value(ValueKind kind, object? reference, decimal number)
    {
        _low = 0;
        _high = 0;
        _kind = kind;
        _reference = reference;
        _number = number;
    }

    private Value(ValueKind kind, object? reference, long low, long high)
    {
        _number = 0;
        _kind = kind;
        _reference = reference;
        _low = low;
        _high = high;
    }

    public ValueKind Kind => _kind;

    public static Value Null { get; } = new(ValueKind.Null, null, 0, 0);

    public static Value True { get; } = new(ValueKind.Boolean, null, 1, 0);

    public static Value False { get; } = new(ValueKind.Boolean, null, 0, 0);

    public static Value Unknown(Cause cause) => new(ValueKind.Unknown, cause, 0, 0);

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(decimal value) => new(ValueKind.Number, null, value);

    public static Value Of(string value) => new(ValueKind.String, value, 0, 0);

    /// <summary>A date as days since 1970-01-01.</summary>
    public static Value OfDate(long days) => new(ValueKind.Date, null, days, 0);

    public static Value Of(DateOnly date) => OfDate(date.DayNumber - FeelDate.UnixEpochDayNumber);

    /// <summary>A time of day in nanoseconds; <paramref name="zone"/> null is a local time.</summary>
    public static Value OfTime(long nanoseconds, Zone? zone) => new(ValueKind.Time, zone, nanoseconds, 0);

    /// <summary>A local date (days since 1970-01-01) and time of day (nanoseconds), with its zone if it has
    /// one.</summary>
    public static Value OfDateTime(long days, long nanoseconds, Zone? zone) =>
        new(ValueKind.DateTime, zone, days, nanoseconds);

    /// <summary>A days and time duration in seconds, fractions down to nanoseconds.</summary>
    public static Value OfDaysDuration(decimal seconds) => new(ValueKind.DaysDuration, null, seconds);

    /// <summary>A years and months duration in months.</summary>
    public static Value OfMonthsDuration(long months) => new(ValueKind.MonthsDuration, null, months, 0);

    /// <summary>A list. The array is owned by the value from here on and must not be changed.</summary>
    public static Value OfList(Value[] items) => new(ValueKind.List, items, 0, 0);

    public static Value Of(FeelContext context) => new(ValueKind.Context, context, 0, 0);

    public static Value Of(FeelRange range) => new(ValueKind.Range, range, 0, 0);

    public static Value Of(FeelFunction function) => new(ValueKind.Function, function, 0, 0);

    public bool IsUnset => _kind == ValueKind.Unset;

    public bool IsNull => _kind == ValueKind.Null;

    public bool IsUnknown => _kind == ValueKind.Unknown;

    public bool IsNumber => _kind == ValueKind.Number;

    public bool IsTrue => _kind == ValueKind.Boolean && _low == 1;

    public bool IsFalse => _kind == ValueKind.Boolean && _low == 0;

    /// <summary>The number; meaningful for <see cref="ValueKind.Number"/> and, in seconds, DaysDuration.</summary>
    public decimal Number => _number;

    /// <summary>Days since 1970-01-01 of a Date or DateTime.</summary>
    public long Days => _low;

    /// <summary>Months of a MonthsDuration.</summary>
    public long Months => _low;

    /// <summary>Nanoseconds since midnight of a Time or DateTime.</summary>
    public long NanosecondOfDay => _kind == ValueKind.DateTime ? _high : _low;

    /// <summary>Zone of a Time or DateTime, null where local.</summary>
    public Zone? Zone => _reference as Zone;

    public string Text => (string)_reference!;

    public Value[] Items => (Value[])_reference!;

    public FeelContext Context => (FeelContext)_reference!;

    public FeelRange Range => (FeelRange)_reference!;

    public FeelFunction Function => (FeelFunction)_reference!;

    public Cause Cause => (Cause)_reference!;

    /// <summary>The FEEL literal form, as <c>string()</c> gives it with quoted strings inside lists.</summary>
    public override string ToString() => Formatting.ToFeelString(this);
}
