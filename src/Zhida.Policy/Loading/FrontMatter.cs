using Zhida.Feel;

namespace Zhida.Policy.Loading;

/// <summary>The lines <c>key: value</c> between two lines <c>---</c> at the beginning of a file: a flat subset of
/// YAML. </summary>
internal sealed class FrontMatter(Passage place)
{
    private readonly Dictionary<string, (Passage Key, Passage Value)> _entries = new(StringComparer.Ordinal);

    /// <summary>Where the front matter stands, or should.</summary>
    public Passage Place { get; } = place;

    public Passage? this[string key] => _entries.TryGetValue(key, out var entry) ? entry.Value : null;

    public string Text(string key) => this[key]?.Text ?? "";

    /// <summary>The front matter, and where the body begins.</summary>
    public static (FrontMatter Front, int Body) Read(SourceText source, Report report)
    {
        var lines = MarkdownFile.Lines(source.Whole);
        var front = new FrontMatter(source.Whole.Slice(0, 0));
        if (!lines.Any() || !lines.First().Is("---")) return (front, 0);
        foreach (var line in lines.Skip(1))
        {
            if (line.Trim().Is("---")) return (front, line.Start + line.Length);
            front.Add(line, report);
        }
        report.Error("form.front", front.Place, "文件开头的 --- 没有收尾", "在最后一个“键: 值”之后写一行 ---");
        return (front, source.Text.Length);
    }

    private void Add(Passage line, Report report)
    {
        if (line.Trim().IsEmpty || line.Span.StartsWith("#")) return;
        if (!line.TryCut(":：", out var key, out var value))
            report.Error("form.front", line, "应是“键: 值”", "例如 名称: 支持低空经济产业发展");
        else if (!_entries.TryAdd(key.Text, (key, value)))
            report.Error("form.front", key, $"“{key}”写了两次", "只留一个");
    }

    /// <summary>Reports keys that the form doesn't know, and required ones that are absent.</summary>
    public void Check(Report report, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        foreach (var (name, (key, _)) in _entries)
            if (!required.Contains(name) && !optional.Contains(name))
                report.Error("form.front", key, $"不认识的键“{name}”", Nearest.Mend(name, [.. required, .. optional]));
        foreach (var name in required)
            if (!_entries.TryGetValue(name, out var entry) || entry.Value.IsEmpty)
                report.Error("form.front", Place, $"文件开头缺少“{name}”", $"在两行 --- 之间加一行“{name}: …”");
    }
}
