namespace Zhida.Policy.Loading;

/// <summary>The lines of a section that is a list.</summary>
internal static class SectionLines
{
    /// <summary>All list lines of a section; anything else in it but remarks (注：…) is reported.</summary>
    public static IEnumerable<ListLine> Of(Section section, Report report)
    {
        foreach (var part in section.Parts)
        {
            if (part is ListPart list)
                foreach (var line in list.Lines) yield return line;
            else if (part is TextPart text && !IsRemark(text.Passage) || part is TablePart)
                report.Error("form.block", part.Passage, $"“{section.Title.Text}”之下只写列表", "每条一行，以 - 或 1. 开头；说明写 注：…");
        }
    }

    public static bool IsRemark(Passage text) => text.Span.StartsWith("注：") || text.Span.StartsWith("说明：");

    /// <summary>A line <c>label：`code`　rest</c>; null where it is none, which is reported.</summary>
    public static (Passage Label, Passage Code, Passage Tail)? Labelled(ListLine line, string what, Report report)
    {
        var text = line.Text;
        if (!text.TryCode(out var code, out var rest))
        {
            report.Error("form.line", text, $"{what}里没有反引号中的表达式", "写成 名称：`表达式`");
            return null;
        }
        var label = text.Slice(0, code.Start - 1 - text.Start).Trim();
        if (label.Length < 2 || label.Span[^1] is not ('：' or ':'))
        {
            report.Error("form.line", text, $"{what}缺少名称", "写成 名称：`表达式`");
            return null;
        }
        return (label.Slice(0, label.Length - 1).Trim(), code, rest);
    }
}
