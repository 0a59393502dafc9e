using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Zhida.Feel.Values;

namespace Zhida.Feel.Functions;

/// <summary>
/// Regular expressions of XPath 2.0 (DMN 1.5, 10.3.4.3) run by .NET's engine: translated by <see cref="PatternText"/>,
/// with a limit of time. A bad pattern or flag, or a search that takes too long, is a failed operation.
/// </summary>
internal static class Pattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>What a search that ran out of time costs: ten of them use up the evaluation's steps.</summary>
    private const int StepsOfTimeout = Nodes.Evaluation.MaxSteps / 10;

    private const int MaxKept = 256;

    private static readonly ConcurrentDictionary<(string Pattern, string Flags), PatternText> Kept = new();

    public static Value Matches(Call call, string input, string pattern, string flags) =>
        Guard(call, pattern, flags, (regex, _) => Value.Of(regex.IsMatch(input)));

    public static Value Replace(Call call, string input, string pattern, string replacement, string flags)
    {
        // The span of a call can't go into a closure, so failures within come back as text.
        return Guard(call, pattern, flags, (regex, text) =>
        {
            if (regex.IsMatch("")) return null;
            if (PatternText.TranslateReplacement(replacement, text.Groups) is not { } translated) return null;
            var result = regex.Replace(input, translated);
            return result.Length <= Operations.MaxText ? Value.Of(result) : null;
        });
    }

    public static Value Split(Call call, string input, string delimiter) =>
        Guard(call, delimiter, "", (regex, _) =>
        {
            if (regex.IsMatch("")) return null;
            var parts = new List<Value>();
            var from = 0;
            for (var match = regex.Match(input); match.Success; match = match.NextMatch())
            {
                parts.Add(Value.Of(input[from..match.Index]));
                from = match.Index + match.Length;
            }
            parts.Add(Value.Of(input[from..]));
            return Value.OfList([.. parts]);
        });

    private static Value Guard(Call call, string pattern, string flags, Func<Regex, PatternText, Value?> work)
    {
        try
        {
            var text = Find(pattern, flags);
            if (text.Error is not null) return call.Fail(text.Error);
            return work(text.Regex!, text) ?? call.Fail($"“{pattern}”能匹配空文本，或替换文本不合规则，或结果太长");
        }
        catch (RegexMatchTimeoutException)
        {
            call.Frame.Evaluation.Steps += StepsOfTimeout;
            return call.Fail($"正则表达式“{pattern}”用时超过{Limit.TotalSeconds:0}秒");
        }
    }

    private static PatternText Find(string pattern, string flags)
    {
        if (Kept.TryGetValue((pattern, flags), out var known)) return known;
        if (Kept.Count >= MaxKept) Kept.Clear();
        return Kept[(pattern, flags)] = PatternText.Translate(pattern, flags, Limit);
    }
}
