using System.Globalization;
using System.Text;
using Zhida.Feel.Values;

namespace Zhida.Feel.Syntax;

/// <summary>What the lexer finds.</summary>
internal enum TokenKind
{
    End, Number, Text, Word, Question, At, Plus, Minus, Star, Slash, Power, Equal, NotEqual, Less, LessOrEqual, Greater,
    GreaterOrEqual, Open, Close, OpenBracket, CloseBracket, OpenBrace, CloseBrace, Comma, Dot, DotDot, Colon, Arrow,
        Bad,
}

/// <summary>A token: its kind and stretch of text.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    public Span Span => new(Start, End - Start);
}

/// <summary>Cuts FEEL text into tokens, one at a time from a given place: where a name ends is for the parser to
/// say.</summary>
internal sealed class Lexer(string text)
{
    /// <summary>The problem of the last bad token.</summary>
    public string Problem { get; private set; } = "";

    public string? Mend { get; private set; }

    public Token Next(int at)
    {
        (Problem, Mend) = ("", null);
        if (!SkipSpace(ref at)) return new Token(TokenKind.Bad, at, text.Length);
        if (at >= text.Length) return new Token(TokenKind.End, at, at);
        var c = text[at];
        if (char.IsAsciiDigit(c) || (c == '.' && Peek(at + 1) is >= '0' and <= '9'))
            return new Token(TokenKind.Number, at, EndOfNumber(at));
        if (c == '"') return ScanText(at);
        if (c == '?') return new Token(TokenKind.Question, at, at + 1);
        if (IsWordStart(text, at)) return new Token(TokenKind.Word, at, EndOfWord(text, at));
        var (kind, length) = Symbol(c, Peek(at + 1));
        if (kind == TokenKind.Bad) Explain(at);
        return new Token(kind, at, at + length);
    }

    private char Peek(int at) => at < text.Length ? text[at] : '\0';

    private static (TokenKind, int) Symbol(char c, char next) => (c, next) switch
    {
        ('*', '*') => (TokenKind.Power, 2),
        ('.', '.') => (TokenKind.DotDot, 2),
        ('!', '=') => (TokenKind.NotEqual, 2),
        ('<', '=') => (TokenKind.LessOrEqual, 2),
        ('>', '=') => (TokenKind.GreaterOrEqual, 2),
        ('-', '>') => (TokenKind.Arrow, 2),
        ('+', _) => (TokenKind.Plus, 1),
        ('-', _) => (TokenKind.Minus, 1),
        ('*', _) => (TokenKind.Star, 1),
        ('/', _) => (TokenKind.Slash, 1),
        ('=', _) => (TokenKind.Equal, 1),
        ('<', _) => (TokenKind.Less, 1),
        ('>', _) => (TokenKind.Greater, 1),
        ('(', _) => (TokenKind.Open, 1),
        (')', _) => (TokenKind.Close, 1),
        ('[', _) => (TokenKind.OpenBracket, 1),
        (']', _) => (TokenKind.CloseBracket, 1),
        ('{', _) => (TokenKind.OpenBrace, 1),
        ('}', _) => (TokenKind.CloseBrace, 1),
        (',', _) => (TokenKind.Comma, 1),
        ('.', _) => (TokenKind.Dot, 1),
        (':', _) => (TokenKind.Colon, 1),
        ('@', _) => (TokenKind.At, 1),
        _ => (TokenKind.Bad, 1),
    };

