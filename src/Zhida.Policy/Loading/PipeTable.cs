namespace Zhida.Policy.Loading;

/// <summary>Splits the lines of a pipe table into cells. A <c>|</c> inside backticks or after a backslash belongs to
/// its cell.</summary>
internal static class PipeTable
{
    /// <summary>Null where the lines are no table; that is reported.</summary>
    public static TablePart? Read(IReadOnlyList<Passage> lines, Report report)
    {
        var whole = new Passage(lines[0].Source, lines[0].Start, lines[^1].Start + lines[^1].Length - lines[0].Start);
        if (lines.Count < 2 || !IsRule(lines[1]))
        {
            report.Error("form.table", lines[0], "表头下面缺少分隔行", "第二行写 |---|---|，每列一段");
            return null;
        }
        var header = Cells(lines[0], report);
        var rows = new List<TableLine>();
        foreach (var line in lines.Skip(2))
        {
            var cells = Cells(line, report);
            if (cells.Count != header.Count)
                report.Error("form.table", line, $"这一行有{cells.Count}格，表头有{header.Count}格", "每列一格，空的也要留着");
            while (cells.Count < header.Count) cells.Add(line.From(line.Length));
            rows.Add(new TableLine(line, cells));
        }
        return new TablePart(whole, header, rows);
    }

    private static bool IsRule(Passage line)
    {
        foreach (var c in line.Trim().Span)
            if (c is not ('|' or '-' or ':' or ' ')) return false;
        return line.Span.Contains('-');
    }

    private static List<Passage> Cells(Passage line, Report report)
    {
        var row = line.Trim();
        var codes = row.Span.Count('`') % 2 == 0;
        if (!codes) report.Error("form.backtick", row.From(row.Span.LastIndexOf('`')), "反引号没有成对", "补上另一个反引号");
        var cells = new List<Passage>();
        var (start, inCode) = (row.Span.StartsWith("|") ? 1 : 0, false);
        for (var i = start; i <= row.Length; i++)
        {
            if (i < row.Length && row.Span[i] == '\\' && !inCode) i++;
            else if (i < row.Length && row.Span[i] == '`' && codes) inCode = !inCode;
            else if (i == row.Length ? start < row.Length : row.Span[i] == '|' && !inCode)
            {
                cells.Add(row.Slice(start, i - start).Trim());
                start = i + 1;
            }
        }
        return cells;
    }
}
