using Markdig;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;

namespace Zhida.Policy.Loading;

/// <summary>A heading with what stands under it, up to the next heading of its level or above.</summary>
internal sealed class Section(int level, Passage title)
{
    public int Level { get; } = level;

    public Passage Title { get; } = title;

    public List<MarkdownPart> Parts { get; } = [];

    public List<Section> Children { get; } = [];
}

/// <summary>A part of a section.</summary>
internal abstract record MarkdownPart(Passage Passage);

internal sealed record TextPart(Passage Passage) : MarkdownPart(Passage);

/// <summary>A line of a list; <paramref name="Number"/> null in an unordered one.</summary>
internal sealed record ListLine(Passage Text, int? Number);

internal sealed record ListPart(Passage Passage, IReadOnlyList<ListLine> Lines) : MarkdownPart(Passage);

/// <summary>Verbatim lines of official text, without their marks.</summary>
internal sealed record QuotePart(Passage Passage, IReadOnlyList<Passage> Lines) : MarkdownPart(Passage);

internal sealed record TablePart(Passage Passage, IReadOnlyList<Passage> Header, IReadOnlyList<TableLine> Rows)
    : MarkdownPart(Passage);

internal sealed record TableLine(Passage Passage, IReadOnlyList<Passage> Cells);

/// <summary> A Markdown file as sections of paragraphs, lists, quotes and tables, each with its place. Markdig finds
/// the blocks; cells and lines are taken verbatim from the source (bold marks and backslashes are part of a quote).
/// </summary>
internal sealed class MarkdownFile
{
    private static readonly MarkdownPipeline Blocks = BlocksOnly();

    private readonly Report _report;
    private readonly SourceText _source;
    private readonly int _body;

    private MarkdownFile(SourceText source, Report report)
    {
        (_source, _report) = (source, report);
        (Front, _body) = FrontMatter.Read(source, report);
        Root = new Section(0, source.Whole.Slice(_body, 0));
    }

    public FrontMatter Front { get; }

    /// <summary>Level 0: what stands before the first heading; the headings are its children.</summary>
    public Section Root { get; }

    public string Path => _source.Path;

    /// <summary>All sections of the second level, whatever stands above them.</summary>
    public IEnumerable<Section> Seconds =>
        Root.Children.SelectMany(s => s.Level == 1 ? s.Children : [s]);

    public static MarkdownFile Parse(SourceText source, Report report)
    {
        var file = new MarkdownFile(source, report);
        var path = new Stack<Section>([file.Root]);
        foreach (var block in Markdown.Parse(source.Text[file._body..], Blocks))
        {
            if (block is HeadingBlock heading)
            {
                var section = new Section(heading.Level, file.TitleOf(heading));
                while (path.Peek().Level >= section.Level) path.Pop();
                path.Peek().Children.Add(section);
                path.Push(section);
            }
            else file.Add(path.Peek(), block);
        }
        return file;
    }

    /// <summary>The words of inlines are not wanted: only literal text is parsed.</summary>
    private static MarkdownPipeline BlocksOnly()
    {
        var builder = new MarkdownPipelineBuilder { PreciseSourceLocation = true };
        builder.InlineParsers.Clear();
        builder.InlineParsers.Add(new LiteralInlineParser());
        return builder.Build();
    }

    private Passage At(Block block) => new Passage(_source, _body + block.Span.Start, block.Span.Length);

    private Passage TitleOf(HeadingBlock heading)
    {
        var line = At(heading);
        return line.From(Math.Min(line.Length, heading.Level)).Trim();
    }

    private void Add(Section section, Block block)
    {
        switch (block)
        {
            case ParagraphBlock:
                AddParagraph(section, At(block));
                break;
            case ListBlock list:
                section.Parts.Add(new ListPart(At(list), [.. list.OfType<ListItemBlock>().SelectMany(LinesOf)]));
                break;
            case QuoteBlock:
                section.Parts.Add(new QuotePart(At(block), [.. QuoteLines(At(block))]));
                break;
            case ThematicBreakBlock or LinkReferenceDefinitionGroup:
                break;
            default:
                _report.Error("form.block", At(block), "这里只能是段落、列表、表格和引文", "去掉行首多余的空格或标记");
                break;
        }
    }

    private IEnumerable<ListLine> LinesOf(ListItemBlock item)
    {
        int? number = item.Parent is ListBlock { IsOrdered: true } ? item.Order : null;
        foreach (var block in item)
        {
            var text = At(block).Trim();
            if (block is not ParagraphBlock)
            {
                _report.Error("form.block", text, "列表项里只能是文字", "不要在列表里再套列表、表格或引文");
                continue;
            }
            foreach (var line in Lines(text).Skip(1))
                if (line.Span.StartsWith("|")) _report.Error("form.table", line, "表格要和上面的列表隔开", "中间空一行");
            yield return new ListLine(text, number);
        }
    }

    private static IEnumerable<Passage> QuoteLines(Passage quote)
    {
        foreach (var line in Lines(quote))
        {
            var text = line.Span.StartsWith(">") ? line.From(1) : line;
            if (text.Span.StartsWith(" ")) text = text.From(1);
            yield return text;
        }
    }

    /// <summary>A paragraph, or a table, perhaps with a paragraph right above it.</summary>
    private void AddParagraph(Section section, Passage paragraph)
    {
        var lines = Lines(paragraph).ToList();
        var first = lines.FindIndex(l => l.Trim().Span.StartsWith("|"));
        if (first < 0)
        {
            section.Parts.Add(new TextPart(paragraph.Trim()));
            return;
        }
        if (first > 0)
            section.Parts.Add(new TextPart(paragraph.Slice(0, lines[first].Start - paragraph.Start).Trim()));
        if (PipeTable.Read(lines.Skip(first).ToList(), _report) is { } table) section.Parts.Add(table);
    }

    internal static IEnumerable<Passage> Lines(Passage passage)
    {
        for (var from = 0; from < passage.Length;)
        {
            var length = passage.Span[from..].IndexOf('\n');
            if (length < 0) length = passage.Length - from;
            var line = passage.Slice(from, length);
            yield return line.Span.EndsWith("\r") ? line.Slice(0, length - 1) : line;
            from += length + 1;
        }
    }
}
