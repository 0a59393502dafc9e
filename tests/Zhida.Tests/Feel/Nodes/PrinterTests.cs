using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Xunit;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;

namespace Zhida.Tests.Feel.Nodes;

/// <summary>What is printed binds to the same tree.</summary>
public partial class PrinterTests
{
    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static readonly Gen<string> Atom = OneOf(
        "1", "2.50", "0", "\"甲\"", "true", "null", "@\"2026-03-01\"", "@\"P1Y\"", "a", "a b", "a-b", "[1, 2, 3]",
        "[]", "{a: 1, \"x y\": 2}", "[1..5)", "(< 3)", "(>= 2)");

    private static readonly Gen<string> Text = Gen.Recursive<string>((depth, self) => depth > 3 ? Atom : Gen.Frequency(
        (2, Atom),
        (3, Gen.Select(self, OneOf("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or"), self,
            (l, op, r) => $"({l}) {op} ({r})")),
        (1, Gen.Select(self, self, (l, r) => $"{l} + {r}")),
        (1, self.Select(x => $"-({x})")),
        (1, Gen.Select(self, self, self, (c, x, y) => $"if {c} then {x} else {y}")),
        (1, Gen.Select(self, self, (s, b) => $"for i in ({s}) return ({b}) + i")),
        (1, Gen.Select(self, self, (s, b) => $"some i in ({s}), j in 1..3 satisfies i = ({b})")),
        (1, Gen.Select(self, self, (s, f) => $"({s})[({f}) = item]")),
        (1, Gen.Select(self, self, (x, y) => $"({x}) in ((< 3), [({y})..9], ({y}))")),
        (1, Gen.Select(self, self, self, (x, y, z) => $"({x}) between ({y}) and ({z})")),
        (1, Gen.Select(self, self, (x, y) => $"{{k: {x}, l m: ({y}) + k}}.l m")),
        (1, Gen.Select(self, self, (x, y) => $"(function(p, q: number) (p) + q)({x}, {y})")),
        (1, Gen.Select(self, self, (x, y) => $"min({x}, {y})")),
        (1, self.Select(x => $"({x}) instance of list<number>")),
        (1, self.Select(x => $"substring(string: {x}, start position: 2)"))));

    private static Scope Names(bool strict)
    {
        var scope = new Scope(strict);
        var number = strict ? FeelType.PureNumber : FeelType.Any;
        foreach (var name in new[] { "a", "a b", "a-b" }) scope.Declare(name, number);
        scope.Declare("本金", new NumberType(Unit.Of("元")));
        scope.Declare("率", new NumberType(Unit.None.Per(Unit.Of("年"))));
        scope.Declare("年数", new NumberType(Unit.Of("年")));
        scope.Declare("日", FeelType.Date);
        scope.Declare("类", new StringType(["甲", "乙"]));
        return scope;
    }

    private static string Tree(Expr root)
    {
        var text = new StringBuilder();
        NodeText.Append(text, root, 0);
        return Slot().Replace(text.ToString(), "@");
    }

    private static void SurvivesPrinting(string text, bool strict)
    {
        if (FeelCompiler.Bind(text, Names(strict)).Root is not { } root) return;
        var printed = Printer.Print(root);
        var again = FeelCompiler.Bind(printed, Names(strict));
        Assert.True(again.Root is not null, $"{text}\n{printed}\n{string.Join('\n', again.Diagnostics)}");
        Assert.True(Tree(root) == Tree(again.Root!), $"{text}\n{printed}\n{Tree(root)}\n{Tree(again.Root!)}");
        Assert.Equal(printed, Printer.Print(again.Root!));
    }

    [Theory]
    [InlineData("本金 * 率 * 年数 / 100万元 + 1")]
    [InlineData("max(0, 本金 - 50万元)")]
    [InlineData("if 类 = \"甲\" then 1.5%/年 else 率")]
    [InlineData("本金 in [0..100万元]")]
    [InlineData("本金 in (< 100万元, [200万元..1亿元))")]
    [InlineData("本金 in [1元, 2元]")]
    [InlineData("本金 between 1元 and 2元 and not(a = 1)")]
    [InlineData("类 in (\"甲\", \"乙\")")]
    [InlineData("(日 - @\"2026-01-01\").days > 3天")]
    [InlineData("-本金 ** 2 > 0")]
    [InlineData("a - (a - a) - a / (a / a)")]
    [InlineData("(a ** a) ** a + a ** (a ** a)")]
    [InlineData("(a = 1) = (a = 2)")]
    [InlineData("a = 1 and (a = 2 or a = 3) and a = 4")]
    [InlineData("(if a = 1 then 1 else 2) + 1")]
    [InlineData("sort([3, 1], function(x, y) x < y)")]
    [InlineData("a-b + a b - a")]
    [InlineData("[@\"3元\"][item > 2元]")]
    public void StrictExpressionsSurvive(string text)
    {
        Assert.Empty(FeelCompiler.Bind(text, Names(strict: true)).Diagnostics);
        SurvivesPrinting(text, strict: true);
    }

    [Fact]
    public void AnyExpressionSurvives() => Text.Sample(text => SurvivesPrinting(text, strict: false), iter: 3000);

    [Theory]
    [InlineData("< 5, [6..7], not(8)")]
    [InlineData("not(< 5, 7)")]
    [InlineData("? > 3 and ? < 5, 9")]
    [InlineData("[1..2]")]
    [InlineData("1, 2, 3")]
    public void TestsSurvive(string text)
    {
        (string Tree, string Printed) Bind(string tests)
        {
            var scope = Names(strict: false);
            var input = scope.Declare("?", FeelType.Number);
            var bound = FeelCompiler.BindUnaryTests(tests, scope, input);
            Assert.True(bound.Root is not null, $"{tests}: {string.Join('\n', bound.Diagnostics)}");
            return (Tree(bound.Root), Printer.Print(bound.Root));
        }
        var first = Bind(text);
        // A single test is bound without the frame around tests: then it is printed as the condition that it is.
        Assert.Equal(first.Tree, Bind(first.Printed).Tree);
    }

    [GeneratedRegex(@"@\d+")]
    private static partial Regex Slot();
}