    /// <summary>Skips white space and comments; false where a comment does not end.</summary>
    private bool SkipSpace(ref int at)
    {
        while (at < text.Length)
        {
            if (IsSpace(text[at]))
            {
                at++;
            }
            else if (text[at] == '/' && Peek(at + 1) == '/')
            {
                var end = text.AsSpan(at).IndexOfAny('\n', '\r');
                at = end < 0 ? text.Length : at + end;
            }
            else if (text[at] == '/' && Peek(at + 1) == '*')
            {
                var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    (Problem, Mend) = ("注释没有结束", "在注释末尾写 */");
                    return false;
                }
                at = end + 2;
            }
            else
            {
                break;
            }
        }
        return true;
    }

    /// <summary>Digits, a point and digits, an exponent. 1..5 is a range: no point is taken from it.</summary>
    private int EndOfNumber(int at)
    {
        at += Digits.Count(text.AsSpan(at));
        if (Peek(at) == '.' && char.IsAsciiDigit(Peek(at + 1))) at += 1 + Digits.Count(text.AsSpan(at + 1));
        if (Peek(at) is not ('e' or 'E')) return at;
        var digits = at + (Peek(at + 1) is '+' or '-' ? 2 : 1);
        return char.IsAsciiDigit(Peek(digits)) ? digits + Digits.Count(text.AsSpan(digits)) : at;
    }

    private Token ScanText(int start)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '"') return new Token(TokenKind.Text, start, at + 1);
        }
        (Problem, Mend) = ("文本没有结束", "在文本末尾写 \"");
        return new Token(TokenKind.Bad, start, text.Length);
    }

    /// <summary>What a text token says, its escapes resolved. An escape that does not exist stands for
    /// itself.</summary>
    public string Unescape(Token token)
    {
        var raw = text.AsSpan(token.Start + 1, token.End - token.Start - 2);
        if (!raw.Contains('\\')) return raw.ToString();
        var result = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                result.Append(raw[i]);
                continue;
            }
            i++;
            var length = raw[i] switch { 'u' => 4, 'U' => 6, _ => 0 };
            if (length > 0 && TryReadRune(raw, i + 1, length, out var code))
            {
                result.Append(code);
                i += length;
                continue;
            }
            _ = raw[i] switch
            {
                'n' => result.Append('\n'),
                'r' => result.Append('\r'),
                't' => result.Append('\t'),
                '"' or '\'' or '\\' => result.Append(raw[i]),
                _ => result.Append('\\').Append(raw[i]),
            };
        }
        return result.ToString();
    }

    private static bool TryReadRune(ReadOnlySpan<char> raw, int at, int length, out string text)
    {
        text = "";
        if (at + length > raw.Length) return false;
        if (!int.TryParse(raw.Slice(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out var code))
            return false;
        // Halves of a pair may come one after the other, so a lone one is kept.
        if (code <= char.MaxValue) text = ((char)code).ToString();
        else if (Rune.IsValid(code)) text = new Rune(code).ToString();
        return text.Length > 0;
    }

    private void Explain(int at)
    {
        var c = text[at];
        var half = c switch
        {
            '，' => ",", '（' => "(", '）' => ")", '：' => ":", '＝' => "=", '＜' => "<", '＞' => ">", '＋' => "+",
            '－' => "-", '＊' or '×' => "*", '／' or '÷' => "/", '【' or '［' => "[", '】' or '］' => "]", '。' => ".",
            '“' or '”' => "\"", '≥' => ">=", '≤' => "<=", '≠' => "!=", '；' or ';' or '、' => ",", _ => null,
        };
        Problem = $"这里不能用“{(char.IsSurrogate(c) && at + 1 < text.Length ? text.Substring(at, 2) : c)}”";
        Mend = half is null ? null : $"改用半角的 {half}";
    }

    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is '\uFEFF' or '\u180E';

    /// <summary>Letters of all scripts, digits and _ make words. The standard lets names begin with nearly any sign
    /// beyond ASCII; Chinese punctuation is left out here, so that a full-width comma is told as the mistake that it
    /// is; names that do hold it are known to the scope and found as a whole.</summary>
    public static bool IsWordStart(string text, int at) => IsWord(text, at) && !char.IsDigit(text[at]);

    private static bool IsWord(string text, int at)
    {
        var c = text[at];
        if (c < 128) return char.IsAsciiLetterOrDigit(c) || c == '_';
        if (char.IsSurrogate(c))
            return char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        return char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.OtherPunctuation => c == '·',
            UnicodeCategory.MathSymbol or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or
            UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or
            UnicodeCategory.DashPunctuation or UnicodeCategory.Control or UnicodeCategory.Format or
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or
            UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned => false,
            _ => true,
        };
    }

    public static int EndOfWord(string text, int at)
    {
        while (at < text.Length && IsWord(text, at)) at += char.IsHighSurrogate(text[at]) ? 2 : 1;
        return at;
    }

    /// <summary>Whether a word goes on at this place, so that no name may end here after a letter.</summary>
    public static bool ContinuesWord(string text, int at) => at < text.Length && IsWord(text, at);
}
