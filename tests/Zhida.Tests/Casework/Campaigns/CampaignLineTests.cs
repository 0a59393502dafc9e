using Xunit;
using Zhida.Casework.Campaigns;
using Zhida.Casework.Cases;
using Zhida.Casework.Registers;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Campaigns;

/// <summary>What the program can't settle waits for people.</summary>
public sealed class CampaignLineTests(TestDatabases databases, CampaignPopulation population)
    : IClassFixture<CampaignPopulation>
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabases.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_register_that_is_down_excludes_nobody_and_is_asked_again(DatabaseKind kind)
    {
        await using var scene = new CampaignScene(databases, kind, population);
        File.Delete(scene.Credit);
        var campaign = await scene.CreatedAsync(population.Folder);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Checking);
        var lines = await scene.Desk().LinesAsync(campaign.Id, CampaignLineState.Pending);
        Assert.Equal(population.Awards.Count, lines.Count);
        Assert.All(lines, l => Assert.Contains("信用登记没有答复", l.Reason));
        Assert.Equal("reason", (await scene.Desk().JudgeAsync(CampaignScene.Maker, campaign.Id, lines[0].Id,
            LineJudgement.Exclude, "")).Problems.Single().Code);
        Assert.Empty((await scene.Desk().JudgeAsync(CampaignScene.Maker, campaign.Id, lines[0].Id,
            LineJudgement.Exclude, "法院通报")).Problems);
        scene.Known([]);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Signing);
        Assert.Equal("甲：法院通报", Assert.Single(
            await scene.Desk().LinesAsync(campaign.Id, CampaignLineState.Excluded)).Reason);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Two_people_sign_the_list_that_they_have_seen(DatabaseKind kind)
    {
        await using var scene = new CampaignScene(databases, kind, population);
        var outsider = CampaignScene.Maker with { Office = "省财政厅" };
        var request = new CampaignRequest(
            Guid.CreateVersion7(), "12.2", population.Folder, CampaignPopulation.On, 5, 30);
        Assert.Equal("forbidden", (await scene.Desk().CreateAsync(outsider, request)).Problems.Single().Code);
        var campaign = await scene.CreatedAsync(population.Folder);
        var code = async (Person by, string hash) =>
            (await scene.Desk().SignAsync(by, campaign.Id, hash)).Problems.SingleOrDefault()?.Code;
        Assert.Equal("phase", await code(CampaignScene.Maker, ""));
        await scene.AdvancedAsync(campaign.Id, CampaignState.Signing);
        var hash = (await scene.Desk().ShowAsync(campaign.Id))!.Campaign.ListHash!;
        Assert.Equal("forbidden", await code(outsider, hash));
        Assert.Equal("conflict", await code(CampaignScene.Maker, "别的"));
        Assert.Equal("forbidden", await code(
            CampaignScene.Maker with { Subjects = [population.Awards[0].Code] }, hash));
        Assert.Null(await code(CampaignScene.Maker, hash));
        Assert.Equal("forbidden", await code(CampaignScene.Maker, hash));
        await scene.AdvancedAsync(campaign.Id, CampaignState.Signing);
        Assert.Empty(await scene.Desk().CasesAsync(campaign.Id, CasePhase.Publicising));
        Assert.Null(await code(CampaignScene.Second, hash));
        Assert.Equal("phase", (await scene.Desk().StopAsync(CampaignScene.Maker, campaign.Id, "改期"))
            .Problems.Single().Code);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_line_without_money_waits_for_a_budget_and_holds_nobody_elses(DatabaseKind kind)
    {
        await using var scene = new CampaignScene(databases, kind, population);
        var sum = population.Awards.Sum(a => a.Fen);
        await scene.BudgetAsync(sum - 1);
        var campaign = await scene.CreatedAsync(population.Folder);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Signing);
        await scene.SignedAsync(campaign.Id);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Approving);
        var stuck = Assert.Single(await scene.Desk().LinesAsync(campaign.Id, CampaignLineState.Stuck));
        Assert.Contains("不够", stuck.Reason);
        Assert.Equal(sum - stuck.Amount, (await scene.BudgetOfAsync()).DebitsPending);
        await scene.BudgetAsync(1);
        Assert.Empty((await scene.Desk().JudgeAsync(CampaignScene.Maker, campaign.Id, stuck.Id, LineJudgement.Pass,
            "已追加预算")).Problems);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Publicising);
        Assert.Equal(sum, (await scene.BudgetOfAsync()).DebitsPending);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Where_the_ledger_gives_another_amount_an_official_must_agree_to_it(DatabaseKind kind)
    {
        await using var scene = new CampaignScene(databases, kind, population);
        await scene.BudgetAsync(1_000_000_000, CampaignPopulation.Standards);
        var line = population.StandardLines.First(l => l.Fen == 20_000_000);
        // Somebody else led the same standard, as a national one, and drew 2万元 on it.
        const string firm = "91210113XXXX000511";
        var facts = $$"""
            {"主体": {"注册地": "210113", "沈抚示范区企业": false, "主体类型": "企业"}, "标准": [{"编号": "{{line.Object}}", "层级": "国家标准",
              "首版编号": "{{line.Object}}", "发布日": "2026-05-01", "主导": true}]}
            """;
        var draft = (await scene.Cases.OpenAsync(CampaignScene.Owner(firm), "12.1", firm, "示范", line.Object, "一次",
            facts)).Value!;
        var filed = await scene.Cases.MoveAsync(new MoveRequest(Guid.CreateVersion7(), draft.Id, draft.Version,
            Move.File, CampaignScene.Owner(firm)) { Materials = """{"标准发布公告": ["a"]}""" });
        Assert.Empty(filed.Problems);
        Assert.Empty((await scene.MoveAsync(draft.Id, Move.Approve, CampaignScene.Auditor)).Problems);

        var campaign = await scene.CreatedAsync(population.Folder, CampaignPopulation.Standards);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Signing);
        await scene.SignedAsync(campaign.Id);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Approving);
        var differing = Assert.Single(await scene.Desk().LinesAsync(campaign.Id, CampaignLineState.Differing));
        Assert.Equal((line.Key, 20_000_000, 18_000_000),
            (differing.SubjectKey, differing.Amount, differing.LedgerAmount));
        async Task<string?> Agree(long? amount) => (await scene.Desk().JudgeAsync(CampaignScene.Second, campaign.Id,
            differing.Id, LineJudgement.Pass, "同一标准别家已得", amount)).Problems.SingleOrDefault()?.Code;
        Assert.Equal("conflict", await Agree(20_000_000));
        Assert.Null(await Agree(18_000_000));
        await scene.AdvancedAsync(campaign.Id, CampaignState.Publicising);
        var others = population.StandardLines.Sum(l => l.Fen) - line.Fen;
        Assert.Equal(others + 2_000_000 + 18_000_000,
            (await scene.BudgetOfAsync(CampaignPopulation.Standards)).DebitsPending);
    }

    [Fact]
    public async Task Earlier_grants_that_the_ledger_does_not_have_are_not_paid_again()
    {
        await using var scene = new CampaignScene(databases, DatabaseKind.Sqlite, population);
        await scene.BudgetAsync(10_000_000_000);
        var campaign = await scene.CreatedAsync(
            population.Changed("earlier", new Dictionary<string, string>(), earlier: true));
        await scene.AdvancedAsync(campaign.Id, CampaignState.Signing);
        await scene.SignedAsync(campaign.Id);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Approving);
        var differing = await scene.Desk().LinesAsync(campaign.Id, CampaignLineState.Differing);
        Assert.NotEmpty(differing);
        foreach (var line in differing)
        {
            Assert.True(line.LedgerAmount > line.Amount);
            Assert.Equal("money", (await scene.Desk().JudgeAsync(CampaignScene.Second, campaign.Id, line.Id,
                LineJudgement.Pass, "同意", line.LedgerAmount)).Problems.Single().Code);
            Assert.Empty((await scene.Desk().JudgeAsync(CampaignScene.Second, campaign.Id, line.Id,
                LineJudgement.Exclude, "以前已得")).Problems);
        }
        await scene.AdvancedAsync(campaign.Id, CampaignState.Publicising);
        var approved = await scene.Desk().LinesAsync(campaign.Id, CampaignLineState.Approved);
        Assert.Equal(approved.Sum(l => l.Amount), (await scene.BudgetOfAsync()).DebitsPending);
    }
}
