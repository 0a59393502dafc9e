using System.Text;
using Xunit;
using Zhida.Policy.Desk;
using Zhida.Policy.Loading;

namespace Zhida.Tests.Policy.Desk;

/// <summary>What is said of a tree as a whole: of the official text and of its layers together.</summary>
public sealed class TreeCheckTests
{
    private const string Facts = "policies/common/facts.md";
    private const string Layer = "policies/liaoning-2026-demo/01-智改数转.md";
    private const string LayerRule = "1. 项目通过评审：`项目.评审通过`　来源：示范细则第1.2条";

    [Fact]
    public void A_fact_is_unused_only_where_no_layer_reads_it_either()
    {
        var files = new Dictionary<string, byte[]>(PolicyLoader.ReadFiles(Repository.Root));
        InsertAbove(files, Facts, "| 立项日 |",
            "| 无人用 | 是否 | | | 无人用？ | 自报 |\n| 细则才用 | 是否 | | | 细则才用？ | 自报 |\n");
        InsertAbove(files, Layer, LayerRule, "3. 细则才有的条件：`项目.细则才用`　来源：示范细则第1.2条\n");

        var report = TreeCheck.Run(PolicyTree.Of(files), [], prove: false);

        var unused = report.Findings.Where(f => f.Code == "fact.unused").Select(f => f.Message).ToList();
        Assert.Contains("没有规则用到“项目.无人用”", unused);
        Assert.DoesNotContain("没有规则用到“项目.细则才用”", unused);
        Assert.DoesNotContain(report.Findings, f => f.Code is "feel.name" or "path.fact");
    }

    [Fact]
    public void A_layer_that_fills_open_places_leaves_the_text_carried()
    {
        var files = new Dictionary<string, byte[]>(PolicyLoader.ReadFiles(Repository.Root));

        var report = TreeCheck.Run(PolicyTree.Of(files), [], prove: false);

        Assert.DoesNotContain(report.Findings, f => f.Code == "clause.uncarried");
        var layered = PolicyLoader.Load(
            files, ["liaoning-2026"], ["liaoning-2026-demo"], new Dictionary<string, string>());
        var step = layered.Bound.Policies[0].Items.Single(i => i.Number == "1.2").Steps.Single(s => s.Name == "拨付");
        Assert.Equal("10工作日", step.Days!.Text);
        Assert.Equal("安排专项资金支持“智改数转”", step.Basis!.Quote);
    }

    [Fact]
    public void An_item_that_columns_cannot_decide_is_noted_with_the_reason()
    {
        var files = new Dictionary<string, byte[]>(PolicyLoader.ReadFiles(Repository.Root));

        var report = TreeCheck.Run(PolicyTree.Of(files), [], prove: false);

        var noted = Assert.Single(report.Findings, f => f.Code == "item.interpreted");
        Assert.Equal(("policies/liaoning-2026/18-工业用地.md", Zhida.Policy.Severity.Note),
            (noted.Location.File, noted.Severity));
        Assert.StartsWith("18 在全体运行里不能按列判定", noted.Message);
        Assert.EndsWith("128位", noted.Message);
    }

    private static void InsertAbove(Dictionary<string, byte[]> files, string path, string line, string inserted)
    {
        var text = Encoding.UTF8.GetString(files[path]);
        var at = text.IndexOf("\n" + line, StringComparison.Ordinal) + 1;
        Assert.True(at > 0);
        files[path] = Encoding.UTF8.GetBytes(text.Insert(at, inserted));
    }
}
