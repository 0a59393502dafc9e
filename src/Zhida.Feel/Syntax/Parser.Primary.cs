using System.Collections.Immutable;
using Zhida.Feel.Binding;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Syntax;

/// <summary>Primaries: literals, names, brackets, for, some, every, functions.</summary>
public sealed partial class Parser
{
    private SyntaxNode Primary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number: return Number();
            case TokenKind.Text:
                Advance();
                return new TextSyntax(token.Span, _lexer.Unescape(token));
            case TokenKind.At: return At();
            case TokenKind.Question:
                Advance();
                return new NameSyntax(token.Span, "?");
            case TokenKind.Open: return Nested(Parenthesised);
            case TokenKind.OpenBracket: return Nested(ListOrRange);
            case TokenKind.CloseBracket:
                Advance();
                return Nested(() => RangeFrom(token.Start, Sum(), false));
            case TokenKind.OpenBrace: return Nested(Context);
            case TokenKind.Word: return Word();
            default:
                // A name may begin with what is no letter; then it is known.
                if (token.Start < _text.Length &&
                    _names.Find(_text, token.Start, _filters > 0, out var end) is { } name)
                {
                    MoveTo(end);
                    return new NameSyntax(new Span(token.Start, end - token.Start), name);
                }
                Unexpected("这里应为一个值");
                return Nothing;
        }
    }

    private SyntaxNode Number()
    {
        var token = _token;
        if (_strict && Quantity.LengthOfUnit(_text, token.End) is > 0 and var length)
        {
            MoveTo(token.End + length);
            return new AtSyntax(new Span(token.Start, token.End + length - token.Start),
                _text.Substring(token.Start, token.End + length - token.Start));
        }
        Advance();
        if (NumberText.TryParse(_text.AsSpan(token.Start, token.End - token.Start), out var value))
            return new NumberSyntax(token.Span, value);
        Fail("feel.number", token.Span, $"数“{Shorten(TextOf(token))}”超出可表示的范围（约±7.9×10²⁸）", null);
        return Nothing;
    }

    private SyntaxNode At()
    {
        var start = _token.Span;
        Advance();
        var token = _token;
        if (!Is(TokenKind.Text))
        {
            Unexpected("“@”之后应为引号中的文本", "例如 @\"2026-03-01\"");
            return Nothing;
        }
        Advance();
        return new AtSyntax(start.To(token.Span), _lexer.Unescape(token));
    }

    /// <summary>(a), (a..b], (&lt; 5)</summary>
    private SyntaxNode Parenthesised()
    {
        var start = _token.Start;
        Advance();
        if (Comparison(_token.Kind) is not null) return HalfRange(start, TokenKind.Close, ")");
        var inner = Expression();
        if (Is(TokenKind.DotDot)) return RangeFrom(start, inner, false);
        Expect(TokenKind.Close, ")");
        return inner;
    }

    private SyntaxNode ListOrRange()
    {
        var start = _token.Start;
        Advance();
        if (Comparison(_token.Kind) is not null && !Is(TokenKind.CloseBracket))
            return HalfRange(start, TokenKind.CloseBracket, "]");
        var items = ImmutableArray.CreateBuilder<SyntaxNode>();
        while (!Is(TokenKind.CloseBracket) && _error is null)
        {
            items.Add(Expression());
            if (items.Count == 1 && Is(TokenKind.DotDot)) return RangeFrom(start, items[0], true);
            if (!Take(TokenKind.Comma)) break;
        }
        var end = Expect(TokenKind.CloseBracket, "]");
        return new ListSyntax(new Span(start, Math.Max(0, end - start)), items.ToImmutable());
    }

    /// <summary>What follows a comparison sign in brackets: a range with one end.</summary>
    private RangeSyntax HalfRange(int start, TokenKind close, string sign)
    {
        var op = Comparison(_token.Kind);
        if (op == BinaryOperator.NotEqual) Unexpected("区间的一端应为 <、<=、>、>= 或 =");
        Advance();
        var end = Sum();
        var span = new Span(start, Math.Max(0, Expect(close, sign) - start));
        return op switch
        {
            BinaryOperator.Less or BinaryOperator.LessOrEqual =>
                new RangeSyntax(span, null, false, end, op == BinaryOperator.LessOrEqual),
            BinaryOperator.Equal => new RangeSyntax(span, end, true, end, true),
            _ => new RangeSyntax(span, end, op == BinaryOperator.GreaterOrEqual, null, false),
        };
    }

    /// <summary>The rest of a range whose start has been read.</summary>
    private RangeSyntax RangeFrom(int at, SyntaxNode start, bool startIncluded)
    {
        Expect(TokenKind.DotDot, "..");
        var before = _endOfRange;
        _endOfRange = true;
        var end = Sum();
        _endOfRange = before;
        var close = _token;
        if (!Take(TokenKind.CloseBracket) && !Take(TokenKind.Close) && !Take(TokenKind.OpenBracket))
            Unexpected("区间缺少右括号", "写 ]（含）或 )（不含）");
        return new RangeSyntax(new Span(at, Math.Max(0, close.End - at)), start, startIncluded, end,
            close.Kind == TokenKind.CloseBracket);
    }

    /// <summary>At <c>[</c> after the end of a range: it closes the range where no filter can follow.</summary>
    private bool ClosesRange()
    {
        var next = Peek();
        return next.Kind switch
        {
            TokenKind.End or TokenKind.Close or TokenKind.CloseBracket or TokenKind.CloseBrace or TokenKind.Comma or
            TokenKind.Dot => true,
            TokenKind.Word => TextOf(next) is "and" or "or" or "then" or "else" or "return" or "satisfies" or "in" or
                "between" or "instance",
            var kind => Comparison(kind) is not null,
        };
    }

    private SyntaxNode Context()
    {
        var start = _token.Start;
        Advance();
        var local = _names.Count;
        var entries = ImmutableArray.CreateBuilder<EntrySyntax>();
        while (!Is(TokenKind.CloseBrace) && _error is null)
        {
            var key = _token.Span;
            var name = Key();
            Expect(TokenKind.Colon, ":");
            var value = Expression();
            entries.Add(new EntrySyntax(key.To(value.Span), name, value));
            _names.Push(name);
            _names.PushMember(name);
            if (!Take(TokenKind.Comma)) break;
        }
        _names.PopTo(local);
        var end = Expect(TokenKind.CloseBrace, "}");
        return new ContextSyntax(new Span(start, Math.Max(0, end - start)), entries.ToImmutable());
    }

    private string Key()
    {
        if (!Is(TokenKind.Text)) return NewName(':', "上下文的项应为 名称: 值");
        var name = _lexer.Unescape(_token);
        Advance();
        return name;
    }

    /// <summary>A name that is declared here: everything up to a sign that ends it, or up to the word
    /// <c>in</c>.</summary>
    private string NewName(char end, string expected)
    {
        var start = _token.Start;
        var at = start;
        while (at < _text.Length && !Ends(at, end)) at++;
        var name = Name.Normalise(_text[Math.Min(start, at)..at]);
        if (_error is null &&
            (name.Length == 0 || name.Length > 1000 || char.IsAsciiDigit(name[0]) || name[0] is '"' or '@'))
            Unexpected(expected);
        MoveTo(at);
        return name;
    }

    /// <summary>The end of a name before the word <c>in</c>.</summary>
    private const char BeforeIn = '\0';

    private bool Ends(int at, char end)
    {
        var c = _text[at];
        if (c == end || c is ',' or ')' or '(' or '}' or '{' or '[' or ']' or '"' or ':') return true;
        return end == BeforeIn && Lexer.IsSpace(c) && _text.AsSpan(at + 1).StartsWith("in") &&
            !Lexer.ContinuesWord(_text, at + 3);
    }

    private SyntaxNode Word()
    {
        var token = _token;
        var known = _names.Find(_text, token.Start, _filters > 0, out var end);
        if (known is null || end <= token.End)
        {
            switch (TextOf(token))
            {
                case "true" or "false":
                    Advance();
                    return new BooleanSyntax(token.Span, _text[token.Start] == 't');
                case "null":
                    Advance();
                    return new NullSyntax(token.Span);
                case "if": return Nested(If);
                case "for": return Nested(For);
                case "some" or "every": return Nested(Quantified);
                case "function" when Peek().Kind == TokenKind.Open: return Nested(Function);
                case "and" or "or" or "then" or "else" or "return" or "satisfies" or "in" or "between" or "instance":
                    Unexpected("这里应为一个值");
                    return Nothing;
                case var word:
                    Advance();
                    return new NameSyntax(token.Span, word);
            }
        }
        MoveTo(end);
        return new NameSyntax(new Span(token.Start, end - token.Start), known);
    }

    private IfSyntax If()
    {
        var start = _token.Span;
        Advance();
        var condition = Expression();
        ExpectWord("then");
        var then = Expression();
        ExpectWord("else");
        var otherwise = Expression();
        return new IfSyntax(start.To(otherwise.Span), condition, then, otherwise);
    }

    private ForSyntax For()
    {
        var start = _token.Span;
        Advance();
        var local = _names.Count;
        var iterators = Iterators();
        ExpectWord("return");
        var body = Expression();
        _names.PopTo(local);
        return new ForSyntax(start.To(body.Span), iterators, body);
    }

    private QuantifiedSyntax Quantified()
    {
        var start = _token;
        Advance();
        var local = _names.Count;
        var iterators = Iterators();
        ExpectWord("satisfies");
        var condition = Expression();
        _names.PopTo(local);
        return new QuantifiedSyntax(start.Span.To(condition.Span), _text[start.Start] == 'e', iterators, condition);
    }

    private ImmutableArray<IteratorSyntax> Iterators()
    {
        var iterators = ImmutableArray.CreateBuilder<IteratorSyntax>();
        do
        {
            var start = _token.Span;
            var name = NewName(BeforeIn, "应为 名称 in 列表");
            ExpectWord("in");
            var source = Expression();
            var end = Take(TokenKind.DotDot) ? Expression() : null;
            iterators.Add(new IteratorSyntax(start.To((end ?? source).Span), name, source, end));
            _names.Push(name);
        }
        while (Take(TokenKind.Comma) && _error is null);
        return iterators.ToImmutable();
    }

    private FunctionSyntax Function()
    {
        var start = _token.Span;
        Advance();
        Advance();
        var local = _names.Count;
        var parameters = ImmutableArray.CreateBuilder<ParameterSyntax>();
        while (!Is(TokenKind.Close) && _error is null)
        {
            var span = _token.Span;
            var name = NewName(':', "应为参数名称");
            var type = Take(TokenKind.Colon) ? Type() : null;
            parameters.Add(new ParameterSyntax(span, name, type));
            _names.Push(name);
            if (!Take(TokenKind.Comma)) break;
        }
        Expect(TokenKind.Close, ")");
        var external = IsWord("external") && Peek().Kind == TokenKind.OpenBrace;
        if (external) Advance();
        var body = Expression();
        _names.PopTo(local);
        return new FunctionSyntax(start.To(body.Span), parameters.ToImmutable(), body, external);
    }
}
