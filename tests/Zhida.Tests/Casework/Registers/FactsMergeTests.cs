using System.Text.Json.Nodes;
using Xunit;
using Zhida.Casework.Registers;
using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using static Zhida.Tests.Casework.Registers.MergeFixture;

namespace Zhida.Tests.Casework.Registers;

public sealed class FactsMergeTests
{
    private const string Draft = """{"主体": {"营业收入": "4.1亿元", "从业人员": 38, "严重失信": false}}""";

    [Fact]
    public void Both_values_stand_side_by_side_with_source_and_time()
    {
        var merged = Merge.File(Draft, Found("税务", """{"主体": {"营业收入": "40850万元", "资产总额": 1}}"""));

        Same("""
            {"主体": {
              "营业收入": [
                {"值": "40850万元", "来源": "年度财务报表", "时间": "2026-06-01"},
                {"值": "4.1亿元", "来源": "自报", "时间": "2026-07-01T09:30:00+08:00"}],
              "从业人员": {"值": 38, "来源": "自报", "时间": "2026-07-01T09:30:00+08:00"},
              "严重失信": {"值": false, "来源": "自报", "时间": "2026-07-01T09:30:00+08:00"},
              "资产总额": {"值": 1, "来源": "年度财务报表", "时间": "2026-06-01"}}}
            """, merged.Facts);
        var difference = Assert.Single(merged.Differences);
        Assert.Equal(("主体.营业收入", "税务", "2026-06-01"), (difference.Path, difference.Register, difference.Time));
        Same("\"4.1亿元\"", difference.Declared);
        Same("\"40850万元\"", difference.Registered);
        Assert.Equal(["主体.营业收入", "主体.资产总额"], merged.Changes.Select(c => c.Path).Order(StringComparer.Ordinal));
        Assert.Empty(merged.Awaiting);
    }

    [Fact]
    public void The_register_s_value_prevails_and_the_declared_one_can_be_asked_for()
    {
        var facts = Read(Merge.File(Draft, Found("税务", """{"主体": {"营业收入": "40850万元"}}""")));

        Assert.Equal(408_500_000m, Fact(facts, "营业收入").Number);
        Assert.Equal(410_000_000m, Fact(facts.Declared, "营业收入").Number); // 取值：自报优先
        Assert.Equal(new Provenance("年度财务报表", "2026-06-01"), facts.ProvenanceOf(facts.Subject, "营业收入"));
        Assert.Equal("自报", facts.ProvenanceOf(facts.Subject, "从业人员")!.Source);
    }

    [Theory]
    [InlineData("\"41000万元\"", "410000000")]
    [InlineData("410000000.0", "\"4.1亿元\"")]
    public void The_same_amount_otherwise_written_is_no_difference(string declared, string registered)
    {
        var merged = Merge.File($$"""{"主体": {"营业收入": {{declared}} } }""",
            Found("税务", $$"""{"主体": {"营业收入": {{registered}} } }"""));

        Assert.Empty(merged.Differences);
        Assert.Empty(merged.Changes);
        Assert.Equal(2, merged.Facts["主体"]!["营业收入"]!.AsArray().Count);
    }

    [Fact]
    public void A_register_that_is_down_leaves_its_facts_to_be_verified_and_blocks_nothing()
    {
        var merged = Merge.File(Draft, new RegisterDown("信用", "答复 503"), new RegisterNotFound("海关"));

        Assert.Equal([new Awaiting("信用", "主体.严重失信", "答复 503")], merged.Awaiting);
        Assert.Equal(["海关"], merged.Unknown);
        Assert.False(Fact(Read(merged), "严重失信").Equals(Value.True));
    }

    [Fact]
    public void A_late_answer_is_merged_and_what_it_changes_is_reported()
    {
        var merged = Merge.File(Draft, new RegisterDown("信用", "答复 503"), new RegisterDown("税务", "连接不上"));

        var late = Merge.Verify(Json(merged.Facts), merged.Awaiting,
            [Found("信用", """{"主体": {"严重失信": true}}"""), new RegisterDown("海关", "答复 500")]);

        var change = Assert.Single(late.Changes);
        Assert.Equal(("主体.严重失信", "信用"), (change.Path, change.Register));
        Same("false", change.Before);
        Same("true", change.After);
        Assert.Equal(["主体.严重失信"], late.Differences.Select(d => d.Path));
        Assert.Equal(["海关", "税务"], late.Awaiting.Select(a => a.Register).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Fact(Read(late), "严重失信").Equals(Value.True));
        // The same answer once more changes nothing; another replaces it.
        Assert.Empty(Merge.Verify(Json(late.Facts), late.Awaiting, [Found("信用", """{"主体": {"严重失信": true}}""")])
            .Changes);
        var mended = Merge.Verify(Json(late.Facts), late.Awaiting, [Found("信用", """{"主体": {"严重失信": false}}""")]);
        Assert.Equal(2, mended.Facts["主体"]!["严重失信"]!.AsArray().Count);
        Assert.Empty(mended.Differences);
        Assert.Single(mended.Changes);
    }

