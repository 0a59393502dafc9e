using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Cases;

/// <summary>Quotas that banks draw (17.1: 渔安贷, 10 亿元), whole and divided.</summary>
public sealed class QuotaTests(TestDatabases databases)
{
    private const string Item = "liaoning-2026:17.1";
    private const string Bank = "91210200XXXX000171", Other = "91210200XXXX000172";
    private const long Yi = 10_000_000_000;

    private static readonly Person Officer =
        new("pb1", "人行经办", Role.Clerk) { Office = "人民银行辽宁省分行", Place = "21" };

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_quota_is_drawn_to_its_last_fen_and_no_further(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var first = await DrawAsync(scene, Bank, "甲", "7亿元");
        Assert.Equal(7 * Yi, first.Value!.Amount);
        Assert.Equal(3 * Yi, (await DrawAsync(scene, Other, "乙", "7亿元")).Value!.Amount);
        Assert.Contains("上限已经用完", Assert.Single((await DrawAsync(scene, Bank, "丙", "1元")).Problems).Message);
        Assert.Contains("两个审批环节",
            (await scene.MoveAsync(first.Value, Move.Issue, Officer)).Problems[0].Message);
        var done = await scene.GoAsync(first.Value, (Move.Issue, Officer with { Id = "pb2" }));
        Assert.Equal(CasePhase.Completed, done.Phase);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_divided_quota_is_drawn_by_its_holders_each_within_its_part(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await DivideAsync(scene, null, 10 * Yi);
        Assert.Null(await DivideAsync(scene, Bank, 6 * Yi));
        Assert.Contains("只余400,000,000.00元", await DivideAsync(scene, Other, 5 * Yi));
        Assert.Contains("没有分到", Assert.Single((await DrawAsync(scene, Other, "乙", "1亿元")).Problems).Message);
        Assert.Null(await DivideAsync(scene, Other, 4 * Yi));
        Assert.Equal(6 * Yi, (await DrawAsync(scene, Bank, "甲", "6亿元")).Value!.Amount);
        Assert.Contains("不够1.00元", Assert.Single((await DrawAsync(scene, Bank, "丙", "1元")).Problems).Message);
        Assert.Equal(4 * Yi, (await DrawAsync(scene, Other, "丁", "4亿元")).Value!.Amount);
        // What is drawn can't be taken from its holder.
        Assert.Contains("只余0.00元", await DivideAsync(scene, Bank, -1));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Banks_that_race_for_the_last_of_a_quota_get_it_once(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var drawn = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
            await DrawAsync(scene, i % 2 == 0 ? Bank : Other, $"笔{i}", "1.5亿元"))));
        Assert.Equal(10 * Yi, drawn.Where(d => d.Succeeded).Sum(d => d.Value!.Amount));
        Assert.Equal(7, drawn.Count(d => d.Succeeded));
    }

    /// <summary>Null where it was done, or why not.</summary>
    private static async Task<string?> DivideAsync(CaseScene scene, string? holder, long fen)
    {
        var id = Guid.CreateVersion7();
        var made = await scene.Database.WriteAsync(work => holder is null
            ? Budgets.GrantQuotaAsync(work, id, Item, fen) : Budgets.DivideQuotaAsync(work, id, Item, holder, fen));
        return made.Problems.Count == 0 ? null : made.Problems[0].Message;
    }

    private static async Task<Result<Case>> DrawAsync(CaseScene scene, string bank, string loan, string amount)
    {
        var by = new Person("b" + bank, "银行经办", Role.Applicant) { Subjects = [bank] };
        var facts = $$"""
            {"主体": {"名称": "示范银行", "主体类型": "金融机构", "注册地": "210200", "沈抚示范区企业": false, "严重失信": false},
             "再贷款": [{"编号": "{{loan}}", "专项": "渔安贷", "地方法人金融机构": true, "投向": "重点领域",
               "申请金额": "{{amount}}", "已归还金额": "0元", "支用日": "2026-03-01", "借款人行业": "0421"}]}
            """;
        var draft = (await scene.Desk.OpenAsync(by, Item, bank, "示范银行", loan, "一次", facts)).Value!;
        var filed = await scene.MoveAsync(draft, Move.File, by,
            materials: """{"再贷款申请书": ["a"], "金融许可证": ["b"], "贷款台账": ["c"]}""");
        Assert.Empty(filed.Problems);
        return await scene.MoveAsync(filed.Value!, Move.Approve, Officer);
    }
}
