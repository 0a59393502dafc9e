using System.Text;
using System.Text.RegularExpressions;

namespace Zhida.Feel.Functions;

/// <summary>
/// A regular expression of XPath 2.0 as .NET's: the syntax is checked (what is only .NET's is refused), and what means
/// something else there is written in other words: the point and negated classes take whole code points, $ is the very
/// end, \s \w \i \c are XML's, a reference to a group that took no part is empty.
/// </summary>
internal sealed class PatternText
{
    /// <summary>UTF-16 units that a pattern may have.</summary>
    private const int MaxLength = 10_000;

    private const string Astral = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private readonly string _pattern;
    private readonly bool _dotAll;
    private readonly bool _multiline;
    private readonly StringBuilder _output = new();
    private readonly Stack<int> _open = new();
    private int _at;

    private PatternText(string pattern, string flags)
    {
        (_dotAll, _multiline) = (flags.Contains('s'), flags.Contains('m'));
        _pattern = flags.Contains('x') ? WithoutSpaces(pattern) : pattern;
    }

    /// <summary>The expression; null where there is an <see cref="Error"/>.</summary>
    public Regex? Regex { get; private set; }

    /// <summary>What is wrong with the pattern or its flags, in Chinese.</summary>
    public string? Error { get; private set; }

    /// <summary>How many groups the pattern has.</summary>
    public int Groups { get; private set; }

    public static PatternText Translate(string pattern, string flags, TimeSpan limit)
    {
        var text = new PatternText(pattern, flags);
        foreach (var flag in flags)
            if (flag is not ('s' or 'm' or 'i' or 'x')) text.Error = $"没有“{flag}”这个标志，只有 s、m、i、x";
        if (pattern.Length > MaxLength) text.Error = $"正则表达式超过{MaxLength}个字符";
        text.Error ??= text.Run();
        if (text.Error is not null) return text;
        var options = RegexOptions.CultureInvariant;
        if (text._multiline) options |= RegexOptions.Multiline;
        if (flags.Contains('i')) options |= RegexOptions.IgnoreCase;
        try
        {
            text.Regex = new Regex(text._output.ToString(), options, limit);
        }
        catch (ArgumentException)
        {
            text.Error = $"“{pattern}”不是正则表达式";
        }
        return text;
    }

