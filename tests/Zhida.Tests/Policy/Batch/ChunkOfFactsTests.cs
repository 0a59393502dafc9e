using System.Text.Json.Nodes;
using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Policy.Batch;

/// <summary>What columns can't hold is said; the rest of a chunk is as its layout says.</summary>
public sealed class ChunkOfFactsTests
{
    private static readonly MadeUp Joint = new("joint.md");

    private static JsonObject Subject(params (string Name, JsonNode Value)[] facts)
    {
        var subject = new JsonObject { ["编号"] = "甲" };
        foreach (var (name, value) in facts) subject[name] = value;
        return new JsonObject { ["主体"] = subject };
    }

    [Fact]
    public void A_number_that_no_column_holds_is_named()
    {
        var facts = Joint.Facts(Subject(("营业收入", "0.001元")));
        var (chunk, problems) = new ChunkOfFacts(facts.Dictionary).Of([facts]);
        Assert.Null(chunk);
        Assert.Equal("主体.营业收入（甲）：0.001 放不进表：要少于18位，小数不超过2位", Assert.Single(problems));
    }

    [Fact]
    public void A_grant_below_a_fen_is_named()
    {
        var json = Subject();
        json["已得"] = new JsonArray(new JsonObject { ["事项"] = "1.1", ["金额"] = "0.005元" });
        var facts = Joint.Facts(json);
        var (chunk, problems) = new ChunkOfFacts(facts.Dictionary).Of([facts]);
        Assert.Null(chunk);
        Assert.Equal("甲 已得（1.1）：0.005 不是整分", Assert.Single(problems));
    }

    [Fact]
    public void What_nobody_told_of_is_a_virtual_row_and_an_empty_list_is_none()
    {
        var json = Subject(("营业收入", "12.5元"));
        json["贷款"] = new JsonArray();
        var facts = Joint.Facts(json);
        var (chunk, _) = new ChunkOfFacts(facts.Dictionary).Of([facts, facts], 7);
        Assert.Equal(7, chunk!.Number);
        var (loans, projects) = (TableOf("贷款"), TableOf("项目"));
        Assert.Equal(0, loans.Count);
        Assert.Equal((2, 2), (projects.Count, Bits.Count(projects.Virtual)));
        Assert.Equal([0, 1], projects.Subject);
        var income = chunk.Subjects.Facts.Single(f => f.Key.Name == "营业收入");
        Assert.Equal([1250, 1250], ((NumberColumn)income.Value).Values);

        ObjectTable TableOf(string name) => chunk.Tables[facts.Dictionary.Objects[name]];
    }

    [Theory]
    [InlineData("210106", null, "沈阳市")]
    [InlineData("210106", true, "沈抚改革创新示范区")]
    [InlineData("210203", true, "大连市")]
    [InlineData("110105", null, "省外")]
    [InlineData(null, true, "未知")]
    public void A_subject_is_counted_where_it_is_administered(string? place, bool? zone, string city)
    {
        var json = Subject();
        if (place is not null) json["主体"]!["注册地"] = place;
        if (zone is { } known) json["主体"]!["沈抚示范区企业"] = known;
        else if (place == "210106") json["主体"]!["沈抚示范区企业"] = false;
        var facts = Joint.Facts(json);
        var (chunk, _) = new ChunkOfFacts(facts.Dictionary).Of([facts]);
        var index = Assert.Single(new SubjectCities(Joint.Context).Of(chunk!));
        Assert.Contains(city, Joint.Context.Cities.Names[index], StringComparison.Ordinal);
    }
}
