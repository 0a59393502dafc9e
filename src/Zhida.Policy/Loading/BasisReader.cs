using System.Text;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>Reads 依据: the words that a rule rests on, located in the official text, with the figure that they mark in
/// bold.</summary>
internal sealed class BasisReader(Report report, string? officialText)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>The bare words of a column 依据; null for an empty cell.</summary>
    public Basis? OfCell(Passage cell, string? layer)
    {
        if (cell.IsEmpty || cell.Is("—")) return null;
        if (cell.Length > 2 && cell.Span[0] == '“' && Closing(cell, 0) == cell.Length - 1)
            cell = cell.Slice(1, cell.Length - 2);
        return Read(cell, layer);
    }

    /// <summary>What follows the rule in a line: <c>依据“…”</c> or <c>来源：…</c>. Null and nothing reported where the line
    /// says neither.</summary>
    public Basis? OfLine(Passage rest, string? layer)
    {
        rest = rest.Trim();
        if (rest.IsEmpty) return null;
        if (rest.Span.StartsWith("来源：") || rest.Span.StartsWith("来源:"))
            return new Basis(rest.From(3).Trim().Text, -1, 0, null, -1, rest.Location) { Layer = layer ?? "来源" };
        if (!rest.Span.StartsWith("依据"))
        {
            report.Error("form.line", rest, $"不认识“{Shorten(rest.Text)}”", "表达式之后只能写 依据“…” 或 来源：…");
            return null;
        }
        var words = rest.From(2).Trim();
        if (words.Span.StartsWith("：") || words.Span.StartsWith(":")) words = words.From(1).Trim();
        var end = words.Span.StartsWith("“") ? Closing(words, 0) : -1;
        if (end < 0)
        {
            report.Error("basis.form", rest, "依据后面要用“”引出原文的话", "依据“…”");
            return null;
        }
        if (!words.From(end + 1).Trim().IsEmpty)
            report.Error("form.line", words.From(end + 1).Trim(), "依据之后还有文字", "一条规则一行，依据放在最后");
        return Read(words.Slice(1, end - 1), layer);
    }

    /// <summary>One 依据 after the other.</summary>
    public List<Basis> AllOfLine(Passage rest)
    {
        var bases = new List<Basis>();
        for (rest = rest.Trim(); !rest.IsEmpty;)
        {
            var open = rest.Span.StartsWith("依据“") ? 2 : -1;
            var end = open < 0 ? rest.Length - 1 : Closing(rest, open);
            if (OfLine(end < 0 ? rest : rest.Slice(0, end + 1), null) is { } basis) bases.Add(basis);
            rest = end < 0 ? rest.From(rest.Length) : rest.From(end + 1).Trim();
        }
        return bases;
    }

    /// <summary>Cuts a line into what stands before 依据 or 来源 (outside backticks) and the rest.</summary>
    public static (Passage Words, Passage Tail) Cut(Passage line)
    {
        var inCode = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line.Span[i] == '`') inCode = !inCode;
            if (inCode) continue;
            var here = line.Span[i..];
            if (here.StartsWith("依据“") || here.StartsWith("来源：")) return (line.Slice(0, i).Trim(), line.From(i));
        }
        return (line.Trim(), line.From(line.Length));
    }

    /// <summary>The place of the quotation mark that closes the one at <paramref name="open"/>, or −1.</summary>
    internal static int Closing(Passage text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text.Span[i] == '“') depth++;
            else if (text.Span[i] == '”' && --depth == 0) return i;
        }
        return -1;
    }

    private Basis? Read(Passage words, string? layer)
    {
        if (layer is not null)
            return new Basis(words.Text, -1, 0, null, -1, words.Location) { Layer = layer };
        var (quote, figure, figureAt) = Unmark(words);
        var start = officialText is null ? -1 : Locate(quote, words);
        return new Basis(quote, start, quote.Length, figure, start < 0 || figureAt < 0 ? -1 : start + figureAt,
            words.Location);
    }

    private int Locate(string quote, Passage at)
    {
        if (!_places.TryGetValue(quote, out var start))
        {
            start = quote.Length == 0 ? -1 : officialText!.IndexOf(quote, StringComparison.Ordinal);
            if (start >= 0 && officialText!.IndexOf(quote, start + 1, StringComparison.Ordinal) >= 0) start = -2;
            _places[quote] = start;
        }
        if (start == -1)
            report.Error("basis.missing", at, $"原文里没有“{Shorten(quote)}”", "逐字照抄原文，标点也要一致");
        else if (start == -2)
            report.Error("basis.twice", at, $"原文里“{Shorten(quote)}”不止一处", "多引几个字，使它只出现一处");
        return Math.Max(-1, start);
    }

    /// <summary>The words without bold marks, and the one figure between them.</summary>
    private (string Quote, string? Figure, int FigureAt) Unmark(Passage words)
    {
        var quote = new StringBuilder();
        string? figure = null;
        var (figureAt, open) = (-1, -1);
        for (var i = 0; i < words.Length; i++)
        {
            if (words.Span[i] != '*' || i + 1 == words.Length || words.Span[i + 1] != '*')
            {
                quote.Append(words.Span[i]);
                continue;
            }
            i++;
            if (open < 0) open = quote.Length;
            else
            {
                if (figure is not null)
                    report.Error("basis.figures", words.From(i - 1), "一处依据只能加粗一个数字", "各参数分别引用，各加粗自己的数字");
                (figure, figureAt, open) = (quote.ToString(open, quote.Length - open), open, -1);
            }
        }
        if (open >= 0) report.Error("basis.bold", words, "加粗的 ** 没有成对", "写成 **100万元**");
        return (quote.ToString(), figure, figureAt);
    }

    private static string Shorten(string text) => text.Length <= 30 ? text : text[..30] + "…";
}