    [Fact]
    public void A_register_speaks_only_of_its_own_facts()
    {
        var merged = Merge.File(Draft, Found("税务", """{"主体": {"严重失信": true, "没有的": 1}, "没有的": []}"""));

        Assert.Empty(merged.Changes);
        Assert.Null(merged.Facts["主体"]!["没有的"]);
        Assert.Null(merged.Facts["没有的"]);
    }

    [Fact]
    public void A_wrong_value_of_a_register_does_not_spoil_the_case()
    {
        var merged = Merge.File(Draft, Found("税务", """{"主体": {"营业收入": "许多", "资产总额": "2亿元"}}"""));

        var awaiting = Assert.Single(merged.Awaiting);
        Assert.Equal(("税务", "主体.营业收入"), (awaiting.Register, awaiting.Path));
        Assert.StartsWith("登记答复的值不能用：应为数字", awaiting.Why);
        Assert.Equal(410_000_000m, Fact(Read(merged), "营业收入").Number);
        Assert.Equal(200_000_000m, Fact(Read(merged), "资产总额").Number);
    }

    [Fact]
    public void An_applicant_cannot_speak_as_a_register_but_may_name_a_paper()
    {
        var merged = Merge.File("""
            {"主体": {"严重失信": {"值": false, "来源": "信用信息共享平台", "时间": "2026-01-01", "人工核对": true}},
             "贷款": [{"编号": "贷一", "本金": {"值": 5, "来源": "借款合同"}}]}
            """);

        Same("""{"值": false, "来源": "自报", "时间": "2026-01-01"}""", merged.Facts["主体"]!["严重失信"]);
        Same("""{"值": 5, "来源": "借款合同", "时间": "2026-07-01T09:30:00+08:00"}""",
            merged.Facts["贷款"]![0]!["本金"]);
    }

    [Fact]
    public void Objects_and_years_are_matched_and_those_that_were_not_named_are_added()
    {
        const string draft = """
            {"主体": {}, "项目": [{"编号": "整机线"}],
             "贷款": [{"编号": "贷一", "本金": 100, "年度": {"2026": {"实付利息": 7}}}, {"本金": 50}]}
            """;
        var merged = WithBank.File(draft, Found("银行", """
            {"贷款": [{"编号": "贷一", "本金": 90, "年度": {"2026": {"实付利息": 6}, "2027": {"实付利息": 5}}},
                    {"编号": "贷三", "本金": 30, "项目": "整机线"}, {"编号": "贷四", "本金": 20, "项目": "没有的"}]}
            """));

        Assert.Equal(["贷款[贷一].本金", "贷款[贷一].年度.2026.实付利息"], merged.Differences.Select(d => d.Path));
        Assert.Equal(["贷款[贷一].年度.2026.实付利息", "贷款[贷一].年度.2027.实付利息", "贷款[贷一].本金", "贷款[贷三].本金",
            "贷款[贷四].本金"], merged.Changes.Select(c => c.Path).Order(StringComparer.Ordinal));
        Same("\"整机线\"", merged.Facts["贷款"]![2]!["项目"]);
        Assert.Null(merged.Facts["贷款"]![3]!["项目"]);
        var loans = Read(merged).Objects(Dictionary.Objects["贷款"])!;
        Assert.Equal(["贷一", "贷款2", "贷三", "贷四"], loans.Select(l => l.Id));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"主体": {"名称": "甲", "名称": "乙"}}""")]
    public void A_draft_of_another_form_is_a_finding(string draft)
    {
        var (merged, problem) = Merge.File(Json(draft), [], Filed);

        Assert.Null(merged);
        Assert.Equal("facts.shape", problem!.Code);
    }

    [Theory]
    [InlineData("""{"主体": [], "贷款": {}}""")]
    [InlineData("""{"主体": null, "贷款": null}""")]
    [InlineData("""{"主体": {"名称": [1, null], "年度": 3}, "贷款": [1, {"年度": {"2026": 5}, "本金": {"源": 1}}]}""")]
    public void What_is_wrong_within_a_draft_is_left_for_reading_the_facts(string draft)
    {
        var merged = WithBank.File(draft, Found("银行", """{"贷款": [{"编号": "贷一", "本金": 1}]}"""),
            Found("登记", """{"主体": {"名称": "甲"}}"""));

        Assert.NotNull(merged.Facts);
    }

    private static Value Fact(SubjectFacts facts, string name) =>
        facts.Subject[Dictionary.Subject.Facts.Single(f => f.Name == name).Slot];

    private static void Same(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());
}
