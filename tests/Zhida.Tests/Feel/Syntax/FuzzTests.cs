using CsCheck;
using Xunit;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;

namespace Zhida.Tests.Feel.Syntax;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

/// <summary>Random text is read, bound and evaluated without an exception, in both modes.</summary>
public class FuzzTests
{
    private static readonly string[] Tokens =
    [
        "1", "2.5", ".", "..", "(", ")", "[", "]", "{", "}", ",", ":", "+", "-", "*", "/", "**",
        "=", "!=", "<", ">=", "@",
        "\"a\"", "@\"P1D\"", "a", "a b", "a-b", "本金", "?",
        "if", "then", "else", "for", "in", "return", "some", "every",
        "satisfies", "function", "external", "instance of", "list<", ">", "->", "and", "or", "between", "not(", "true",
        "null", "date and time(", "min(", "item", "partial", "万元", "天", "％",
        "/*", "*/", "//", "\n", "\\", "\"", "，", "\ud83d",
    ];

    private static readonly Gen<string> Soup =
        Gen.Int[0, Tokens.Length - 1].Array[0, 25].Select(picks => string.Join(' ', picks.Select(i => Tokens[i])));

    private static readonly Gen<string> Glued =
        Gen.Int[0, Tokens.Length - 1].Array[0, 12].Select(picks => string.Concat(picks.Select(i => Tokens[i])));

    [Fact]
    public void AnyCharactersWillDo() => Gen.String.Sample(Run, iter: 5000);

    [Fact]
    public void AnyTokensWillDo() => Soup.Sample(Run, iter: 20000);

    [Fact]
    public void TokensWithoutSpacesWillDo() => Glued.Sample(Run, iter: 20000);

    private static void Run(string text)
    {
        for (var mode = 0; mode < 2; mode++)
        {
            var scope = new Scope(strict: mode == 1);
            foreach (var name in new[] { "a", "a b", "a-b" }) scope.Declare(name, FeelType.Any);
            scope.Declare("本金", new NumberType(Unit.Of("元")));
            var bound = FeelCompiler.Bind(text, scope);
            Assert.True(bound.Root is not null || bound.Diagnostics.Count > 0);
            Assert.All(bound.Diagnostics, d => Assert.InRange(d.Span.End, d.Span.Start, text.Length));
            Check(bound.Root, scope);
            var column = new Scope(scope);
            Check(FeelCompiler.BindUnaryTests(text, column, column.Declare("?", FeelType.Number)).Root, column);
        }
    }

    private static void Check(Expr? root, Scope scope)
    {
        if (root is null) return;
        var frame = new Frame(scope.NextSlot, new Evaluation(scope.Strict, []));
        var value = root.Evaluate(frame);
        Assert.False(value.IsUnset);
        Assert.Equal(value.IsUnknown, UnknownLeaves.Of(root, frame).Count > 0 && value.IsUnknown);
        Interval.Of(root, frame);
        Assert.NotEqual("", Printer.Print(root));
    }
}
