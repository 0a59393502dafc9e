using System.Text.Json;
using Xunit;
using Zhida.Casework.Campaigns;
using Zhida.Casework.Cases;
using Zhida.Casework.Notices;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework.Campaigns;
using Zhida.Tests.Casework.Cases;

namespace Zhida.Tests.Casework.Notices;

/// <summary>What people read of a case on its way, and that the way is proved.</summary>
public sealed class CaseNoticesTests(TestDatabases databases, CampaignPopulation population)
    : IClassFixture<CampaignPopulation>
{
    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Each_is_told_of_what_is_theirs(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync("liaoning-2026:4.1", 500_000_000);
        var file = await scene.FiledAsync();
        file = await scene.GoAsync(file, (Move.AskCorrection, CaseScene.CityClerk), (Move.Correct, CaseScene.Owner),
            (Move.Accept, CaseScene.CityClerk), (Move.Approve, CaseScene.Province),
            (Move.EndPublicity, Person.Program), (Move.Pay, Person.Program), (Move.Recall, CaseScene.ProvinceHead));
        Assert.Equal(CasePhase.Recalling, file.Phase);
        while (await new Dispatcher(scene.Database, []).DispatchAsync() > 0)
        {
        }
        Assert.Equal(
            ["已收到申报", "需要补正", "已收到补正", "已受理", "审核通过", "公示期满", "已拨付", "追回资金"],
            await TitlesAsync(scene, CaseScene.Owner));
        Assert.Equal(["新到办件", "已提交补正"], await TitlesAsync(scene, CaseScene.CityClerk));
        Assert.Empty(await TitlesAsync(scene, CaseScene.DalianClerk));
        Assert.NotEmpty(await TitlesAsync(scene, CaseScene.Province));
        var all = await scene.Database.ReadAsync(work => Inbox.PageAsync(work, CaseScene.Owner));
        Assert.Contains("办理时限停止计算", TextOf(all.Single(n => n.Topic == "case.askcorrection")));
        Assert.Contains("877,808.22元", TextOf(all.Single(n => n.Topic == "case.pay")));
        var office = await scene.Database.ReadAsync(work => Inbox.PageAsync(work, CaseScene.Province));
        Assert.DoesNotContain(office, n => TextOf(n).Contains("示范低空") || n.Body.Contains(CaseScene.Firm));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_refused_move_tells_nobody(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var file = await scene.FiledAsync();
        Assert.NotEmpty((await scene.MoveAsync(file, Move.Accept, CaseScene.DalianClerk)).Problems);
        while (await new Dispatcher(scene.Database, []).DispatchAsync() > 0)
        {
        }
        Assert.Equal(["已收到申报"], await TitlesAsync(scene, CaseScene.Owner));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_case_on_its_way_is_sealed_whole(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync("liaoning-2026:4.1", 500_000_000);
        await scene.GoAsync(await scene.FiledAsync(), (Move.Accept, CaseScene.CityClerk));
        await new Sealer(scene.Database).SealAllAsync();
        var report = await AuditVerifier.VerifyAsync(scene.Database);
        Assert.Empty(report.Faults);
        Assert.True(report.Seals >= 5, $"{report.Seals} seals");
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Whom_a_campaign_finds_is_told_to_say_yes(DatabaseKind kind)
    {
        await using var scene = new CampaignScene(databases, kind, population);
        await scene.BudgetAsync(population.Awards.Sum(d => d.Fen));
        var campaign = await scene.CreatedAsync(population.Folder);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Signing);
        await scene.SignedAsync(campaign.Id);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Publicising);
        await scene.PublishedAsync(campaign.Id);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Consenting);
        var offers = await scene.Desk().CasesAsync(campaign.Id, CasePhase.Consenting);
        Assert.Empty((await scene.MoveAsync(offers[0], Move.Refuse)).Problems);
        Assert.Empty((await scene.ConsentedAsync(offers[1])).Problems);
        while (await new Dispatcher(scene.Database, []).DispatchAsync() > 0)
        {
        }
        foreach (var (offer, last) in new[] { (offers[0], "已放弃领取"), (offers[1], "已确认领取") })
        {
            var file = await scene.ReadAsync(offer);
            var page = await scene.Database.ReadAsync(work =>
                Inbox.PageAsync(work, CampaignScene.Owner(file.Subject)));
            var own = page.Where(n => n.Subject.EndsWith($"：{file.Number}", StringComparison.Ordinal)).Reverse()
                .ToList();
            Assert.Equal(["case.approve", "case.endpublicity", last == "已放弃领取" ? "case.refuse" : "case.consent"],
                own.Select(n => n.Topic));
            Assert.StartsWith("请确认领取", own[1].Subject);
            Assert.Contains("5个工作日", TextOf(own[1]));
            Assert.StartsWith(last, own[2].Subject);
        }
    }

    private static async Task<List<string>> TitlesAsync(CaseScene scene, Person person) =>
        [.. (await scene.Database.ReadAsync(work => Inbox.PageAsync(work, person))).AsEnumerable().Reverse()
            .Select(n => n.Subject.Split('：')[0])];

    private static string TextOf(InboxNotice notice)
    {
        using var body = JsonDocument.Parse(notice.Body);
        return body.RootElement.GetProperty("text").GetString()!;
    }
}
