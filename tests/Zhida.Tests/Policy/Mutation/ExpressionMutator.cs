using System.Globalization;
using System.Text.RegularExpressions;
using Zhida.Feel.Syntax;

namespace Zhida.Tests.Policy.Mutation;

/// <summary>Finds what can be changed in an expression or in the tests of a table's cell.</summary>
internal static partial class ExpressionMutator
{
    private static readonly Dictionary<TokenKind, string[]> Turned = new()
    {
        [TokenKind.Less] = ["<=", ">="], [TokenKind.LessOrEqual] = ["<", ">"],
        [TokenKind.Greater] = [">=", "<="], [TokenKind.GreaterOrEqual] = [">", "<"],
        [TokenKind.Equal] = ["!="], [TokenKind.NotEqual] = ["="],
    };

    private static readonly Dictionary<string, (MutantKind, string)> Words = new(StringComparer.Ordinal)
    {
        ["and"] = (MutantKind.AndOr, "or"), ["or"] = (MutantKind.AndOr, "and"),
        ["min"] = (MutantKind.MinMax, "max"), ["max"] = (MutantKind.MinMax, "min"),
    };

    /// <summary>The last number of a text, made greater by one in its last digit: 1.9 becomes 2.0.</summary>
    public static Edit? Raise(string text)
    {
        if (Number().Matches(text) is not [.., var last]) return null;
        var point = last.Value.IndexOf('.');
        var step = new decimal(1, 0, 0, isNegative: false, (byte)(point < 0 ? 0 : last.Length - point - 1));
        var number = decimal.Parse(last.Value, CultureInfo.InvariantCulture) + step;
        return new Edit(last.Index, last.Length, number.ToString(CultureInfo.InvariantCulture)
            .PadLeft(last.Length, '0'));
    }

    /// <param name="code">The expression.</param>
    /// <param name="isTests">The text is a list of unary tests.</param>
    public static IEnumerable<(MutantKind Kind, Edit Edit)> Of(string code, bool isTests)
    {
        var tokens = Tokens(code);
        string TextOf(Token token) => code[token.Start..token.End];
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var text = TextOf(token);
            if (Turned.TryGetValue(token.Kind, out var others))
                foreach (var other in others)
                    yield return (MutantKind.Comparison, new Edit(token.Start, token.End - token.Start, other));
            else if (token.Kind == TokenKind.Word && Words.TryGetValue(text, out var word))
                yield return (word.Item1, new Edit(token.Start, text.Length, word.Item2));
            else if (token.Kind is TokenKind.Number or TokenKind.Text && Raise(text) is { } raised)
                yield return (MutantKind.Threshold, raised with { Start = token.Start + raised.Start });
            else if (token.Kind == TokenKind.DotDot)
                foreach (var end in Ends(code, tokens, i)) yield return (MutantKind.Comparison, end);
            else if (token.Kind == TokenKind.Word && text == "in" && i + 1 < tokens.Count &&
                tokens[i + 1].Kind == TokenKind.Open)
                foreach (var dropped in Dropped(tokens, i + 2)) yield return (MutantKind.ListedValueDropped, dropped);
        }
        if (isTests)
            foreach (var dropped in Dropped(tokens, 0)) yield return (MutantKind.ListedValueDropped, dropped);
    }

    /// <summary>Each literal of a list <c>"a", "b"</c> left out in turn, with its comma.</summary>
    private static IEnumerable<Edit> Dropped(List<Token> tokens, int first)
    {
        for (var i = first; i < tokens.Count && tokens[i].Kind is TokenKind.Text or TokenKind.Number; i += 2)
        {
            var follows = i + 1 < tokens.Count && tokens[i + 1].Kind == TokenKind.Comma;
            if (follows) yield return new Edit(tokens[i].Start, tokens[i + 2].Start - tokens[i].Start, "");
            else if (i > first) yield return new Edit(tokens[i - 1].Start, tokens[i].End - tokens[i - 1].Start, "");
            if (!follows) yield break;
        }
    }

    /// <summary>The ends of a range between brackets, each opened where it was closed: <c>[0..5]</c>.</summary>
    private static IEnumerable<Edit> Ends(string code, List<Token> tokens, int dots)
    {
        int Find(int step)
        {
            for (var (i, depth) = (dots + step, 0); i >= 0 && i < tokens.Count; i += step)
            {
                var opens = tokens[i].Kind is TokenKind.Open or TokenKind.OpenBracket;
                if (!opens && tokens[i].Kind is not (TokenKind.Close or TokenKind.CloseBracket)) continue;
                if (opens == step < 0 && depth-- == 0) return tokens[i].Start;
                if (opens == step > 0) depth++;
            }
            return -1;
        }
        if (Find(-1) is >= 0 and var start) yield return new Edit(start, 1, code[start] == '[' ? "(" : "[");
        if (Find(1) is >= 0 and var end) yield return new Edit(end, 1, code[end] == ']' ? ")" : "]");
    }

    private static List<Token> Tokens(string code)
    {
        var lexer = new Lexer(code);
        var tokens = new List<Token>();
        for (var token = lexer.Next(0); token.Kind != TokenKind.End; token = lexer.Next(token.End)) tokens.Add(token);
        return tokens;
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
