using Zhida.Feel.Types;
using Zhida.Feel.Values;
using static Zhida.Feel.Functions.Declare;
using static Zhida.Feel.Types.FeelType;

namespace Zhida.Feel.Functions;

/// <summary>Numeric functions (DMN 1.5, 10.3.4.5).</summary>
internal static class NumericFunctions
{
    public static IEnumerable<Builtin> All =>
    [
        Rounded("decimal", RoundingMode.HalfEven),
        Rounded("floor", RoundingMode.Floor, optionalScale: true),
        Rounded("ceiling", RoundingMode.Ceiling, optionalScale: true),
        Rounded("round up", RoundingMode.Up),
        Rounded("round down", RoundingMode.Down),
        Rounded("round half up", RoundingMode.HalfUp),
        Rounded("round half down", RoundingMode.HalfDown),
        Function("abs",
            Form(Results.OfFirst, [P("n", Number)], (_, a) => Value.Of(Math.Abs(a[0].Number))),
            Form(DaysDuration, [P("n", DaysDuration)], (_, a) => Value.OfDaysDuration(Math.Abs(a[0].Number))),
            Form(MonthsDuration, [P("n", MonthsDuration)], (_, a) => Value.OfMonthsDuration(Math.Abs(a[0].Months)))),
        Function("modulo", Form(Results.Common, [P("dividend", Number), P("divisor", Number)], Modulo)),
        Function("sqrt", Form(Results.Root, [P("number", Number)], (call, a) => a[0].Number < 0
            ? call.Fail("负数没有平方根")
            : Value.Of(DecimalMath.Sqrt(a[0].Number)))),
        Function("log", Form(PureNumber, [P("number", PureNumber)], (call, a) => a[0].Number <= 0
            ? call.Fail("只有正数有对数")
            : Value.Of(DecimalMath.Ln(a[0].Number)))),
        Function("exp", Form(PureNumber, [P("number", PureNumber)], (call, a) =>
            DecimalMath.Exp(a[0].Number) is { } power ? Value.Of(power) : call.Fail("结果超出可表示的范围"))),
        Function("odd",
            Form(FeelType.Boolean, [P("number", Number)], (_, a) => Value.Of(Math.Abs(a[0].Number % 2) == 1))),
        Function("even", Form(FeelType.Boolean, [P("number", Number)], (_, a) => Value.Of(a[0].Number % 2 == 0))),
    ];

    private static Builtin Rounded(string name, RoundingMode mode, bool optionalScale = false) =>
        Function(name, Form(Results.OfFirst,
            [P("n", Number), new Parameter("scale", PureNumber, optionalScale)],
            (call, a) =>
            {
                var scale = a[1].IsUnset ? 0 : decimal.Truncate(a[1].Number);
                if (scale is < Rounding.MinScale or > Rounding.MaxScale)
                    return call.Fail($"小数位数应在{Rounding.MinScale}与{Rounding.MaxScale}之间");
                return Rounding.Round(a[0].Number, (int)scale, mode) is { } rounded
                    ? Value.Of(rounded)
                    : call.Fail("结果超出可表示的范围");
            }));

    /// <summary>The remainder that has the sign of the divisor: dividend − divisor × floor(dividend /
    /// divisor).</summary>
    private static Value Modulo(Call call, ReadOnlySpan<Value> a)
    {
        var divisor = a[1].Number;
        if (divisor == 0) return call.Fail("除数为零");
        var rest = a[0].Number % divisor;
        return Value.Of(rest != 0 && rest < 0 != divisor < 0 ? rest + divisor : rest);
    }
}
