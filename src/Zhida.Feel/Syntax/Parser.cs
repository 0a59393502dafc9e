using System.Collections.Immutable;
using Zhida.Feel.Binding;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Syntax;

/// <summary>
/// Reads FEEL text by recursive descent, with one token of look-ahead. The first error ends it: the reader goes to the
/// end of the text, so that every loop stops, and what was built is dropped. Length, nesting and height of the tree are
/// bounded; no text makes it fail otherwise.
/// </summary>
public sealed partial class Parser
{
    /// <summary>UTF-16 units that one expression may have.</summary>
    public const int MaxLength = 1_048_576;

    /// <summary>Brackets and keywords within each other.</summary>
    public const int MaxNesting = 200;

    /// <summary>The height of the tree: also chains such as a + b + c + … count.</summary>
    public const int MaxDepth = 400;

    private readonly string _text;
    private readonly bool _strict;
    private readonly Lexer _lexer;
    private readonly KnownNames _names;
    private Token _token;
    private Diagnostic? _error;
    private int _nesting;
    private int _filters;
    private bool _endOfRange;

    private Parser(string text, Scope? scope)
    {
        (_text, _strict) = (text, scope?.Strict ?? false);
        _lexer = new Lexer(text);
        _names = new KnownNames(scope);
        if (text.Length > MaxLength)
            Fail("feel.limit", new Span(0, 0), $"表达式超过{MaxLength}个字符", "拆成几个定义");
        else
            MoveTo(0);
    }

    /// <summary>Reads an expression. Null with a diagnostic where it can't be read.</summary>
    public static (SyntaxNode? Root, Diagnostic? Error) ParseExpression(string text, Scope? scope)
    {
        var parser = new Parser(text, scope);
        var root = parser.Expression();
        return parser.Finish(root);
    }

    /// <summary>Reads the unary tests of a decision table's cell.</summary>
    public static (TestsSyntax? Root, Diagnostic? Error) ParseTests(string text, Scope? scope)
    {
        var parser = new Parser(text, scope);
        var (root, error) = parser.Finish(parser.Tests());
        return ((TestsSyntax?)root, error);
    }

    private (SyntaxNode?, Diagnostic?) Finish(SyntaxNode root)
    {
        if (_token.Kind != TokenKind.End) Unexpected("这里应当结束");
        return _error is null ? (root, null) : (null, _error);
    }

    private void MoveTo(int at)
    {
        if (_error is not null) return;
        _token = _lexer.Next(at);
        if (_token.Kind == TokenKind.Bad) Fail("feel.syntax", _token.Span, _lexer.Problem, _lexer.Mend);
    }

    private void Advance() => MoveTo(_token.End);

    private void Fail(string code, Span span, string message, string? mend)
    {
        _error ??= new Diagnostic(code, span, message, mend);
        _token = new Token(TokenKind.End, _text.Length, _text.Length);
    }

    private void Unexpected(string expected, string? mend = null)
    {
        if (_error is not null) return;
        var found = _token.Kind == TokenKind.End ? "表达式到这里就完了" : $"这里是“{Shorten(TextOf(_token))}”";
        Fail("feel.syntax", _token.Span, $"{expected}，{found}", mend);
    }

    private static string Shorten(string text) => text.Length > 20 ? text[..20] + "…" : text;

    private string TextOf(Token token) => _text[token.Start..token.End];

    private bool Is(TokenKind kind) => _token.Kind == kind;

    private bool IsWord(string word) =>
        _token.Kind == TokenKind.Word && _text.AsSpan(_token.Start, _token.End - _token.Start).SequenceEqual(word);

    private bool Take(TokenKind kind)
    {
        if (_token.Kind != kind) return false;
        Advance();
        return true;
    }

    private bool TakeWord(string word)
    {
        if (!IsWord(word)) return false;
        Advance();
        return true;
    }

    /// <summary>Takes a token that must stand here; gives its end.</summary>
    private int Expect(TokenKind kind, string sign)
    {
        var end = _token.End;
        if (!Take(kind)) Unexpected($"缺少“{sign}”");
        return end;
    }

    private void ExpectWord(string word)
    {
        if (!TakeWord(word)) Unexpected($"缺少 {word}");
    }

    private Token Peek() => _lexer.Next(_token.End);

    /// <summary>Runs <paramref name="read"/> one level deeper.</summary>
    private SyntaxNode Nested(Func<SyntaxNode> read)
    {
        if (++_nesting > MaxNesting)
            Fail("feel.limit", _token.Span, $"嵌套超过{MaxNesting}层", "拆成几个定义");
        var (range, _) = (_endOfRange, _endOfRange = false);
        var node = _error is null ? read() : Nothing;
        (_nesting, _endOfRange) = (_nesting - 1, range);
        return node;
    }

    private SyntaxNode Nothing => new NullSyntax(_token.Span);

    private SyntaxNode Bounded(SyntaxNode node)
    {
        if (node.Depth <= MaxDepth) return node;
        Fail("feel.limit", node.Span, $"表达式的层次超过{MaxDepth}", "拆成几个定义");
        return Nothing;
    }

    private SyntaxNode Expression() => Nested(() => Rest(Unary(), 1));

    /// <summary>An operand of additions and what binds tighter.</summary>
    private SyntaxNode Sum() => Rest(Unary(), 4);

