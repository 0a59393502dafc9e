namespace Zhida.Policy.Loading;

/// <summary>What the heading of 示例 says: <c>（层：A、B；印发日 2026-01-01；判定日 2026-06-30；计息年基数=365天/年）</c>.</summary>
internal sealed record ExampleHeading(
    IReadOnlyList<string> Layers, DateOnly? IssueDate, DateOnly? DecisionDate,
    IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>In a layer's file the layer itself is meant where the heading names none.</summary>
    public static ExampleHeading Read(LayeredSection section, Report report)
    {
        IReadOnlyList<string> layers = section.Layer is { } own ? [own] : [];
        DateOnly? issued = null, on = null;
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (section.Rest.TryBracket(out var before, out var inside) && before.IsEmpty)
        {
            foreach (var part in inside.Split('；', ';'))
            {
                if (!part.TryCut("=：: ", out var key, out var value) || value.IsEmpty)
                    report.Error("example.heading", part, $"不认识“{part.Text}”",
                        "写 层：甲、乙，印发日 2026-01-01，判定日 2026-06-30，或 名称=值");
                else if (key.Is("层")) layers = [.. value.Split('、', '，').Select(l => l.Text)];
                else if (key.Is("印发日")) issued = Date(value, report);
                else if (key.Is("判定日")) on = Date(value, report);
                else settings[key.Text] = value.Text;
            }
        }
        else if (!section.Rest.IsEmpty)
            report.Error("example.heading", section.Rest, "示例的条件要写在括号里", "### 示例 （层：甲；印发日 2026-01-01）");
        return new ExampleHeading(layers, issued, on, settings);
    }

    public static DateOnly? Date(Passage cell, Report report)
    {
        if (ValueReader.TryDate(cell.Text, out var date)) return date;
        report.Error("example.date", cell, $"“{cell.Text}”不是日期", "写成 2026-03-01");
        return null;
    }
}
