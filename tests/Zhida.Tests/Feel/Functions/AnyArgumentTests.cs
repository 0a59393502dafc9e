using CsCheck;
using Xunit;
using Zhida.Feel.Functions;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Functions;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

/// <summary>Whatever a function is given, it gives a value; it never throws.</summary>
public class AnyArgumentTests
{
    private static readonly Builtin[] Functions = [.. Builtins.All];

    private static readonly Gen<Value> Scalars = Gen.OneOf(
        One(Value.Null, Value.True, Value.False, Value.Of(""), Value.Of("a"), Value.Of("\uD83D"),
            Value.Of("😀b"), Value.Of("(a"), Value.Of("$9"), Value.Of("2026-03-01"), Value.Of("[1..2]")),
        One(0m, 1m, -1m, 2.5m, 29m, -29m, 6176m, -6111m, decimal.MaxValue, decimal.MinValue,
            0.0000000000000000000000000001m).Select(Value.Of),
        Gen.Int[-5, 5].Select(i => Value.Of(i)),
        One(0L, FeelDate.MinDays, FeelDate.MaxDays).Select(Value.OfDate),
        One(Value.OfTime(0, null), Value.OfTime(86_399_999_999_999, Zone.Utc),
            Value.OfDateTime(FeelDate.MaxDays, 0, Zone.FromOffset(-3600)), Value.OfDateTime(FeelDate.MinDays, 0, null),
            Value.OfDateTime(0, 0, Zone.Find("Asia/Shanghai"))),
        One(0m, 0.000000001m, Temporal.MaxSeconds, -Temporal.MaxSeconds).Select(Value.OfDaysDuration),
        One(0L, 1L, Temporal.MaxMonths, -Temporal.MaxMonths).Select(Value.OfMonthsDuration));

    private static readonly Gen<Value> Values = Gen.Recursive<Value>((depth, inner) => depth > 2 ? Scalars
        : Gen.Frequency(
        (6, Scalars),
        (2, inner.Array[0, 4].Select(Value.OfList)),
        (1, inner.Select(v => Value.Of(new DynamicContext(["key", "value"], [Value.Of("a"), v])))),
        (1, Gen.Select(inner, inner, Gen.Bool, (a, b, included) => Value.Of(new FeelRange(a, included, b, !included)))),
        (1, One(Functions).Select(b => Value.Of(new Function(b))))));

    private static Gen<T> One<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);

    [Fact]
    public void NoArgumentMakesAFunctionThrow() =>
        Gen.Select(One(Functions), Values.Array[0, 4], Gen.Bool).Sample((function, arguments, strict) =>
        {
            var call = new Call(new Frame(0, new Evaluation(strict, [])), default);
            var result = function.Invoke(call, arguments);
            Assert.NotEqual(ValueKind.Unset, result.Kind);
            Assert.NotNull(result.ToString());
        }, iter: 20_000);

    [Fact]
    public void NoOperandsMakeAnOperatorThrow() =>
        Gen.Select(Values, Values).Sample((a, b) =>
        {
            var frame = new Frame(0, new Evaluation(false, []));
            Value[] results =
            [
                Operations.Add(a, b, frame, default), Operations.Subtract(a, b, frame, default),
                Operations.Multiply(a, b, frame, default), Operations.Divide(a, b, frame, default),
                Operations.Power(a, b, frame, default), Operations.Negate(a, frame, default), Operations.Equal(a, b),
            ];
            Assert.DoesNotContain(results, r => r.IsUnset);
            if (Operations.TryCompare(a, b, out var order) && Operations.TryCompare(b, a, out var back))
                Assert.Equal(Math.Sign(order), -Math.Sign(back));
        }, iter: 20_000);

    private sealed class Function(Builtin builtin) : FeelFunction
    {
        public override IReadOnlyList<string> ParameterNames { get; } =
            [.. builtin.Forms[0].Parameters.Select(p => p.Name)];

        public override Value Invoke(Call call, ReadOnlySpan<Value> arguments) => builtin.Invoke(call, arguments);
    }
}
