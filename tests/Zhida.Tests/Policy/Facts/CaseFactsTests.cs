using System.Text;
using Xunit;
using Zhida.Policy.Facts;
using Zhida.Tests.Policy.Deciding;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Policy.Facts;

/// <summary>What a case adds to the facts, as it is written and read.</summary>
public sealed class CaseFactsTests
{
    private const string Account = "nested-caps:1.1/主体·年度/甲/2026";

    private static readonly Lazy<Zhida.Policy.Desk.DecisionMaker> Maker =
        new(() => CaseBook.Open(TestTree.Accept("nested-caps").Files, "nested-caps"));

    private static (SubjectFacts? Facts, IReadOnlyList<Zhida.Policy.Finding> Findings) Read(string members) =>
        Maker.Value.ReadFacts(Encoding.UTF8.GetBytes($$"""{"主体": {"编号": "甲"}, {{members}}}"""), "facts.json");

    [Theory]
    [InlineData("\"申报\": {}", "facts.claim", "$.申报：应是列表")]
    [InlineData("\"申报\": []", "facts.claim", "$.申报：没有写申报哪一行")]
    [InlineData("""
        "申报": ["4.1"]
        """, "facts.claim", "$.申报[0]：申报的一行要有")]
    [InlineData("""
        "申报": [{"事项": "1.1", "对象": "贷一"}]
        """, "facts.claim", "$.申报[0]：申报的一行要有")]
    [InlineData("""
        "申报": [{"事项": "1.1", "对象": "贷一", "期": 2026}]
        """, "facts.claim", "$.申报[0]：申报的一行要有")]
    [InlineData("""
        "申报": [{"事项": "1.1", "对象": "", "期": "2026"}]
        """, "facts.claim", "$.申报[0]：申报的一行要有")]
    [InlineData("""
        "申报": [{"事项": "1.1", "对象": "贷一", "期": "2026", "金额": "1元"}]
        """, "facts.claim", "$.申报[0]：申报的一行要有")]
    [InlineData("""
        "申报": [{"事项": "1.1", "对象": "甲", "期": "2026"}, {"事项": "1.1", "对象": "甲", "期": "2026"}]
        """, "facts.claim", "$.申报[1]：这一行写了两次")]
    [InlineData("""
        "申报": [{"事项": "9.9", "对象": "贷一", "期": "2026"}]
        """, "facts.claim", "$.申报[0].事项：没有事项“9.9”")]
    [InlineData("""
        "贷款": [{}], "申报": [{"事项": "1.1", "对象": "贷款1", "期": "2026"}]
        """, "facts.claim", "$.贷款[0]：申报的事实里每个对象都要有自己的编号")]
    [InlineData("""
        "申报": null, "申报": null
        """, "facts.claim", "$.申报：“申报”写了两次")]
    [InlineData("\"账户\": \"甲\"", "facts.account", "$.账户：应是列表")]
    [InlineData("""
        "账户": [{"账户": "nested-caps:1.1/主体·年度/甲/2026"}]
        """, "facts.account", "$.账户[0]：账户要有")]
    [InlineData("""
        "账户": [{"账户": "nested-caps:1.1/主体·年度/甲/2026", "已用": "-1元"}]
        """, "facts.account", "$.账户[0]：账户要有")]
    [InlineData("""
        "账户": [{"账户": "nested-caps:1.1/主体·年度/甲/2026", "已用": "3人"}]
        """, "facts.account", "$.账户[0]：账户要有")]
    [InlineData("""
        "账户": [{"账户": "nested-caps:1.1/主体·年度/甲/2026", "已用": 0.001}]
        """, "facts.account", "$.账户[0]：已用应是整分的元")]
    [InlineData("""
        "账户": [{"账户": "nested-caps:1.1/主体·年度/甲/2026", "已用": 10000000000000.01}]
        """, "facts.account", "$.账户[0]：已用应是整分的元")]
    [InlineData("""
        "账户": [{"账户": "nested-caps:1.1/主体·年度/甲/2026", "已用": "3项"}]
        """, "facts.account", "$.账户[0].已用：这个上限以元计")]
    [InlineData("""
        "账户": [{"账户": "nested-caps:1.1/主体·年度/甲/2026", "已用": 1},
                 {"账户": "nested-caps:1.1/主体·年度/甲/2026", "已用": 2}]
        """, "facts.account", "$.账户[1]：账户“nested-caps:1.1/主体·年度/甲/2026”写了两次")]
    [InlineData("""
        "账户": [{"账户": "nested-caps:1.1/主体年度/甲/2026", "已用": 1}]
        """, "facts.account", "$.账户[0].账户：没有上限用到账户")]
    public void What_is_wrong_is_told_with_its_path(string members, string code, string begins)
    {
        var (facts, findings) = Read(members.Trim());
        Assert.Null(facts);
        var finding = Assert.Single(findings);
        Assert.Equal(code, finding.Code);
        Assert.StartsWith(begins, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subject_without_a_number_has_no_accounts_of_its_own()
    {
        var (_, findings) = Maker.Value.ReadFacts(Encoding.UTF8.GetBytes(
            """{"申报": [{"事项": "1.1", "对象": "甲", "期": "2026"}]}"""), "facts.json");
        Assert.StartsWith("$.主体：", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_several_policies_have_must_be_written_in_full()
    {
        var tree = TestTree.Accept("side-by-side");
        var (maker, _) = Zhida.Policy.Desk.DecisionMaker.Open(
            tree.Files, [.. tree.Entries.Where(e => !e.IsLayer).Select(e => e.Id)], [],
            new Dictionary<string, string>());
        var (_, findings) = maker!.ReadFacts(Encoding.UTF8.GetBytes(
            """{"主体": {"编号": "甲"}, "申报": [{"事项": "1.1", "对象": "P", "期": "一次"}]}"""), "facts.json");
        Assert.Contains("city:1.1", Assert.Single(findings).Mend!, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_absent()
    {
        var (facts, findings) = Read("\"申报\": null, \"账户\": null");
        Assert.Empty(findings);
        Assert.Null(facts!.Claims);
        Assert.Empty(facts.Balances);
    }

    [Fact]
    public void What_is_written_is_read_and_replaces_what_was_there()
    {
        var subject = CaseBook.Json("""{"主体": {"编号": "甲"}, "账户": [{"账户": "旧", "已用": 1}], "说明": "x"}""");
        var claim = new LineClaim("1.1", "贷一", "2026");
        var once = CaseBook.Json(
            Encoding.UTF8.GetString(CaseFacts.With(subject, claim, [new Balance(Account, 12.34m)])));
        var (facts, findings) = Maker.Value.ReadFacts(CaseFacts.With(once, claim, [new Balance(Account, 56m)]), "f");
        Assert.Empty(findings);
        Assert.Equal([claim], facts!.Claims);
        Assert.Equal([new Balance(Account, 56m)], facts.Balances);
        Assert.Equal("x", facts.Source.GetProperty("说明").GetString());
        var (without, _) = Maker.Value.ReadFacts(CaseFacts.With(once, claim, []), "f");
        Assert.False(without!.Source.TryGetProperty("账户", out _));
    }

    [Fact]
    public void A_cap_that_counts_lines_takes_a_number_of_them()
    {
        var maker = CaseBook.Open(TestTree.Accept("best-project").Files, "best-project");
        decimal? Amount(string used)
        {
            var (facts, findings) = maker.ReadFacts(Encoding.UTF8.GetBytes($$"""
                {"主体": {"编号": "甲"}, "项目": [{"编号": "P", "评审通过": true, "评审日": "2026-03-01", "总投资": "100万元"}],
                 "申报": [{"事项": "1.1", "对象": "P", "期": "2026"}],
                 "账户": [{"账户": "best-project:1.1/主体·年度/甲/2026", "已用": {{used}}}]}
                """), "facts");
            Assert.Empty(findings);
            return Assert.Single(Assert.Single(maker.Decide(facts!, new DateOnly(2026, 6, 30)).Items).Lines).Amount;
        }

        Assert.True(Amount("0") > 0);
        Assert.Equal(0, Amount("\"1项\""));
        Assert.Equal(0, Amount("1"));
    }
}
