using Xunit;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Nodes;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

/// <summary>Unknown facts in strict mode: Kleene's logic, why a value is unknown, and between what it lies.</summary>
public class UnknownTests
{
    /// <summary>u, v, w are unknown truth values; m, n unknown numbers (m from 0 to 10); names name causes.</summary>
    private static (Expr Root, Frame Frame) Bind(string text)
    {
        var scope = new Scope(strict: true);
        foreach (var name in new[] { "u", "v", "w" }) scope.Declare(name, FeelType.Boolean);
        scope.Declare("m", new NumberType(Unit.None, 0, 10));
        scope.Declare("n", FeelType.PureNumber);
        scope.Declare("k", FeelType.PureNumber);
        scope.Declare("类", new StringType(["甲", "乙", "丙"]));
        var open = scope.Declare("未列", FeelType.Boolean);
        var listed = new Symbol("名单", new ListType(FeelType.Text), scope.NextSlot) { Unlisted = open };
        scope.Add(listed);
        var twice = scope.Declare("两倍", FeelType.PureNumber);
        twice.Define(FeelCompiler.Bind("m * 2 + n - n", scope).Root!);
        var bound = FeelCompiler.Bind(text, scope);
        Assert.True(bound.Root is not null, string.Join('\n', bound.Diagnostics));
        var frame = new Frame(scope.NextSlot, new Evaluation(strict: true, []));
        frame[scope.Find("k")!.Slot] = Value.Of(5m);
        frame[listed.Slot] = Value.OfList([Value.Of("甲")]);
        return (bound.Root, frame);
    }

    [Theory]
    [InlineData("u and false", "false")]
    [InlineData("false and u", "false")]
    [InlineData("u and true", "u")]
    [InlineData("true and u", "u")]
    [InlineData("u and v", "u v")]
    [InlineData("u or true", "true")]
    [InlineData("true or u", "true")]
    [InlineData("u or false", "u")]
    [InlineData("not(u)", "u")]
    [InlineData("u = v", "u v")]
    [InlineData("m + k > n", "m n")]
    [InlineData("if u then k else 5", "5")]
    [InlineData("if u then m else n", "u m n")]
    [InlineData("if true then m else n", "m")]
    [InlineData("some x in [1, 2] satisfies u or x = 2", "true")]
    [InlineData("every x in [1, 2] satisfies u and x = 2", "false")]
    [InlineData("every x in [1, 2] satisfies if x = 1 then u else v", "u v")]
    [InlineData("k in [m, 5]", "true")]
    [InlineData("k in [m, 6]", "m")]
    [InlineData("k in [6..n]", "false")]
    [InlineData("k in [1..n]", "n")]
    [InlineData("m in (1, 2)", "m")]
    [InlineData("\"甲\" in 名单", "true")]
    [InlineData("\"乙\" in 名单", "未列")]
    [InlineData("类 in 名单", "类")]
    [InlineData("min(m, k)", "m")]
    [InlineData("count([m, n])", "2")]
    [InlineData("sum([m, k, n])", "m n")]
    [InlineData("sum(for x in [1, 2] return if x = 1 then k else m)", "m")]
    [InlineData("两倍 > 1", "m n")]
    [InlineData("any([u, true])", "true")]
    [InlineData("all([u, v])", "u v")]
    public void WhatIsUnknownAndWhy(string text, string expected)
    {
        var (root, frame) = Bind(text);
        var value = root.Evaluate(frame);
        var causes = UnknownLeaves.Of(root, frame)
            .Select(c => c.Describe().Replace("缺少：", "", StringComparison.Ordinal));
        Assert.Equal(expected, value.IsUnknown ? string.Join(' ', causes) : value.ToString());
    }

    [Theory]
    [InlineData("m", "0", "10")]
    [InlineData("n", "", "")]
    [InlineData("k", "5", "5")]
    [InlineData("m + k", "5", "15")]
    [InlineData("k - m", "-5", "5")]
    [InlineData("-m * 3", "-30", "0")]
    [InlineData("m * m", "0", "100")]
    [InlineData("k / (m + 1)", "0.4545454545454545454545454545", "5")]
    [InlineData("m / k", "0", "2")]
    [InlineData("k / m", "0.5", "")]
    [InlineData("min(n, 7)", "", "7")]
    [InlineData("max(n, m)", "0", "")]
    [InlineData("min(m, n, 3)", "", "3")]
    [InlineData("sum([m, k])", "5", "15")]
    [InlineData("if u then m else 20", "0", "20")]
    [InlineData("if k = 5 then m else n", "0", "10")]
    [InlineData("round half up(m / 3, 2)", "0", "3.33")]
    [InlineData("floor(m / 4)", "0", "2")]
    public void BetweenWhatItLies(string text, string lower, string upper)
    {
        var (root, frame) = Bind(text);
        var interval = Interval.Of(root, frame);
        Assert.Equal((lower, upper), (Show(interval.Lower), Show(interval.Upper)));
    }

    private static string Show(decimal? bound) => bound is { } number ? Formatting.Number(number) : "";
}
