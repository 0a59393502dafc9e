using System.Text;
using Zhida.Feel.Values;

namespace Zhida.Policy.Reference;

/// <summary>A closed range of days, counted from 1970-01-01.</summary>
public readonly record struct DayRange(long First, long Last)
{
    public bool Contains(long day) => day >= First && day <= Last;
}

/// <summary>One row: its cells, and its line in the file (from 1).</summary>
internal readonly record struct CsvRow(string[] Cells, int Line);

/// <summary>A reference table as it stands in its file: UTF-8, <c># key：value</c> lines (表, 来源, 状况, 范围), a line of
/// column names, then rows. Cells hold neither commas nor quotation marks. What is wrong goes to the findings and is
/// left out.</summary>
internal sealed class Csv
{
    private readonly string _file;
    private readonly List<Finding> _findings;

    private Csv(string file, List<Finding> findings) => (_file, _findings) = (file, findings);

    public Dictionary<string, string> Head { get; } = [];

    public List<CsvRow> Rows { get; } = [];

    /// <summary>The days for which the table is reliable (范围), in the order of the file.</summary>
    public List<DayRange> Ranges { get; } = [];

    public static Csv Read(string file, byte[] bytes, string columns, List<Finding> findings)
    {
        var csv = new Csv(file, findings);
        var expected = columns.Split(',');
        var header = false;
        var number = 0;
        foreach (var raw in csv.Text(bytes).AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.Trim().ToString();
            if (line.Length == 0) continue;
            if (line[0] == '#') csv.ReadHead(line, number);
            else if (!header)
            {
                header = true;
                if (line != columns) csv.Error(number, $"列名应为“{columns}”，实为“{line}”", "改回列名");
            }
            else if (line.Split(',') is var cells && cells.Length == expected.Length) csv.Rows.Add(new(cells, number));
            else csv.Error(number, $"应有{expected.Length}格，实有{cells.Length}格", "格内不能有逗号，空格也要留逗号");
        }
        return csv;
    }

    private string Text(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            Error(1, "不是UTF-8编码的文本", "另存为UTF-8");
            return "";
        }
    }

    private void ReadHead(string line, int number)
    {
        var split = line.IndexOf('：');
        if (split < 0) return;
        var (key, value) = (line[1..split].Trim(), line[(split + 1)..].Trim());
        Head[key] = value;
        if (key != "范围") return;
        foreach (var part in value.Split('；'))
        {
            var ends = part.Split("..");
            if (ends.Length == 2 && FeelDate.TryParse(ends[0], out var first) &&
                FeelDate.TryParse(ends[1], out var last) && first <= last)
                Ranges.Add(new(first, last));
            else Error(number, $"范围“{part}”读不懂", "写成 2019-08-20..2025-08-19，几段之间用；");
        }
    }

    public bool TryDate(CsvRow row, int cell, out long day)
    {
        if (FeelDate.TryParse(row.Cells[cell], out day)) return true;
        Error(row.Line, $"“{row.Cells[cell]}”不是日期", "写成 2026-01-20");
        return false;
    }

    public void Error(int line, string message, string mend) =>
        _findings.Add(Finding.Error("reference.form", new Location(_file, line, 1), message, mend));
}