    /// <summary>$1 is a group, $0 the match, \$ and \\ themselves; null for anything else after $ or \. A number beyond
    /// the groups is a shorter number followed by digits.</summary>
    public static string? TranslateReplacement(string replacement, int groups)
    {
        var output = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            var c = replacement[i];
            if (c is not ('$' or '\\'))
            {
                output.Append(c);
                continue;
            }
            if (++i == replacement.Length) return null;
            if (c == '\\')
            {
                if (replacement[i] is not ('$' or '\\')) return null;
                output.Append(replacement[i] == '$' ? "$$" : "\\");
                continue;
            }
            if (!char.IsAsciiDigit(replacement[i])) return null;
            var group = replacement[i] - '0';
            while (i + 1 < replacement.Length && char.IsAsciiDigit(replacement[i + 1]) &&
                group * 10 + replacement[i + 1] - '0' <= groups)
                group = group * 10 + replacement[++i] - '0';
            if (group <= groups) output.Append("${").Append(group).Append('}');
        }
        return output.ToString();
    }

    /// <summary>The flag x: white space outside of classes doesn't count.</summary>
    private static string WithoutSpaces(string pattern)
    {
        var output = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (depth == 0 && c is ' ' or '\t' or '\n' or '\r') continue;
            if (c == '[') depth++;
            if (c == ']') depth--;
            output.Append(c);
            if (c != '\\') continue;
            // The escape's own letter is neither a bracket nor, in a class, a space to drop.
            while (depth == 0 && i + 1 < pattern.Length && pattern[i + 1] is ' ' or '\t' or '\n' or '\r') i++;
            if (i + 1 < pattern.Length) output.Append(pattern[++i]);
        }
        return output.ToString();
    }

    private string? Run()
    {
        while (_at < _pattern.Length)
            if (Next() is { } error) return error;
        return _open.Count > 0 ? "正则表达式的括号没有闭合" : null;
    }

    private string? Next()
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case '\\': return Escape();
            case '[': return Class();
            case '(': return Open();
            case ')': return Close();
            case '{': return Quantifier();
            case '}' or ']': return $"“{c}”前面应加“\\”";
            case '.': _output.Append($"(?:{Astral}|{(_dotAll ? @"[\s\S]" : @"[^\n\r]")})"); return null;
            case '^': _output.Append('^'); return null;
            case '$': _output.Append(_multiline ? "(?=\n|\\z)" : "\\z"); return null;
            case '|' or '*' or '+' or '?': _output.Append(c); return null;
            default: Literal(c); return null;
        }
    }

    private void Literal(char c)
    {
        if (char.IsHighSurrogate(c) && _at < _pattern.Length)
            _output.Append("(?:").Append(c).Append(_pattern[_at++]).Append(')');
        else
            _output.Append(Regex.Escape(c.ToString()));
    }

    private string? Open()
    {
        if (_pattern.AsSpan(_at).StartsWith("?:"))
        {
            _output.Append("(?:");
            _at += 2;
            _open.Push(0);
            return null;
        }
        if (_at < _pattern.Length && _pattern[_at] == '?') return "不支持“(?”";
        _output.Append('(');
        _open.Push(++Groups);
        return null;
    }

    private string? Close()
    {
        if (!_open.TryPop(out _)) return "正则表达式多一个“)”";
        _output.Append(')');
        return null;
    }

    /// <summary>{2}, {2,} or {2,3}.</summary>
    private string? Quantifier()
    {
        var end = _pattern.IndexOf('}', _at);
        var text = end < 0 ? "" : _pattern[_at..end];
        var parts = text.Split(',');
        if (parts.Length > 2 || !IsCount(parts[0]) || (parts.Length == 2 && parts[1].Length > 0 && !IsCount(parts[1])))
            return $"“{{{text}”不是重复次数";
        _output.Append('{').Append(text).Append('}');
        _at = end + 1;
        return null;
    }

    private static bool IsCount(string text) => text.Length is > 0 and < 5 && text.All(char.IsAsciiDigit);

    private string? Escape()
    {
        if (_at == _pattern.Length) return "正则表达式以“\\”结尾";
        if (char.IsAsciiDigit(_pattern[_at])) return Reference();
        if (EscapeClass(inClass: false) is not { } text) return $"没有“\\{_pattern[_at - 1]}”这个转义";
        _output.Append(text);
        return null;
    }

    /// <summary>A reference to a group that is closed already; of a longer number as much as names one.</summary>
    private string? Reference()
    {
        var group = _pattern[_at++] - '0';
        while (_at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]) && group * 10 + _pattern[_at] - '0' <= Groups)
            group = group * 10 + _pattern[_at++] - '0';
        if (group == 0 || group > Groups || _open.Contains(group)) return $"“\\{group}”没有对应的括号";
        _output.Append($@"(?({group})\k<{group}>)");
        return null;
    }

    /// <summary>The escape at hand, as .NET writes it; null if XPath has no such escape.</summary>
    private string? EscapeClass(bool inClass)
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case 'n' or 'r' or 't' or '\\' or '|' or '.' or '-' or '^' or '?' or '*' or '+' or '{' or '}' or '(' or ')'
                or '[' or ']' or '$': return "\\" + c;
            case 'd' or 'D': return "\\" + c;
            case 's': return inClass ? @" \t\n\r" : @"[ \t\n\r]";
            case 'S': return inClass ? null : @"[^ \t\n\r]";
            case 'w': return inClass ? @"\p{L}\p{M}\p{N}\p{S}" : @"[^\p{P}\p{Z}\p{C}]";
            case 'W': return inClass ? @"\p{P}\p{Z}\p{C}" : @"[\p{P}\p{Z}\p{C}]";
            case 'i': return inClass ? @"\p{L}_:" : @"[\p{L}_:]";
            case 'I': return inClass ? null : @"[^\p{L}_:]";
            case 'c': return inClass ? @"\p{L}\p{M}\p{Nd}_:.\-·" : @"[\p{L}\p{M}\p{Nd}_:.\-·]";
            case 'C': return inClass ? null : @"[^\p{L}\p{M}\p{Nd}_:.\-·]";
            case 'p' or 'P': return Category(c);
            default: return null;
        }
    }

    /// <summary>\p{Lu}, \p{IsBasicLatin}.</summary>
    private string? Category(char letter)
    {
        var end = _pattern.IndexOf('}', _at);
        if (end < 0 || _pattern[_at] != '{') return null;
        var name = _pattern[(_at + 1)..end];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) return null;
        _at = end + 1;
        return $"\\{letter}{{{name}}}";
    }

    private string? Class()
    {
        var rare = new StringBuilder();
        var negated = _at < _pattern.Length && _pattern[_at] == '^';
        var start = _output.Length;
        _output.Append('[');
        if (ClassBody(rare) is { } error) return error;
        if (rare.Length == 0 && !negated) return null;
        // Code points beyond 16 bits can't stand in a class of .NET's: they stand beside it.
        var plain = _output.ToString(start, _output.Length - start);
        _output.Length = start;
        var refused = rare.Length > 0 ? $"(?!{rare.ToString(1, rare.Length - 1)})" : "";
        if (plain == "[^]") plain = @"[\s\S]";
        if (negated) _output.Append($"(?:{refused}{Astral}|{plain})");
        else _output.Append(plain == "[]" ? $"(?:{rare.ToString(1, rare.Length - 1)})" : $"(?:{plain}{rare})");
        return null;
    }

    private const string RareRange = "“[]”里的范围两端应在 U+FFFF 以内";

    private bool IsRangeAt(int at) =>
        at + 1 < _pattern.Length && _pattern[at] == '-' && _pattern[at + 1] is not (']' or '[');

    /// <summary>From after the opening bracket to the closing one, with subtraction ([a-z-[aeiou]]).</summary>
    private string? ClassBody(StringBuilder rare)
    {
        if (_at < _pattern.Length && _pattern[_at] == '^') _output.Append(_pattern[_at++]);
        var first = true;
        while (_at < _pattern.Length)
        {
            var c = _pattern[_at++];
            switch (c)
            {
                case ']': _output.Append(']'); return first ? "“[]”里没有字符" : null;
                case '\\':
                    if (_at == _pattern.Length || EscapeClass(inClass: true) is not { } escape) return "“[]”里有不认识的转义";
                    _output.Append(escape);
                    break;
                case '-' when _at < _pattern.Length && _pattern[_at] == '[':
                    _at++;
                    _output.Append("-[");
                    if (ClassBody(rare) is { } error) return error;
                    if (_at == _pattern.Length || _pattern[_at] != ']') return "“[]”没有闭合";
                    break;
                case '[': return "“[”前面应加“\\”";
                case '-' when !first && _at < _pattern.Length && char.IsHighSurrogate(_pattern[_at]): return RareRange;
                case '-': _output.Append('-'); break;
                default:
                    if (!char.IsHighSurrogate(c) || _at == _pattern.Length) _output.Append(c);
                    else rare.Append('|').Append(c).Append(_pattern[_at++]);
                    if (char.IsHighSurrogate(c) && IsRangeAt(_at)) return RareRange;
                    break;
            }
            first = false;
        }
        return "“[]”没有闭合";
    }
}
