using Zhida.Feel;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>The first phase: measures and items with their sections from all files, layers put on top; capabilities
/// and waivers. Expressions are still text.</summary>
internal sealed class PolicyOutline(
    PolicySource source, IReadOnlyList<PolicySource> layers, BasisReader bases, Report report)
{
    private const string Waived = "不设规则的文句";

    private static readonly string[] MainSections = ["结尾", "口径", "共同条件", "能力", Waived];
    private static readonly string[] Required = ["举措", "名称"];
    private static readonly string[] Optional = ["责任部门"];

    private readonly Dictionary<string, ItemSource> _byNumber = new(StringComparer.Ordinal);

    public List<ItemSource> Items { get; } = [];

    public List<Measure> Measures { get; } = [];

    public List<(Basis Basis, string Reason)> Waivers { get; } = [];

    public List<(string Id, string Title, IReadOnlyList<Basis> Bases)> Capabilities { get; } = [];

    public void Read()
    {
        foreach (var section in source.Main.Seconds) ReadMainSection(section);
        foreach (var file in source.Measures) ReadMeasure(file);
        foreach (var layer in layers)
        foreach (var file in layer.Measures) ReadLayer(layer, file);
    }

    private void ReadMainSection(Section section)
    {
        if (section.Title.Is(Waived)) ReadWaivers(section);
        else if (section.Title.Is("能力")) ReadCapabilities(section);
        else if (!MainSections.Contains(section.Title.Text))
            report.Error("form.section", section.Title, $"不认识的一节“{section.Title.Text}”",
                Nearest.Mend(section.Title.Text, MainSections) ?? $"可用：{string.Join("、", MainSections)}");
    }

    private void ReadMeasure(MarkdownFile file)
    {
        file.Front.Check(report, Required, Optional);
        var measure = new Measure(file.Front.Text("举措"), file.Front.Text("名称"),
            file.Front["责任部门"] is { } cell ? [.. cell.Split('、').Select(d => d.Text)] : [],
            file.Front.Place.Source.At(0));
        Measures.Add(measure);
        foreach (var section in file.Seconds)
        {
            if (section.Title.Is(Waived)) ReadWaivers(section);
            else if (ItemSource.Of(section, measure) is { } item) AddItem(item);
            else ReportTitle(section);
        }
    }

    private void AddItem(ItemSource item)
    {
        if (!_byNumber.TryAdd(item.Number.Text, item))
        {
            report.Error("name.duplicate", item.Number, $"事项{item.Number.Text}写了两次", "换一个编号，或合并");
            return;
        }
        if (item.Title.IsEmpty) report.Error("item.title", item.Number, "事项没有名称", $"写成 ## {item.Number.Text} 名称");
        if (!ItemBinder.SkipsCommon(item))
            foreach (var section in source.Main.Seconds)
                if (section.Title.Is("口径") || section.Title.Is("共同条件")) item.AddCommon(section);
        item.Add(item.Section, null, report);
        Items.Add(item);
    }

    private void ReadLayer(PolicySource layer, MarkdownFile file)
    {
        file.Front.Check(report, Required, Optional);
        foreach (var section in file.Seconds)
        {
            if (ItemSource.Of(section, new Measure("", "", [], default)) is not { } item)
            {
                ReportTitle(section);
                continue;
            }
            if (!_byNumber.TryGetValue(item.Number.Text, out var known))
            {
                report.Error("layer.item", item.Number, $"政策{source.Id}没有事项{item.Number.Text}",
                    Nearest.Mend(item.Number.Text, _byNumber.Keys));
                continue;
            }
            foreach (var part in section.Parts)
                if (part is not TextPart text || !SectionLines.IsRemark(text.Passage))
                    report.Error("layer.header", part.Passage, "细则里不写事项的表头", "删去；表头只在政策正文的文件里");
            known.Add(section, layer.Id, report);
        }
    }

    private void ReportTitle(Section section) =>
        report.Error("form.section", section.Title, $"“{section.Title.Text}”不是事项",
            $"事项写成 ## 4.1 名称；另可有 ## {Waived}");

    /// <summary><c>- “words”：reason</c></summary>
    private void ReadWaivers(Section section)
    {
        foreach (var line in SectionLines.Of(section, report))
        {
            var end = line.Text.Span.StartsWith("“") ? BasisReader.Closing(line.Text, 0) : -1;
            var reason = end < 0 ? line.Text.From(line.Text.Length) : line.Text.From(end + 1).Trim();
            if (reason.Length < 2 || reason.Span[0] is not ('：' or ':'))
                report.Error("waiver.form", line.Text, "应引出原文的话并说明理由", "写成 - “原文的话。”：理由");
            else if (bases.OfCell(line.Text.Slice(0, end + 1), null) is { } basis)
                Waivers.Add((basis, reason.From(1).Trim().Text));
        }
    }

    /// <summary><c>- C1 title：what must work　依据“…”</c></summary>
    private void ReadCapabilities(Section section)
    {
        foreach (var line in SectionLines.Of(section, report))
        {
            var (words, rest) = BasisReader.Cut(line.Text);
            var space = words.Span.IndexOfAny(" 　");
            if (space <= 0) report.Error("form.line", line.Text, "能力要有编号和名称", "写成 - C1 名称：做到什么　依据“…”");
            else Capabilities.Add((words.Slice(0, space).Text, words.From(space).Trim().Text, bases.AllOfLine(rest)));
        }
    }
}
