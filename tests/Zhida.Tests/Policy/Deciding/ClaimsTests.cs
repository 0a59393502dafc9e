using System.Text.Json;
using Xunit;
using Zhida.Policy.Deciding;
using Zhida.Policy.Desk;
using Zhida.Policy.Facts;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>A case: one claimed line of 4.1, whose caps are a project's and an enterprise's year, with balances.
/// </summary>
public sealed class ClaimsTests
{
    private const string Project = "liaoning-2026:4.1/项目·年度/电驱线/2026";
    private const string Enterprise = "liaoning-2026:4.1/主体·年度/示范低空/2026";

    private static readonly DateOnly On = new(2026, 6, 30);
    private static readonly LineClaim Third = new("4.1", "贷三", "2026");
    private static readonly Lazy<DecisionMaker> Maker =
        new(() => CaseBook.Open(TestTree.Whole(), "liaoning-2026", "liaoning-2026-demo"));

    private static readonly Lazy<JsonElement> Sample =
        new(() => CaseBook.Json(File.ReadAllText(Repository.PathOf("samples/low-altitude.json"))));

    private static Decision Decide(byte[] json)
    {
        var (facts, findings) = Maker.Value.ReadFacts(json, "facts");
        Assert.Empty(findings);
        return Maker.Value.Decide(facts!, On);
    }

    private static Line LineOf(LineClaim claim, params Balance[] balances) =>
        Assert.Single(Assert.Single(Decide(CaseFacts.With(Sample.Value, claim, balances)).Items).Lines);

    [Fact]
    public void Only_the_claimed_line_is_alive()
    {
        // Together with the two loans before it, it gets what they leave of 120万元: 20万元. Alone 4000万×1.5%×214÷365.
        var line = LineOf(Third);
        Assert.Equal(("贷三", "2026", "4.1"), (line.Object.Id, line.Period, line.Item.Number));
        Assert.Equal(351_780.82m, line.Amount);
        Assert.Equal(AmountState.Fixed, line.AmountState);
    }

    [Fact]
    public void It_lists_its_caps_also_where_none_bites()
    {
        var line = LineOf(Third);
        Assert.Equal([Project, Enterprise], line.Caps.Select(c => c.Account));
        Assert.Equal([1_000_000m, 5_000_000m], line.Caps.Select(c => c.Limit));
        // 380万元 is an earlier grant of the facts.
        Assert.Equal([0m, 3_800_000m], line.Caps.Select(c => c.Used));
        Assert.Equal([1_000_000m, 1_200_000m], line.Caps.Select(c => c.Left));
        Assert.DoesNotContain(line.Caps, c => c.Bites);
    }

    [Theory]
    [InlineData(0, 0, 351_780.82)]
    [InlineData(950_000, 4_800_000, 50_000)]
    [InlineData(700_000, 4_800_000.01, 199_999.99)]
    [InlineData(0, 5_000_000, 0)]
    [InlineData(1_000_000.01, 0, 0)]
    public void Balances_alone_say_what_is_left(decimal ofProject, decimal ofEnterprise, decimal amount)
    {
        var line = LineOf(Third, new Balance(Project, ofProject), new Balance(Enterprise, ofEnterprise));
        Assert.Equal(amount, line.Amount);
        Assert.Equal([ofProject, ofEnterprise], line.Caps.Select(c => c.Used));
    }

    [Fact]
    public void An_account_that_is_not_listed_keeps_the_earlier_grants()
    {
        var line = LineOf(Third, new Balance(Project, 900_000));
        Assert.Equal([900_000m, 3_800_000m], line.Caps.Select(c => c.Used));
        Assert.Equal(100_000, line.Amount);
    }

    [Fact]
    public void Without_a_claim_balances_count_too_and_lines_draw_on_top()
    {
        var json = JsonSerializer.SerializeToNode(Sample.Value)!;
        json["账户"] = JsonSerializer.SerializeToNode(new[] { new { 账户 = Enterprise, 已用 = "400万元" } });
        var item = Decide(JsonSerializer.SerializeToUtf8Bytes(json)).Items.Single(i => i.Item.Number == "4.1");
        // 100万元 are left for the three loans of 2026.
        Assert.Equal(1_000_000, item.Lines.Where(l => l.Period == "2026").Sum(l => l.Amount));
    }

