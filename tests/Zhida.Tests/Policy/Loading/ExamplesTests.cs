using System.Text.Json;
using Xunit;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;

namespace Zhida.Tests.Policy.Loading;

public sealed class ExamplesTests
{
    private static List<Example> Examples(string rows, string heading = "### 示例")
    {
        var result = TestTree.Load(TestTree.With(TestTree.Loan($"""
            ### 参数
            | 名称 | 值 |
            |---|---|
            | 比例 | 待细则（占比） |

            ### 口径
            | 问题 | 读法 | 现行 | 确认 |
            |---|---|---|---|
            | 本金 | 合同本金；余额 | 合同本金 | 待确认 |

            ### 条件
            1. 本金：`口径.本金 = "合同本金" or 贷款.本金 > 0`

            ### 金额
            `贷款.本金 * 比例`

            ### 上限
            | 范围 | 周期 | 上限 |
            |---|---|---|
            | 主体 | 年度 | 100万元 |

            {heading}
            基准：
            - 贷款.本金：100万元
            - 贷款.计息起日：2025-07-01
            - 贷款.计息止日：2026-06-30
            - 主体.注册地：210102

            {rows}
            """)));
        Assert.Empty(result.Findings);
        return [.. result.Program!.Policies[0].Items[0].Examples];
    }

    private static string Json(Example example) => example.Facts.ToJsonString(
        new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    [Fact]
    public void The_claim_object_exists_and_empty_cells_take_the_base()
    {
        var example = Assert.Single(Examples("""
            | 名称 | 贷款.本金 | 结果 | 算式 |
            |---|---|---|---|
            | 甲 | | 符合 | 无 |
            """));
        Assert.Equal(
            """{"主体":{"注册地":"210102"},"贷款":[{"编号":"贷款1","本金":"100万元","计息起日":"2025-07-01","计息止日":"2026-06-30"}]}""",
            Json(example));
        Assert.Equal("符合", example.Expected["结果"]);
        Assert.Equal("无", example.Arithmetic);
    }

    [Fact]
    public void Unknown_takes_a_fact_away()
    {
        var example = Assert.Single(Examples("""
            | 名称 | 贷款.本金 | 主体.注册地 |
            |---|---|---|
            | 甲 | 未知 | 未知 |
            """));
        Assert.Equal("""{"主体":{},"贷款":[{"编号":"贷款1","计息起日":"2025-07-01","计息止日":"2026-06-30"}]}""", Json(example));
    }

    [Fact]
    public void A_line_s_fact_stands_in_every_year_of_the_accrual()
    {
        var example = Assert.Single(Examples("""
            | 名称 | 行.实付利息 | 贷款.年度.2024.实付利息 |
            |---|---|---|
            | 甲 | 3万元 | 1万元 |
            """));
        Assert.Contains("\"年度\":{\"2025\":{\"实付利息\":\"3万元\"},\"2026\":{\"实付利息\":\"3万元\"},\"2024\":{\"实付利息\":\"1万元\"}}",
            Json(example), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_objects_exist_where_a_cell_is_about_them()
    {
        var examples = Examples("""
            | 名称 | 贷款#L2.本金 | 贷款#L2.行.实付利息 | 贷款 |
            |---|---|---|---|
            | 一笔 | | | |
            | 两笔 | 5 | 1万元 | |
            | 没有贷款 | | | 无 |
            | 不知有没有 | | | 未知 |
            """);
        Assert.Single(examples[0].Facts["贷款"]!.AsArray());
        Assert.Equal(["贷款1", "L2"], examples[1].Facts["贷款"]!.AsArray().Select(o => (string)o!["编号"]!));
        Assert.Equal(5m, (decimal)examples[1].Facts["贷款"]![1]!["本金"]!);
        Assert.Empty(examples[2].Facts["贷款"]!.AsArray());
        Assert.False(examples[3].Facts.ContainsKey("贷款"));
    }

    [Fact]
    public void Earlier_grants_readings_and_days_have_columns_of_their_own()
    {
        var example = Assert.Single(Examples("""
            | 名称 | 已得（主体，年度） | 口径.本金 | 判定日 | 贷款.计息起日 |
            |---|---|---|---|---|
            | 甲 | 90万元 | 余额 | 2026-05-01 | 2026-01-01 |
            """));
        const string grant = """{"事项":"case:1.1","范围":"主体","期":"2026","金额":"90万元"}""";
        Assert.Contains($"\"已得\":[{grant}]", Json(example), StringComparison.Ordinal);
        Assert.Equal("余额", example.Readings["本金"]);
        Assert.Equal(new DateOnly(2026, 5, 1), example.DecisionDate);
    }

    [Fact]
    public void The_heading_names_layers_days_and_settings()
    {
        var example = Assert.Single(Examples("""
            | 名称 |
            |---|
            | 甲 |
            """, "### 示例 （层：甲、乙；印发日 2026-02-01；判定日 2026-03-01；比例=40%）"));
        Assert.Equal(["甲", "乙"], example.Layers);
        Assert.Equal(new DateOnly(2026, 2, 1), example.IssueDate);
        Assert.Equal(new DateOnly(2026, 3, 1), example.DecisionDate);
        Assert.Equal("40%", example.Settings["比例"]);
    }

    /// <summary>Every example of the project gives facts that the reader of facts takes.</summary>
    [Theory]
    [InlineData]
    [InlineData("liaoning-2026-demo")]
    public void Facts_of_the_project_s_examples_can_be_read(params string[] layers)
    {
        var result = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], layers, new Dictionary<string, string>());
        var reader = new FactsReader(result.Bound.Dictionary, result.Tables);
        var examples = result.Bound.Policies.SelectMany(p => p.Items).SelectMany(i => i.Examples).ToList();
        Assert.True(examples.Count >= 300);
        Assert.Empty(examples.SelectMany(e => reader.Read(JsonSerializer.SerializeToElement(e.Facts), "facts").Findings
            .Select(f => $"{e.Location} {e.Name}: {f.Message} {f.Mend}")));
    }
}
