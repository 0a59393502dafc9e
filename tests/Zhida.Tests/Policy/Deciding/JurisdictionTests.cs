using Xunit;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>A city's layer is for whom the city administers (conformance/accept/city-layer).</summary>
public sealed class JurisdictionTests
{
    private const string Layer = "city-layer-dalian";

    private static readonly AcceptCase Case = new("city-layer", Layer);

    private static string Facts(string subject) => $$"""
        {"主体": {{{subject}}},
         "项目": [{"编号": "P", "立项日": "2026-03-01", "设备更新": true, "设备投资额": "500万元", "所在地": "210202"}]}
        """;

    [Fact]
    public void It_applies_to_those_whom_the_city_administers()
    {
        var decision = Case.Decide(Facts("\"注册地\": \"210202\""));
        Assert.Equal([Layer], decision.Layers);
        Assert.Empty(decision.LayerNotes);
        Assert.Equal(500_000, decision.Items[0].Amount);
    }

    [Theory]
    [InlineData("\"注册地\": \"210102\", \"沈抚示范区企业\": false", "由210102管辖")]
    [InlineData("\"注册地\": \"210112\", \"沈抚示范区企业\": true", "由LN-SFXQ管辖")]
    [InlineData("", "不知道主体由哪里管辖")]
    public void Without_that_the_decision_is_made_without_it_and_says_so(string subject, string why)
    {
        var decision = Case.Decide(Facts(subject));
        Assert.Empty(decision.Layers);
        Assert.Contains(why, Assert.Single(decision.LayerNotes), StringComparison.Ordinal);
        Assert.Null(decision.Items[0].Amount);
        Assert.Equal(1_000_000, decision.Items[0].Bound);
        Assert.NotEqual(Case.Decide(Facts("\"注册地\": \"210202\"")).Bundle, decision.Bundle);
    }
}
