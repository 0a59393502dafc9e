using System.Text.Json.Nodes;
using Xunit;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>Two policies decide together and share a cap (conformance/accept/side-by-side).</summary>
public sealed class SideBySideTests
{
    private static readonly AcceptCase Case = new("side-by-side");

    private static Dictionary<string, decimal?> Amounts(string grants) => Case.Items(JsonNode.Parse($$"""
        {"项目": [{"编号": "P", "立项日": "2026-03-01", "设备更新": true, "设备投资额": "500万元", "所在地": "210202"}],
         "已得": [{{grants}}]}
        """)!).ToDictionary(i => i.Item.Id, i => i.Amount);

    [Fact]
    public void What_one_gives_the_other_no_longer_has()
    {
        var amounts = Amounts("");
        // City: 500万×5%=25万; province: 500万×10%=50万, of 60万 together only 35万 are left.
        Assert.Equal(250_000, amounts["city:1.1"]);
        Assert.Equal(350_000, amounts["province:1.1"]);
    }

    [Theory]
    [InlineData("city:1.1")]
    [InlineData("province:1.1")]
    [InlineData("同一项目各级财政支持")]
    public void An_earlier_grant_of_either_counts_for_both(string item)
    {
        var amounts = Amounts($$"""{"事项": "{{item}}", "金额": "50万元"}""");
        Assert.Equal(100_000, amounts["city:1.1"]);
        Assert.Equal(0, amounts["province:1.1"]);
    }
}
