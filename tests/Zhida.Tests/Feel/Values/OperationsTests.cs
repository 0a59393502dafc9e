using CsCheck;
using Xunit;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Feel;

namespace Zhida.Tests.Feel.Values;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

public class OperationsTests
{
    private static Frame NewFrame(bool strict = false) => new(0, new Evaluation(strict, []));

    private static Value At(string text) =>
        TemporalText.TryParseTemporal(text, out var value) ? value : throw new ArgumentException(text);

    private static Value Parse(string text) =>
        text.Any(c => c is ':' or 'P') || text.Count(c => c == '-') == 2 ? At(text) : Value.Of(decimal.Parse(text));

    [Theory]
    [InlineData("2026-01-31", '+', "P1M", "2026-02-28")]
    [InlineData("P1M", '+', "2024-01-31", "2024-02-29")]
    [InlineData("2026-01-01", '+', "PT36H", "2026-01-02")]
    [InlineData("2026-01-02", '-', "PT1S", "2026-01-01")]
    [InlineData("2026-03-01", '-', "2026-02-01", "P28D")]
    [InlineData("2026-01-01T10:00:00@Europe/Paris", '-', "2026-01-01T10:00:00@Asia/Dhaka", "PT5H")]
    [InlineData("2026-03-29T01:30:00@Europe/Paris", '+', "PT1H", "2026-03-29T03:30:00@Europe/Paris")]
    [InlineData("23:30:00", '+', "PT1H", "00:30:00")]
    [InlineData("P1Y11M", '*', "-2.5", "-P4Y9M")]
    [InlineData("P10DT23H", '/', "2.5", "P4DT9H12M")]
    [InlineData("P10Y", '/', "P5Y", "2")]
    [InlineData("10", '^', "28", "10000000000000000000000000000")]
    public void Computes(string left, char operation, string right, string expected)
    {
        var frame = NewFrame();
        var (a, b) = (Parse(left), Parse(right));
        var result = operation switch
        {
            '+' => Operations.Add(a, b, frame, default),
            '-' => Operations.Subtract(a, b, frame, default),
            '*' => Operations.Multiply(a, b, frame, default),
            '/' => Operations.Divide(a, b, frame, default),
            _ => Operations.Power(a, b, frame, default),
        };
        Assert.Equal(expected, Formatting.ToText(result));
        Assert.Empty(frame.Evaluation.Failures);
    }

    [Fact]
    public void WhatCantBeDoneIsReported()
    {
        var frame = NewFrame();
        var large = Value.Of(decimal.MaxValue);
        var zero = Value.Of(0m);
        Value[] results =
        [
            Operations.Add(Value.Of(1m), Value.Of("1"), frame, default),
            Operations.Add(large, large, frame, default),
            Operations.Multiply(large, large, frame, default),
            Operations.Divide(Value.Of(1m), zero, frame, default),
            Operations.Power(zero, Value.Of(-1m), frame, default),
            Operations.Power(Value.Of(-1m), Value.Of(0.5m), frame, default),
            Operations.Subtract(At("2026-01-01T00:00:00"), At("2026-01-01T00:00:00Z"), frame, default),
            Operations.Add(At("999999999-12-31"), At("P1D"), frame, default),
            Operations.Negate(Value.Of("1"), frame, default),
        ];
        Assert.All(results, result => Assert.True(result.IsNull));
        Assert.Equal(results.Length, frame.Evaluation.Failures.Count);
    }

    [Fact]
    public void InStrictModeAFailureIsUnknownWithItsReason()
    {
        var result = Operations.Divide(Value.Of(1m), Value.Of(0m), NewFrame(strict: true), new Span(3, 1));
        Assert.Equal("除数为零", Assert.IsType<FailedCause>(result.Cause).Reason);
    }

    [Fact]
    public void EqualityHasThreeValues()
    {
        var unknown = Value.Unknown(new FailedCause(default, "缺"));
        var one = Value.Of(1m);
        Assert.True(Operations.Equal(one, Value.Of(1.0m)).IsTrue);
        Assert.True(Operations.Equal(Value.Null, Value.Null).IsTrue);
        Assert.True(Operations.Equal(Value.Null, one).IsFalse);
        Assert.True(Operations.Equal(one, Value.Of("1")).IsNull);
        Assert.True(Operations.Equal(one, unknown).IsUnknown);
        Assert.True(Operations.Equal(At("10:00:00Z"), At("18:00:00+08:00")).IsTrue);
        Assert.True(Operations.Equal(At("10:00:00Z"), At("10:00:00")).IsFalse);
        Assert.True(Operations.Equal(List(one, unknown), List(one, unknown)).IsUnknown);
        Assert.True(Operations.Equal(List(one, unknown), List(Value.Of(2m), one)).IsFalse);
        Assert.True(Operations.Equal(List(unknown, one), List(one, Value.Of(2m))).IsFalse);
        static Value List(params Value[] items) => Value.OfList(items);
    }

    [Fact]
    public void DeepValuesDontOverflowTheStack()
    {
        var (a, b) = (Value.Null, Value.Null);
        for (var i = 0; i < 100_000; i++) (a, b) = (Value.OfList([a]), Value.OfList([b]));
        Assert.False(Operations.Equal(a, b).IsTrue);
        Assert.Contains("…", a.ToString());
    }

    [Fact]
    public void SharedPartsDontTakeForEver()
    {
        var (a, b) = (Value.Null, Value.Null);
        for (var i = 0; i < 64; i++) (a, b) = (Value.OfList([a, a]), Value.OfList([b, b]));
        Assert.False(Operations.Equal(a, b).IsTrue);
        Assert.True(a.ToString().Length < 2_000_000);
    }

    [Fact]
    public void StringsAreOrderedByCodePoint()
    {
        Assert.True(Operations.TryCompare(Value.Of("\uFF5E"), Value.Of("😀"), out var order));
        Assert.True(order < 0);
    }

    [Fact]
    public void SumsAndDifferencesOfDatesAgree() =>
        Gen.Select(Gen.Long[-1_000_000, 1_000_000], Gen.Long[-1_000_000, 1_000_000]).Sample((first, second) =>
        {
            var frame = NewFrame();
            var between = Operations.Subtract(Value.OfDate(second), Value.OfDate(first), frame, default);
            var again = Operations.Add(Value.OfDate(first), between, frame, default);
            Assert.Equal(second, again.Days);
        });

    [Fact]
    public void ScalarsAllocateNothing()
    {
        var frame = NewFrame();
        var (a, b) = (Value.Of(1.5m), Value.Of(2.5m));
        var (date, span) = (At("2026-01-01T00:00:00@Asia/Shanghai"), At("P1D"));
        void Work()
        {
            for (var i = 0; i < 100; i++)
            {
                Operations.Add(a, b, frame, default);
                Operations.Divide(a, b, frame, default);
                Operations.Equal(a, b);
                Operations.Add(date, span, frame, default);
            }
        }
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