    /// <summary>What follows an operand, operators of at least a level: 1 or, 2 and, 3 comparison, 4 + −, 5 * /,
    /// 6 **; all are left-associative (DMN 1.5, 10.3.1.2, rule 4).</summary>
    private SyntaxNode Rest(SyntaxNode left, int least)
    {
        while (true)
        {
            var (level, binary) = Operator();
            if (level < least) return left;
            if (binary is { } op)
            {
                Advance();
                var right = Rest(Unary(), level + 1);
                left = new BinarySyntax(left.Span.To(right.Span), op, left, right);
            }
            else if (TakeWord("between"))
            {
                var low = Sum();
                ExpectWord("and");
                var high = Sum();
                left = new BetweenSyntax(left.Span.To(high.Span), left, low, high);
            }
            else
            {
                Advance();
                left = Membership(left);
            }
            left = Bounded(left);
        }
    }

    private (int Level, BinaryOperator? Operator) Operator() => _token.Kind switch
    {
        TokenKind.Plus => (4, BinaryOperator.Add),
        TokenKind.Minus => (4, BinaryOperator.Subtract),
        TokenKind.Star => (5, BinaryOperator.Multiply),
        TokenKind.Slash => (5, BinaryOperator.Divide),
        TokenKind.Power => (6, BinaryOperator.Power),
        TokenKind.Word when IsWord("and") => (2, BinaryOperator.And),
        TokenKind.Word when IsWord("or") => (1, BinaryOperator.Or),
        TokenKind.Word when IsWord("between") || IsWord("in") => (3, null),
        var kind => Comparison(kind) is { } comparison ? (3, comparison) : (0, null),
    };

    private static BinaryOperator? Comparison(TokenKind kind) => kind switch
    {
        TokenKind.Equal => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
        _ => null,
    };

    private SyntaxNode Unary()
    {
        if (!Is(TokenKind.Minus)) return Postfix(Primary());
        var start = _token.Span;
        Advance();
        var operand = Nested(Unary);
        return Bounded(new NegateSyntax(start.To(operand.Span), operand));
    }

    /// <summary>Paths, filters, calls, instance of.</summary>
    private SyntaxNode Postfix(SyntaxNode node)
    {
        while (true)
        {
            if (Is(TokenKind.Dot)) node = Path(node);
            else if (Is(TokenKind.OpenBracket) && !(_endOfRange && ClosesRange())) node = Filter(node);
            else if (Is(TokenKind.Open) && node is not (NumberSyntax or TextSyntax or BooleanSyntax or AtSyntax))
                node = Call(node);
            else if (IsWord("instance")) node = InstanceOf(node);
            else return node;
            node = Bounded(node);
        }
    }

    private PathSyntax Path(SyntaxNode source)
    {
        Advance();
        var (start, end) = (_token.Start, _token.End);
        if (!Is(TokenKind.Word)) Unexpected("“.”之后应为名称");
        var name = TextOf(_token);
        if (Is(TokenKind.Word) && _names.FindMember(_text, start, out var longer) is { } known)
            (name, end) = (known, longer);
        MoveTo(end);
        var span = new Span(start, end - start);
        return new PathSyntax(source.Span.To(span), source, name, span);
    }

    private FilterSyntax Filter(SyntaxNode source)
    {
        Advance();
        _filters++;
        var local = _names.Count;
        _names.Push("item");
        var condition = Expression();
        _names.PopTo(local);
        _filters--;
        var end = Expect(TokenKind.CloseBracket, "]");
        return new FilterSyntax(new Span(source.Span.Start, end - source.Span.Start), source, condition);
    }

    private InstanceOfSyntax InstanceOf(SyntaxNode value)
    {
        Advance();
        ExpectWord("of");
        var type = Type();
        return new InstanceOfSyntax(value.Span.To(type.Span), value, type);
    }

    private CallSyntax Call(SyntaxNode function)
    {
        Advance();
        var arguments = ImmutableArray.CreateBuilder<ArgumentSyntax>();
        while (!Is(TokenKind.Close) && _error is null)
        {
            var start = _token.Span;
            var name = ArgumentName();
            var value = Expression();
            arguments.Add(new ArgumentSyntax(start.To(value.Span), name, value));
            if (!Take(TokenKind.Comma)) break;
        }
        var end = Expect(TokenKind.Close, ")");
        var call = new CallSyntax(new Span(function.Span.Start, Math.Max(0, end - function.Span.Start)), function,
            [.. arguments]);
        var named = call.Arguments.Count(a => a.Name is not null);
        if (named > 0 && named < call.Arguments.Length)
            Fail("feel.syntax", call.Span, "参数要么都写名称，要么都不写", "给每个参数写上名称");
        return call;
    }

    /// <summary>The name of an argument, if one stands here: words and signs up to a colon.</summary>
    private string? ArgumentName()
    {
        if (!Is(TokenKind.Word)) return null;
        var (token, end) = (_token, _token.End);
        while (IsNamePart(token.Kind))
        {
            end = token.End;
            token = _lexer.Next(end);
        }
        if (token.Kind != TokenKind.Colon) return null;
        var name = Name.Normalise(_text[_token.Start..end]);
        MoveTo(token.End);
        return name;
    }

    private static bool IsNamePart(TokenKind kind) => kind is
        TokenKind.Word or TokenKind.Number or TokenKind.Dot or TokenKind.Slash or TokenKind.Minus or TokenKind.Plus or
        TokenKind.Star or TokenKind.Question;
}
