using System.Collections.Immutable;
using Zhida.Feel.Binding;

namespace Zhida.Feel.Syntax;

/// <summary>in, unary tests, types.</summary>
public sealed partial class Parser
{
    private static readonly string[] TypeNames =
        ["days and time duration", "years and months duration", "date and time"];

    /// <summary>What follows <c>in</c>: (t, u, …), or one test.</summary>
    private InSyntax Membership(SyntaxNode value)
    {
        if (!Is(TokenKind.Open))
        {
            var test = Test(4);
            return new InSyntax(value.Span.To(test.Span), value, [test]);
        }
        var start = _token.Start;
        Advance();
        var tests = TestList();
        if (tests is [var first and not TestSyntax])
        {
            // (a), perhaps the beginning of a longer operand: (a) + 1, (a)[1], (a..b].
            SyntaxNode inner = Is(TokenKind.DotDot) ? RangeFrom(start, first, false) : first;
            if (inner == first) Expect(TokenKind.Close, ")");
            var operand = Rest(Postfix(inner), 4);
            return new InSyntax(value.Span.To(operand.Span), value, [operand]);
        }
        var end = Expect(TokenKind.Close, ")");
        return new InSyntax(new Span(value.Span.Start, Math.Max(0, end - value.Span.Start)), value, tests);
    }

    private ImmutableArray<SyntaxNode> TestList()
    {
        var tests = ImmutableArray.CreateBuilder<SyntaxNode>();
        do tests.Add(Nested(() => Test(1)));
        while (Take(TokenKind.Comma) && _error is null);
        return tests.ToImmutable();
    }

    private SyntaxNode Test(int least)
    {
        if (Comparison(_token.Kind) is not { } op) return Rest(Unary(), least);
        var start = _token.Span;
        Advance();
        var operand = Sum();
        return new TestSyntax(start.To(operand.Span), op, operand);
    }

    /// <summary>-, not(t, u), or t, u (DMN 1.5, 10.3.1.2, rules 12 to 17).</summary>
    private TestsSyntax Tests()
    {
        var start = _token.Span;
        if (Is(TokenKind.Minus) && Peek().Kind == TokenKind.End)
        {
            Advance();
            return new TestsSyntax(start, [], false);
        }
        if (!IsWord("not") || Peek().Kind != TokenKind.Open) return Whole(start, TestList(), false);
        var word = _token;
        Advance();
        Advance();
        var inner = TestList();
        var end = Expect(TokenKind.Close, ")");
        if (Is(TokenKind.End)) return Whole(start, inner, true);
        // not(a) is the beginning of an expression: not(a) and b.
        if (inner is not [var argument and not TestSyntax])
        {
            Unexpected("not(…) 之后应当结束");
            return Whole(start, inner, true);
        }
        SyntaxNode call = new CallSyntax(new Span(word.Start, Math.Max(0, end - word.Start)),
            new NameSyntax(word.Span, "not"), [new ArgumentSyntax(argument.Span, null, argument)]);
        var first = Rest(Postfix(call), 1);
        return Whole(start, Take(TokenKind.Comma) ? [first, .. TestList()] : [first], false);
    }

    private TestsSyntax Whole(Span start, ImmutableArray<SyntaxNode> tests, bool negated) =>
        new(_error is null ? new Span(start.Start, _text.Length - start.Start) : start, tests, negated);

    private TypeSyntax Type()
    {
        var start = _token;
        if (++_nesting > MaxNesting) Fail("feel.limit", _token.Span, $"嵌套超过{MaxNesting}层", null);
        var parts = ImmutableArray.CreateBuilder<(string?, TypeSyntax)>();
        TypeSyntax? result = null;
        var name = TypeName(out var end);
        if (_error is null && Is(TokenKind.Less) && name is "list" or "range" or "context" or "function")
        {
            Advance();
            while (!Is(TokenKind.Greater) && _error is null)
            {
                var member = name == "context" ? NewName(':', "应为 名称: 类型") : null;
                if (member is not null) Expect(TokenKind.Colon, ":");
                parts.Add((member, Type()));
                if (!Take(TokenKind.Comma)) break;
            }
            end = Expect(TokenKind.Greater, ">");
            if (name == "function" && Take(TokenKind.Arrow))
            {
                result = Type();
                end = result.Span.End;
            }
        }
        _nesting--;
        return new TypeSyntax(new Span(start.Start, Math.Max(0, end - start.Start)), name, parts.ToImmutable(), result);
    }

    private string TypeName(out int end)
    {
        var start = _token;
        end = start.End;
        if (!Is(TokenKind.Word))
        {
            Unexpected("这里应为类型");
            return "";
        }
        foreach (var known in TypeNames)
            if (KnownNames.Matches(_text, start.Start, known, out end))
            {
                MoveTo(end);
                return known;
            }
        if (_names.FindType(_text, start.Start, out end) is { } name)
        {
            MoveTo(end);
            return name;
        }
        // A qualified name, import.type.
        end = start.End;
        Advance();
        while (Is(TokenKind.Dot) && Peek() is { Kind: TokenKind.Word } next)
        {
            end = next.End;
            MoveTo(end);
        }
        return _text[start.Start..end];
    }
}
