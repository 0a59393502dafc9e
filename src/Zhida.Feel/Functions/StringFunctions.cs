using System.Text;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using static Zhida.Feel.Functions.Declare;
using static Zhida.Feel.Types.FeelType;

namespace Zhida.Feel.Functions;

/// <summary>String functions (DMN 1.5, 10.3.4.3). Characters are Unicode code points; patterns are XPath's
/// (<see cref="Pattern"/>).</summary>
internal static class StringFunctions
{
    public static IEnumerable<Builtin> All =>
    [
        Function("substring", Form(Text,
            [P("string", Text), P("start position", PureNumber), Opt("length", PureNumber)], Substring)),
        Function("string length", Form(PureNumber, [P("string", Text)], (_, a) => Value.Of(CodePoints(a[0].Text)))),
        Function("upper case", Form(Text, [P("string", Text)], (_, a) => Value.Of(a[0].Text.ToUpperInvariant()))),
        Function("lower case", Form(Text, [P("string", Text)], (_, a) => Value.Of(LowerCase(a[0].Text)))),
        OnMatch("substring before", Text, (text, match) => Value.Of(text[..Math.Max(0, Find(text, match))])),
        OnMatch("substring after", Text, (text, match) =>
            Value.Of(Find(text, match) is >= 0 and var at ? text[(at + match.Length)..] : "")),
        OnMatch("contains", FeelType.Boolean,
            (text, match) => Value.Of(text.Contains(match, StringComparison.Ordinal))),
        OnMatch("starts with", FeelType.Boolean,
            (text, match) => Value.Of(text.StartsWith(match, StringComparison.Ordinal))),
        OnMatch("ends with", FeelType.Boolean,
            (text, match) => Value.Of(text.EndsWith(match, StringComparison.Ordinal))),
        Function("matches", Form(FeelType.Boolean, [P("input", Text), P("pattern", Text), Opt("flags", Text)],
            (call, a) => Pattern.Matches(call, a[0].Text, a[1].Text, TextOrNull(a[2]) ?? ""))),
        Function("replace", Form(Text,
            [P("input", Text), P("pattern", Text), P("replacement", Text), Opt("flags", Text)],
            (call, a) => Pattern.Replace(call, a[0].Text, a[1].Text, a[2].Text, TextOrNull(a[3]) ?? ""))),
        Function("split", Form(Texts, [P("string", Text), P("delimiter", Text)],
            (call, a) => Pattern.Split(call, a[0].Text, a[1].Text))),
        Function("string join", Form(Text, [P("list", AnyList), Opt("delimiter", Text)], Join)),
    ];

    private static Builtin OnMatch(string name, FeelType result, Func<string, string, Value> work) =>
        Function(name, Form(result, [P("string", Text), P("match", Text)], (_, a) => work(a[0].Text, a[1].Text)));

    private static int Find(string text, string match) => text.IndexOf(match, StringComparison.Ordinal);

    // Lower case is what the function is named for; nothing is compared by it.
#pragma warning disable CA1308
    private static string LowerCase(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308

    private static int CodePoints(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i = Next(text, i)) count++;
        return count;
    }

    /// <summary>The index after the code point at <paramref name="i"/>.</summary>
    private static int Next(string text, int i) =>
        char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? i + 2 : i + 1;

    /// <summary>The index of the n-th code point, counted from zero; the end of the text if there are fewer.</summary>
    private static int IndexOf(string text, int from, decimal n)
    {
        var i = from;
        for (; n > 0 && i < text.Length; n--) i = Next(text, i);
        return i;
    }

    /// <summary>Positions count from 1, negative ones from the end, where −1 is the last character.</summary>
    private static Value Substring(Call call, ReadOnlySpan<Value> a)
    {
        var text = a[0].Text;
        var start = decimal.Truncate(a[1].Number);
        var size = CodePoints(text);
        if (start == 0 || Math.Abs(start) > Math.Max(size, 1)) return call.Fail($"起始位置{start}不在文本之内（长{size}）");
        if (!a[2].IsUnset && a[2].Number < 0) return call.Fail("长度不能为负");
        var from = IndexOf(text, 0, start > 0 ? start - 1 : Math.Max(0, size + start));
        var to = a[2].IsUnset ? text.Length : IndexOf(text, from, decimal.Truncate(a[2].Number));
        return Value.Of(text[from..to]);
    }

    private static Value Join(Call call, ReadOnlySpan<Value> a)
    {
        var text = new StringBuilder();
        var delimiter = TextOrNull(a[1]) ?? "";
        var first = true;
        foreach (ref readonly var item in a[0].Items.AsSpan())
        {
            if (item.IsNull) continue;
            if (item.Kind != ValueKind.String)
                return call.Fail($"string join：列表中有{Formatting.KindName(item.Kind)}，应为文本");
            if (!first) text.Append(delimiter);
            first = false;
            text.Append(item.Text);
            if (text.Length > Operations.MaxText) return call.Fail($"文本超过{Operations.MaxText}个字符");
        }
        call.Frame.Evaluation.Steps += text.Length / 64;
        return Value.Of(text.ToString());
    }
}
