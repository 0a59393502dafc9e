using System.Diagnostics;
using Xunit;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Nodes;

/// <summary>No text and no data makes an evaluation overflow its stack, run for ever or fill the memory.</summary>
public class BoundsTests
{
    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    public static TheoryData<string, string> Bombs => new()
    {
        { "brackets", Repeat("(", 100_000) },
        { "closed brackets", Repeat("(", 150) + "1" + Repeat(")", 150) },
        { "lists", Repeat("[", 100_000) },
        { "closed lists", Repeat("[", 190) + Repeat("]", 190) },
        { "contexts", Repeat("{a:", 100_000) },
        { "closed contexts", Repeat("{a:", 190) + "1" + Repeat("}", 190) },
        { "minus", Repeat("-", 100_000) + "1" },
        { "spaced minus", Repeat("- ", 190) + "1" },
        { "sum", "1" + Repeat("+ 1", 100_000) },
        { "sum within bounds", "a" + Repeat("+ a", 390) },
        { "and", "a" + Repeat(" and a", 390) },
        { "power", "2" + Repeat("** 2", 300) },
        { "comparisons", "1" + Repeat("= 1", 100_000) },
        { "paths", "a" + Repeat(".a", 390) },
        { "filters", "a" + Repeat("[true]", 390) },
        { "calls of nothing", "a" + Repeat("()", 390) },
        { "nested calls", Repeat("abs(", 190) + "1" + Repeat(")", 190) },
        { "nested unknown calls", Repeat("abs(", 190) + "a" + Repeat(")", 190) },
        { "if", Repeat("if true then ", 100_000) },
        { "closed if", Repeat("if a then ", 190) + "1" + Repeat(" else 2", 190) },
        { "for", Repeat("for x in [1] return ", 190) + "x" },
        { "some", Repeat("some x in [1] satisfies ", 190) + "true" },
        { "functions", Repeat("function(x) ", 190) + "x" },
        { "in", "1" + Repeat(" in (1", 190) + Repeat(")", 190) },
        { "not", Repeat("not(", 190) + "a" + Repeat(")", 190) },
        { "types", "1 instance of " + Repeat("list<", 100_000) },
        { "long text", "\"" + Repeat("x", 2_000_000) + "\"" },
        { "long name", Repeat("x", 1_000_000) },
        { "big number", Repeat("9", 10_000) },
        { "comments", Repeat("/*", 100_000) },
        { "ats", Repeat("@", 100_000) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void NoTextOverflowsTheStack(string what, string text) => FeelText.OnSmallStack(() =>
    {
        for (var mode = 0; mode < 2; mode++)
        {
            var strict = mode == 1;
            var scope = new Scope(strict);
            var (value, said) = FeelText.Evaluate(text, scope);
            var bound = FeelCompiler.Bind(text, scope);
            if (bound.Root is { } root) UnknownLeaves.Of(root, new Frame(scope.NextSlot, new Evaluation(strict, [])));
            Assert.False(value.IsUnset, what + said);
        }
    });

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
