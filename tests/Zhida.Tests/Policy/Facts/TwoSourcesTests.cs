using System.Text;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;

namespace Zhida.Tests.Policy.Facts;

/// <summary>A register's value and the applicant's stand side by side; the item says which counts (取值).</summary>
public sealed class TwoSourcesTests
{
    private const string Policy = """
        ---
        政策: two-sources
        名称: 两个来源（示范）
        状态: 示例
        印发日: 2026-01-01
        执行期限: 12个月
        ---
        """;

    private const string Measure = """
        ---
        举措: 一
        名称: 按人数补助（示范）
        责任部门: 某局
        ---

        ## 1.1 登记的人数
        对象：主体　按：一次　方式：补助　兑现：免申即享　事项发生日：判定日

        ### 参数
        | 名称 | 值 | 自 | 依据 |
        |---|---|---|---|
        | 每人 | 100元/人 | | |

        ### 金额
        `主体.从业人员 * 每人`

        ## 1.2 自报的人数
        对象：主体　按：一次　方式：补助　兑现：免申即享　事项发生日：判定日　取值：自报优先

        ### 参数
        | 名称 | 值 | 自 | 依据 |
        |---|---|---|---|
        | 每人 | 100元/人 | | |

        ### 金额
        `主体.从业人员 * 每人`
        """;

    private const string Both = """
        {"主体": {"从业人员": [
          {"值": 120, "来源": "自报", "时间": "2026-03-01"},
          {"值": 100, "来源": "统计报表", "时间": "2025-12-31"}]}}
        """;

    [Theory]
    [InlineData(Both, "10000.00", "12000.00")]
    [InlineData("""{"主体": {"从业人员": {"值": 120, "来源": "自报"}}}""", "12000.00", "12000.00")]
    [InlineData("""{"主体": {"从业人员": 90}}""", "9000.00", "9000.00")]
    public void The_item_says_which_value_counts(string json, string byRegister, string declared)
    {
        var items = Decide(json);

        Assert.Equal(byRegister, DecisionJson.Money(items[0].Amount));
        Assert.Equal(declared, DecisionJson.Money(items[1].Amount));
    }

    [Fact]
    public void A_wrong_value_is_reported_whichever_source_counts()
    {
        var loaded = Load();
        var (facts, findings) = new FactsReader(loaded.Program!.Dictionary, loaded.Tables)
            .Read(Encoding.UTF8.GetBytes(Both.Replace("120", "\"许多\"", StringComparison.Ordinal)), "facts.json");

        Assert.Null(facts);
        var finding = Assert.Single(findings);
        Assert.StartsWith("$.主体.从业人员[0].值：", finding.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ItemResult> Decide(string json)
    {
        var loaded = Load();
        var (facts, findings) = new FactsReader(loaded.Program!.Dictionary, loaded.Tables)
            .Read(Encoding.UTF8.GetBytes(json), "facts.json");
        Assert.Empty(findings);
        return new Decider(loaded.Program, new DateOnly(2026, 6, 30)).Decide(facts!);
    }

    private static LoadResult Load()
    {
        var files = new Dictionary<string, byte[]>(PolicyLoader.ReadFiles(Repository.Root))
        {
            ["policies/two-sources/policy.md"] = Encoding.UTF8.GetBytes(Policy),
            ["policies/two-sources/01.md"] = Encoding.UTF8.GetBytes(Measure),
        };
        return PolicyLoader.Load(files, ["two-sources"], [], new Dictionary<string, string>());
    }
}
