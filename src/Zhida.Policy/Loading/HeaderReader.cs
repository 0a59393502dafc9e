using Zhida.Feel;

namespace Zhida.Policy.Loading;

/// <summary>The lines under an item's heading: <c>key：value</c>, several to a line, separated by a full-width space.
/// </summary>
internal sealed class Header
{
    private static readonly string[] Keys =
        ["对象", "按", "期间", "方式", "兑现", "事项发生日", "取整", "取值", "责任部门",
         "共同条件"];

    private readonly Dictionary<string, Passage> _values = new(StringComparer.Ordinal);

    /// <summary>The value of a key, or null.</summary>
    public Passage? this[string key] => _values.TryGetValue(key, out var value) ? value : null;

    public static Header Read(Section section, Report report)
    {
        var header = new Header();
        foreach (var part in section.Parts)
        {
            if (part is TextPart text)
                foreach (var line in MarkdownFile.Lines(text.Passage))
                foreach (var entry in Entries(line)) header.Add(entry, report);
            else if (part is not QuotePart)
                report.Error("form.block", part.Passage, "事项标题之下、小节之前只写表头", "放进相应的小节");
        }
        return header;
    }

    /// <summary>Split at full-width spaces outside backticks and brackets.</summary>
    private static IEnumerable<Passage> Entries(Passage line)
    {
        var (start, depth, inCode) = (0, 0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            var c = i < line.Length ? line.Span[i] : '　';
            if (c == '`') inCode = !inCode;
            else if (c == '（' && !inCode) depth++;
            else if (c == '）' && !inCode) depth--;
            if (c != '　' || i < line.Length && (inCode || depth > 0)) continue;
            if (line.Slice(start, i - start).Trim() is { IsEmpty: false } entry) yield return entry;
            start = i + 1;
        }
    }

    private void Add(Passage entry, Report report)
    {
        if (entry.Span.StartsWith("注：") || entry.Span.StartsWith("说明：")) return;
        if (!entry.TryCut("：:", out var key, out var value) || !Keys.Contains(key.Text))
            report.Error("item.header", entry, $"不认识的表头“{(key.Length > 20 ? key.Slice(0, 20) : key).Text}”",
                Nearest.Mend(key.Text, Keys) ?? $"可写：{string.Join("、", Keys)}");
        else if (!_values.TryAdd(key.Text, value))
            report.Error("item.header", key, $"“{key.Text}”写了两次", "只留一个");
    }
}
