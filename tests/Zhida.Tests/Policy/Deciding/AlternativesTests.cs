using System.Text;
using Xunit;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>What another reading would change, where the item's money hangs on other items.</summary>
public sealed class AlternativesTests
{
    private static string Item(string number, string amount, string readings = "") => $"""

        ## {number} 支持
        对象：贷款　按：一次　方式：补助　兑现：快申快享　事项发生日：贷款.发放日
        {readings}
        ### 条件
        1. 用于设备更新：`贷款.用途 = "设备更新"`

        ### 金额
        `{amount}`

        ### 互斥
        - 一种
        """;

    private static Line LineOf(string principal)
    {
        const string reading = """

            ### 口径
            | 问题 | 读法 | 现行 | 确认 |
            |---|---|---|---|
            | 比例 | 高；低 | 低 | 待确认 |

            """;
        var measure = "---\n举措: 一\n名称: 支持\n---\n" +
            Item("1.1", "贷款.本金 * (if 口径.比例 = \"高\" then 3% else 1%)", reading) + "\n" + Item("1.2", "2万元") + "\n";
        var (maker, findings) = DecisionMaker.Open(
            TestTree.With(measure), ["case"], [], new Dictionary<string, string>());
        Assert.Empty(findings);
        var (facts, _) = maker!.ReadFacts(Encoding.UTF8.GetBytes(
            $$"""{"贷款": [{"用途": "设备更新", "发放日": "2026-03-01", "本金": "{{principal}}"}]}"""), "facts");
        return maker.Decide(facts!, new DateOnly(2026, 6, 30)).Items[0].Lines[0];
    }

    [Fact]
    public void A_reading_that_leaves_the_better_choice_as_it_is_changes_nothing()
    {
        // 1%: 5000, 3%: 15000; the other item's 20000 is better both times.
        var line = LineOf("50万元");
        Assert.Equal(0, line.Amount);
        Assert.NotNull(line.GivenUp);
        Assert.Empty(line.Readings);
    }

    [Fact]
    public void A_reading_that_makes_this_the_better_choice_says_so()
    {
        // 1%: 10000, less than 20000; 3%: 30000, more.
        var line = LineOf("100万元");
        Assert.Equal(0, line.Amount);
        Assert.Equal(30_000, Assert.Single(Assert.Single(line.Readings).Alternatives).Amount);
    }
}
