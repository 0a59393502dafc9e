using Zhida.Feel;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>A section of an item as one file gives it. <paramref name="Layer"/> null: the policy's own.
/// <paramref name="IsCommon"/>: of all items of the policy (共同条件 and 口径 in policy.md).</summary>
internal sealed record LayeredSection(Section Section, string? Layer, bool IsCommon = false)
{
    /// <summary>The word that names the kind of section: 参数, 表, 示例.</summary>
    public string Kind { get; } = KindOf(Section.Title) is var kind && kind.Is("共同条件") ? "条件" : kind.Text;

    /// <summary>What follows the word: a table's name and hit policy, an example's settings.</summary>
    public Passage Rest { get; } = Section.Title.From(KindOf(Section.Title).Length).Trim();

    private static Passage KindOf(Passage title)
    {
        var end = title.Span.IndexOfAny(" 　（(");
        return end < 0 ? title : title.Slice(0, end);
    }
}

/// <summary>An item before it is bound: its header, and its sections in order: the policy's common ones, its own, then
/// those of each layer.</summary>
internal sealed class ItemSource
{
    /// <summary>The order of sections; 定义 and 表 may change places.</summary>
    private static readonly string[] Order =
        ["参数", "口径", "定义", "表", "条件", "金额", "上限", "互斥", "资金", "办理", "材料", "服务", "示例"];

    private readonly List<LayeredSection> _sections = [];

    private ItemSource(Section section, Passage number, Passage title, Measure measure) =>
        (Section, Number, Title, Measure) = (section, number, title, measure);

    public Section Section { get; }

    public Passage Number { get; }

    public Passage Title { get; }

    public Measure Measure { get; }

    /// <summary>The item that a <c>##</c> heading opens; null where the heading has no number.</summary>
    public static ItemSource? Of(Section section, Measure measure)
    {
        var digits = 0;
        foreach (var c in section.Title.Span)
        {
            if (!char.IsAsciiDigit(c) && c != '.') break;
            digits++;
        }
        if (digits == 0) return null;
        var (number, title) = (section.Title.Slice(0, digits), section.Title.From(digits).Trim());
        return new ItemSource(section, number, title, measure);
    }

    public IEnumerable<LayeredSection> Sections => _sections;

    /// <summary>The sections of a kind, the policy's own first.</summary>
    public IEnumerable<LayeredSection> Of(string kind) => _sections.Where(s => s.Kind == kind);

    /// <summary>Adds the sections under a heading; reports unknown, repeated and misplaced ones.</summary>
    public void Add(Section from, string? layer, Report report)
    {
        var (last, seen) = (-1, new HashSet<string>());
        foreach (var section in from.Children)
        {
            var here = new LayeredSection(section, layer);
            var rank = Array.IndexOf(Order, here.Kind);
            if (rank < 0)
            {
                report.Error("form.section", section.Title, $"不认识的小节“{section.Title.Text}”",
                    Nearest.Mend(here.Kind, Order) ?? $"可用的小节：{string.Join("、", Order)}");
                continue;
            }
            if (here.Kind == "表") rank = Array.IndexOf(Order, "定义");
            else if (!seen.Add(here.Kind) && here.Kind != "示例") report.Error("form.section", section.Title,
                $"小节“{here.Kind}”写了两次", "合并成一节");
            if (rank < last)
                report.Error("form.section", section.Title, $"小节“{here.Kind}”的位置不对", $"顺序是：{string.Join("、", Order)}");
            last = Math.Max(last, rank);
            _sections.Add(here);
        }
    }

    /// <summary>A section of policy.md that joins every item.</summary>
    public void AddCommon(Section section) => _sections.Add(new LayeredSection(section, null, IsCommon: true));
}
