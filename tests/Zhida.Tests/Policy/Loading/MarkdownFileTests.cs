using System.Text;
using Xunit;
using Zhida.Policy;
using Zhida.Policy.Loading;

namespace Zhida.Tests.Policy.Loading;

public sealed class MarkdownFileTests
{
    private readonly Report _report = new();

    private MarkdownFile Parse(string text) => MarkdownFile.Parse(new SourceText("a.md", text), _report);

    [Fact]
    public void Front_matter_may_use_either_colon()
    {
        var front = Parse("---\n举措: 四\n名称：低空\n---\n# 题\n").Front;
        Assert.Equal(("四", "低空"), (front.Text("举措"), front.Text("名称")));
        Assert.Equal(new Location("a.md", 3, 4), front["名称"]!.Value.Location);
        Assert.Empty(_report.Findings);
    }

    [Fact]
    public void Sections_hold_their_parts_with_places()
    {
        var file = Parse("---\n甲: 一\n---\n\n# 题\n\n## 1.1 事项\n对象：贷款\n\n### 条件\n1. 甲：`a`\n2. 乙：`b`\n");
        var item = Assert.Single(file.Seconds);
        Assert.Equal("1.1 事项", item.Title.Text);
        Assert.Equal(new Location("a.md", 7, 4), item.Title.Location);
        var list = Assert.IsType<ListPart>(Assert.Single(Assert.Single(item.Children).Parts));
        Assert.Equal([1, 2], list.Lines.Select(l => l.Number));
        Assert.Equal(new Location("a.md", 12, 4), list.Lines[1].Text.Location);
    }

    [Fact]
    public void A_bar_in_backticks_or_behind_a_backslash_belongs_to_its_cell()
    {
        var file = Parse("| 甲 | 乙 |\n|---|---|\n| `a | b` | c\\|d |\n| **粗** | |\n");
        var table = Assert.IsType<TablePart>(Assert.Single(file.Root.Parts));
        Assert.Equal(["`a | b`", "c\\|d"], table.Rows[0].Cells.Select(c => c.Text));
        Assert.Equal(["**粗**", ""], table.Rows[1].Cells.Select(c => c.Text));
        Assert.Equal(new Location("a.md", 3, 13), table.Rows[0].Cells[1].Location);
        Assert.Empty(_report.Findings);
    }

    [Fact]
    public void A_broken_row_does_not_hide_the_next()
    {
        var file = Parse("| 甲 | 乙 |\n|---|---|\n| `a | b |\n| c |\n| d | e |\n");
        var table = Assert.IsType<TablePart>(Assert.Single(file.Root.Parts));
        Assert.Equal(3, table.Rows.Count);
        Assert.Equal(["d", "e"], table.Rows[2].Cells.Select(c => c.Text));
        Assert.Equal(["form.backtick", "form.table"], _report.Findings.Select(f => f.Code));
    }

    [Fact]
    public void Quotes_are_verbatim()
    {
        var file = Parse("> 一、题\n>\n> 给予**最高**100万元。\n");
        var quote = Assert.IsType<QuotePart>(Assert.Single(file.Root.Parts));
        Assert.Equal(["一、题", "", "给予**最高**100万元。"], quote.Lines.Select(l => l.Text));
    }

    [Fact]
    public void Lines_may_end_in_carriage_returns_and_a_file_begin_with_a_mark()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble,
            .. Encoding.UTF8.GetBytes("---\r\n甲: 一\r\n---\r\n\r\n| a |\r\n|---|\r\n| b |\r\n")];
        var file = MarkdownFile.Parse(SourceText.Of("a.md", bytes), _report);
        Assert.Equal("一", file.Front.Text("甲"));
        var table = Assert.IsType<TablePart>(Assert.Single(file.Root.Parts));
        Assert.Equal("b", table.Rows[0].Cells[0].Text);
        Assert.Equal(new Location("a.md", 7, 3), table.Rows[0].Cells[0].Location);
    }
}
