using System.Diagnostics;
using Xunit;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Nodes;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

/// <summary>No text and no data makes an evaluation overflow its stack, run for ever or fill the memory.</summary>
public class BoundsTests
{
    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    public static TheoryData<string, string, int, string, string> Bombs => new()
    {
        { "", "(", 100_000, "", "" },
        { "", "(", 150, "1", ")" },
        { "", "[", 190, "", "]" },
        { "", "{a:", 190, "1", "}" },
        { "", "-", 100_000, "1", "" },
        { "1", "+ 1", 100_000, "", "" },
        { "a", "+ a", 390, "", "" },
        { "a", " and a", 390, "", "" },
        { "2", "** 2", 300, "", "" },
        { "1", "= 1", 100_000, "", "" },
        { "a", ".a", 390, "", "" },
        { "a", "[true]", 390, "", "" },
        { "a", "[a]", 390, "", "" },
        { "a", "()", 390, "", "" },
        { "", "abs(", 190, "1", ")" },
        { "", "abs(", 190, "a", ")" },
        { "", "if a then ", 100_000, "1", "" },
        { "", "if 1 > 2 then 1 else ", 190, "1", "" },
        { "", "for x in [1] return ", 190, "x", "" },
        { "", "some x in [1] satisfies ", 190, "true", "" },
        { "", "function(x) ", 190, "x", "" },
        { "1", " in (1", 190, "", ")" },
        { "", "not(", 190, "a", ")" },
        { "1 instance of ", "list<", 100_000, "", "" },
        { "\"", "x", 2_000_000, "\"", "" },
        { "", "x", 1_000_000, "", "" },
        { "", "9", 10_000, "", "" },
        { "", "/*", 100_000, "", "" },
        { "", "@", 100_000, "", "" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void NoTextOverflowsTheStack(string start, string part, int times, string end, string close) =>
        FeelText.OnSmallStack(() => BindAndEvaluate(start + Repeat(part, times) + end + Repeat(close, times)));

    private static void BindAndEvaluate(string text)
    {
        for (var mode = 0; mode < 2; mode++)
        {
            var strict = mode == 1;
            var scope = new Scope(strict);
            var (value, said) = FeelText.Evaluate(text, scope);
            var bound = FeelCompiler.Bind(text, scope);
            if (bound.Root is { } root) UnknownLeaves.Of(root, new Frame(scope.NextSlot, new Evaluation(strict, [])));
            Assert.False(value.IsUnset, said);
        }
    }

    [Theory]
    [InlineData("for x in 1..1000000000000 return x")]
    [InlineData("count(for x in 1..100000, y in 1..100000 return 1)")]
    [InlineData("some x in 1..1000000000000 satisfies x < 0")]
    [InlineData("every x in 1..100000, y in 1..100000 satisfies y > 0")]
    [InlineData("(for i in 1..100000 return partial)[1]")]
    [InlineData("(function(f) f(f))(function(f) f(f))")]
    [InlineData("(function(f, n) f(f, n + 1))(function(f, n) f(f, n + 1), 1)")]
    [InlineData("for i in 1..40 return if i = 1 then [0] else concatenate(partial[-1], partial[-1])")]
    public void TheBudgetEndsIt(string text) => FeelText.OnSmallStack(() =>
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var (value, said) = FeelText.Evaluate(text);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
        Assert.NotEqual("", said);
        Assert.True(GC.GetTotalMemory(false) - before < 1_500_000_000, "took too much room");
        Assert.True(value.IsNull || value.Kind == ValueKind.List, value.ToString());
    });

    [Theory]
    [InlineData("({a: nested}).a.b")]
    [InlineData("nested in nested")]
    [InlineData("1 in nested")]
    [InlineData("nested = nested")]
    [InlineData("nested[item = 1]")]
    [InlineData("string(nested)")]
    [InlineData("flatten(nested)")]
    [InlineData("nested instance of list<list<number>>")]
    public void DeepDataDoesNotOverflow(string text) => FeelText.OnSmallStack(() =>
    {
        var scope = new Scope(strict: false);
        var symbol = scope.Declare("nested", FeelType.Any);
        var value = Value.Of(1m);
        for (var i = 0; i < 100_000; i++) value = Value.OfList([value]);
        var (result, _) = FeelText.Evaluate(text, scope, frame => frame[symbol.Slot] = value);
        Assert.False(result.IsUnset);
    });

    [Fact]
    public void DefinitionsThatGoInACircleFail() => FeelText.OnSmallStack(() =>
    {
        var scope = new Scope(strict: true);
        var a = scope.Declare("a", FeelType.PureNumber);
        var b = scope.Declare("b", FeelType.PureNumber);
        a.Define(FeelCompiler.Bind("b + 1", scope).Root!);
        b.Define(FeelCompiler.Bind("a + 1", scope).Root!);
        var (value, said) = FeelText.Evaluate("a > 0", scope);
        Assert.True(value.IsUnknown);
        Assert.Contains("绕成了圈", said);
    });

    [Fact]
    public void AFunctionThatCallsItselfWithoutEndFails() => FeelText.OnSmallStack(() =>
    {
        var scope = new Scope(strict: false);
        var f = scope.Declare("f", new FunctionType([FeelType.Any], FeelType.Any));
        f.Define(FeelCompiler.Bind("function(n) f(n + 1) + 1", scope).Root!);
        var (value, said) = FeelText.Evaluate("f(1)", scope);
        Assert.True(value.IsNull);
        Assert.Contains("太深", said);
    });

    [Fact]
    public void AFunctionMayCallItself()
    {
        var scope = new Scope(strict: false);
        var f = scope.Declare("factorial", new FunctionType([FeelType.Any], FeelType.Any));
        f.Define(FeelCompiler.Bind("function(n) if n <= 1 then 1 else n * factorial(n - 1)", scope).Root!);
        Assert.Equal(3628800m, FeelText.Evaluate("factorial(10)", scope).Value.Number);
    }
}
