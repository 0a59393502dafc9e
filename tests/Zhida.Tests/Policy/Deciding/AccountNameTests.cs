using System.Text.Json.Nodes;
using Xunit;
using Zhida.Policy.Deciding;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Policy.Deciding;

/// <summary>The names of accounts: what joins subjects doesn't name them, all else does.</summary>
public sealed class AccountNameTests
{
    private static List<string?> Accounts(string policy, string json, string item = "1.1")
    {
        var maker = CaseBook.Open(TestTree.Accept(policy).Files, policy);
        var (facts, findings) = maker.ReadFacts(System.Text.Encoding.UTF8.GetBytes(json), "facts");
        Assert.Empty(findings);
        return [.. maker.Decide(facts!, new DateOnly(2026, 6, 30)).Items.Single(i => i.Item.Number == item)
            .Lines.SelectMany(l => l.Caps).Select(c => c.Account)];
    }

    private static string Loan(string subject, string loan) => new JsonObject
    {
        ["主体"] = new JsonObject { ["编号"] = subject },
        ["项目"] = new JsonArray(new JsonObject { ["编号"] = "线" }),
        ["贷款"] = new JsonArray(new JsonObject
        {
            ["编号"] = loan, ["项目"] = "线", ["本金"] = "100万元", ["发放日"] = "2026-03-01", ["用途"] = "项目",
        }),
    }.ToJsonString();

    [Fact]
    public void Own_things_are_named_by_their_subject_and_a_pool_is_not() => Assert.Equal(
        [
            "nested-caps:1.1/行·年度/甲/贷一/2026/2026", "nested-caps:1.1/项目·年度/甲/线/2026",
            "nested-caps:1.1/主体·年度/甲/2026", "nested-caps:1.1/事项·政策期/政策期",
        ], Accounts("nested-caps", Loan("甲", "贷一")));

    [Fact]
    public void Separators_are_escaped() => Assert.Equal(
        "nested-caps:1.1/行·年度/甲~1乙~0/贷~01/2026/2026", Accounts("nested-caps", Loan("甲/乙~", "贷~1"))[0]);

    [Fact]
    public void Names_tell_apart_what_text_alone_would_not() => Assert.NotEqual(
        Accounts("nested-caps", Loan("甲/乙", "丙"))[0], Accounts("nested-caps", Loan("甲", "乙/丙"))[0]);

    [Fact]
    public void A_shared_cap_goes_by_its_name_in_whatever_item()
    {
        const string facts = """
            {"主体": {"编号": "甲"},
             "贷款": [{"编号": "贷一", "本金": "100万元", "发放日": "2026-03-01"}],
             "担保": [{"编号": "保一", "担保起日": "2026-03-01"}]}
            """;
        const string shared = "共享/中小企业融资支持/甲/政策期";
        Assert.Contains(shared, Accounts("shared-caps", facts));
        Assert.Equal([shared], Accounts("shared-caps", facts, "1.2"));
    }

    [Fact]
    public void An_account_that_the_facts_do_not_tell_has_no_name()
    {
        var facts = JsonNode.Parse(Loan("甲", "贷一"))!;
        facts["贷款"]![0]!["项目"] = null;
        var accounts = Accounts("nested-caps", facts.ToJsonString());
        Assert.Null(accounts[1]);
        Assert.Equal(3, accounts.Count(a => a is not null));
    }

    [Fact]
    public void An_exclusive_place_is_a_claim_objects_whatever_the_item_and_period()
    {
        var maker = CaseBook.Open(TestTree.Accept("best-alternative").Files, "best-alternative");
        var items = maker.Program.Policies.SelectMany(p => p.Items).Where(i => i.ExclusionGroups.Count > 0).ToList();
        Assert.True(items.Count > 1);
        var record = new Zhida.Feel.Values.Record(items[0].Object.Record, "甲/乙");
        var places = items.Where(i => i.Object == items[0].Object)
            .Select(i => new Line { Item = i, Object = record, Period = i.Number })
            .SelectMany(l => l.Item.ExclusionGroups.Select(group => AccountName.OfPlace(group, l, "丙"))).ToList();
        Assert.Equal(places.Distinct().Count(), items.SelectMany(i => i.ExclusionGroups).Distinct().Count());
        Assert.All(places, p => Assert.EndsWith($"/丙/{items[0].Object.Name}/甲~1乙", p, StringComparison.Ordinal));
    }
}
