namespace Zhida.Policy.Checking;

/// <summary>A figure of the official text: Arabic digits with their unit (100万元, 1.5%, 6.5折, 0.6%/年, 39座).</summary>
public readonly record struct TextFigure(int Start, string Text);

/// <summary>A clause: what stands between 。 and ； (outside brackets and quotation marks), or a line of its own. Never
/// blank; white space at its ends is left out.</summary>
public readonly record struct Clause(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>Takes an official text apart: what the checker proves things about.</summary>
public static class OfficialText
{
    /// <summary>Units that belong to a figure, longest first.</summary>
    private static readonly string[] Units =
    [
        "%/年", "万元", "亿元", "个月", "工作日", "%", "折", "元", "年", "月", "天", "日", "座", "项", "人", "家", "户", "台", "套", "个",
        "吨", "亩", "平方米", "公里", "次", "件", "倍",
    ];

    public static IReadOnlyList<TextFigure> Figures(string text)
    {
        var figures = new List<TextFigure>();
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) continue;
            var end = i;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) ||
                   text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))) end++;
            foreach (var unit in Units)
            {
                if (string.CompareOrdinal(text, end, unit, 0, unit.Length) != 0) continue;
                end += unit.Length;
                break;
            }
            figures.Add(new TextFigure(i, text[i..end]));
            i = end - 1;
        }
        return figures;
    }

    public static IReadOnlyList<Clause> Clauses(string text)
    {
        var clauses = new List<Clause>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (c is '（' or '“' or '‘' or '《') depth++;
            else if (c is '）' or '”' or '’' or '》') depth = Math.Max(0, depth - 1);
            var ends = c == '\n' || depth == 0 && c is '。' or '；' && depth == 0;
            if (!ends) continue;
            if (c == '\n') depth = 0;
            Add(clauses, text, start, Math.Min(i + 1, text.Length));
            start = i + 1;
        }
        return clauses;
    }

    private static void Add(List<Clause> clauses, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        if (end > start) clauses.Add(new Clause(start, end - start));
    }

    /// <summary>The text without white space at line ends and without blank lines: the form in which the quotes of the
    /// files are compared with it.</summary>
    public static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0);
}
