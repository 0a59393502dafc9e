using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>The parsed files of a policy or a layer.</summary>
internal sealed record PolicySource(string Folder, MarkdownFile Main, IReadOnlyList<MarkdownFile> Measures)
{
    public string Id => Main.Front.Text(IsLayer ? "层" : "政策");

    public bool IsLayer => Main.Front["层"] is not null;

    /// <summary>The policy that a layer belongs to; a policy's own id.</summary>
    public string Of => Main.Front.Text("政策");

    /// <summary>A policy that decides only where it is asked for.</summary>
    public bool IsSample => Main.Front.Text("状态") == "示例";

    public Layer ToLayer()
    {
        var division = Main.Front.Text("管辖");
        return new Layer(Id, Main.Front.Text("名称"), Main.Front.Text("说明"), division.Length == 0 ? null : division);
    }

    /// <summary>The quotes of the files, a line each, in the order of the official text: preamble, measures, closing.
    /// </summary>
    public IReadOnlyList<(string Text, Location Location)> Quotes()
    {
        var closing = Main.Seconds.Where(s => s.Title.Is("结尾"));
        var preamble = Main.Root.Parts.Concat(Main.Root.Children.Where(s => s.Level == 1).SelectMany(s => s.Parts));
        return
        [
            .. Lines(preamble), .. Measures.SelectMany(m => Lines(m.Root)), .. closing.SelectMany(Lines),
        ];
    }

    private static IEnumerable<(string, Location)> Lines(Section section) =>
        Lines(section.Parts).Concat(section.Children.SelectMany(Lines));

    private static IEnumerable<(string, Location)> Lines(IEnumerable<MarkdownPart> parts) =>
        parts.OfType<QuotePart>().SelectMany(q => q.Lines).Where(l => !l.Trim().IsEmpty)
            .Select(l => (l.Text, l.Location));
}