    [Fact]
    public void Two_claims_in_one_document_draw_in_order()
    {
        var json = JsonSerializer.SerializeToNode(Sample.Value)!;
        json["申报"] = JsonSerializer.SerializeToNode(new[]
        {
            new { 事项 = "4.1", 对象 = "贷三", 期 = "2026" }, new { 事项 = "liaoning-2026:4.1", 对象 = "贷一", 期 = "2026" },
        });
        var lines = Assert.Single(Decide(JsonSerializer.SerializeToUtf8Bytes(json)).Items).Lines;
        // 120万元 are left: 贷一 was filed first.
        Assert.Equal([("贷一", 877_808.22m), ("贷三", 322_191.78m)], lines.Select(l => (l.Object.Id, l.Amount!.Value)));
    }

    [Theory]
    [InlineData("贷九", "2026")]
    [InlineData("贷一", "2031")]
    public void A_claim_of_no_line_leaves_the_item_empty(string about, string period)
    {
        var item = Assert.Single(Decide(CaseFacts.With(Sample.Value, new LineClaim("4.1", about, period), [])).Items);
        Assert.Empty(item.Lines);
        Assert.Equal((Outcome.NotDue, false), (item.Outcome, item.NoObject));
    }

    [Fact]
    public void A_reading_that_cuts_other_periods_has_no_such_line()
    {
        var reading = Assert.Single(LineOf(Third).Readings, r => r.Reading.Question == "年度");
        var other = Assert.Single(reading.Alternatives, a => a.Option == "印发起12个月");
        Assert.Null(other.Outcome);
        Assert.Null(other.Amount);
    }

    [Fact]
    public void An_item_of_an_exclusion_group_does_not_give_way_to_one_that_is_not_claimed()
    {
        // 投资 1000万×5%=50万, 贷款 3000万×2%=60万: together 1.2 is taken.
        var subject = CaseBook.Json("""
            {"主体": {"编号": "甲"},
             "项目": [{"编号": "P", "立项日": "2026-03-01", "设备投资额": "1000万元", "设备更新": false}],
             "贷款": [{"编号": "贷一", "项目": "P", "本金": "3000万元"}]}
            """);
        var maker = CaseBook.Open(TestTree.Accept("best-alternative").Files, "best-alternative");
        var (together, _) = maker.ReadFacts(JsonSerializer.SerializeToUtf8Bytes(subject), "facts");
        Assert.Equal(0, maker.Decide(together!, On).Items[0].Lines[0].Amount);
        var (alone, _) = maker.ReadFacts(CaseFacts.With(subject, new LineClaim("1.1", "P", "一次"), []), "facts");
        var line = Assert.Single(Assert.Single(maker.Decide(alone!, On).Items).Lines);
        Assert.Equal((500_000m, (string?)null), (line.Amount!.Value, line.GivenUp));
    }

    [Fact]
    public void It_can_be_verified()
    {
        using var folder = new TemporaryFolder();
        Maker.Value.Bundle.Save(folder.Path);
        var stored = DecisionJson.Write(Decide(CaseFacts.With(Sample.Value, Third,
            [new Balance(Project, 950_000), new Balance(Enterprise, 4_800_000)])));
        Assert.True(Verifier.Verify(stored, folder.Path).Same);

        var text = System.Text.Encoding.UTF8.GetString(stored);
        Assert.Contains("\"已用\": 950000", text, StringComparison.Ordinal);
        var changed = text.Replace("\"已用\": 950000", "\"已用\": 940000", StringComparison.Ordinal);
        var verified = Verifier.Verify(System.Text.Encoding.UTF8.GetBytes(changed), folder.Path);
        Assert.Null(verified.Problem);
        Assert.NotNull(verified.Difference);
    }
}
