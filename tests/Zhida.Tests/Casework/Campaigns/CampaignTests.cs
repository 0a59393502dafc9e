using Xunit;
using Zhida.Casework.Campaigns;
using Zhida.Casework.Cases;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Campaigns;

/// <summary>A campaign from the snapshot to the recall, held against a population run of its own.</summary>
public sealed class CampaignTests(TestDatabases databases, CampaignPopulation population)
    : IClassFixture<CampaignPopulation>
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabases.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Everybody_who_is_due_is_paid_once_and_nobody_else(DatabaseKind kind)
    {
        await using var scene = new CampaignScene(databases, kind, population);
        var due = population.Awards;
        Assert.True(due.Count >= 8);
        // Two subjects with one credit code, one on the list of 信用, one that has filed by itself.
        var (twins, dishonest, filed) = (due.Take(2).ToList(), due[2], due[3]);
        var source = population.Changed($"{kind}", new Dictionary<string, string> { [twins[1].Key] = twins[0].Code });
        scene.Known([dishonest.Code]);
        Assert.Empty((await scene.Cases.OpenAsync(CampaignScene.Owner(filed.Code), "12.2", filed.Code, filed.Name,
            filed.Object, "一次", "{}")).Problems);
        var expected = due.Skip(4).ToList();
        await scene.BudgetAsync(expected.Sum(d => d.Fen));

        var campaign = await scene.CreatedAsync(source);
        campaign = await scene.AdvancedAsync(campaign.Id, CampaignState.Signing);
        var lines = await scene.Desk().LinesAsync(campaign.Id);
        Assert.Equal(due.Select(d => (d.Key, d.Object, d.Fen)).Order(),
            lines.Select(l => (l.SubjectKey, l.Object, l.Amount)).Order());
        string ReasonOf(DueLine of) => lines.Single(l => l.SubjectKey == of.Key && l.Object == of.Object).Reason;
        Assert.All(twins, t => Assert.Contains("同一个统一社会信用代码", ReasonOf(t)));
        Assert.Contains("严重失信", ReasonOf(dishonest));
        Assert.Contains("已有办件", ReasonOf(filed));
        Assert.Equal(4, lines.Count(l => l.State == CampaignLineState.Excluded));

        await scene.SignedAsync(campaign.Id);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Publicising);
        var sum = expected.Sum(d => d.Fen);
        Assert.Equal((sum, 0), ((await scene.BudgetOfAsync()).DebitsPending, (await scene.BudgetOfAsync()).Available));
        Assert.Equal(expected.Count, await scene.PublishedAsync(campaign.Id));
        await scene.AdvancedAsync(campaign.Id, CampaignState.Consenting);

        // Money waits for a yes: one says no, one says nothing.
        var offers = await scene.Desk().CasesAsync(campaign.Id, CasePhase.Consenting);
        Assert.All(await Task.WhenAll(offers.Select(o => scene.MoveAsync(o, Move.Pay))),
            m => Assert.Equal("phase", m.Problems.Single().Code));
        Assert.Equal("account", (await scene.MoveAsync(offers[0], Move.Consent)).Problems.Single().Code);
        Assert.Equal("forbidden", (await scene.ConsentedAsync(
            offers[0], CampaignScene.Owner(dishonest.Code))).Problems.Single().Code);
        Assert.Empty((await scene.MoveAsync(offers[0], Move.Refuse)).Problems);
        Assert.Equal("phase", (await scene.MoveAsync(offers[1], Move.Lapse)).Problems.Single().Code);
        foreach (var offer in offers.Skip(2)) Assert.Empty((await scene.ConsentedAsync(offer)).Problems);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Consenting);
        // Wednesday 2026-07-08 and five working days: 2026-07-15 is the last.
        scene.Clock.Advance(TimeSpan.FromDays(7));
        await scene.AdvancedAsync(campaign.Id, CampaignState.Consenting);
        scene.Clock.Advance(TimeSpan.FromDays(1));
        await scene.AdvancedAsync(campaign.Id, CampaignState.Paying);
        Assert.Equal(CasePhase.Lapsed, (await scene.ReadAsync(offers[1])).Phase);
        var gone = (await scene.ReadAsync(offers[0])).Amount + (await scene.ReadAsync(offers[1])).Amount;
        Assert.Equal(gone, (await scene.BudgetOfAsync()).Available);

        var statement = await scene.PaidAsync(campaign.Id);
        Assert.Equal((expected.Count - 2, sum - gone!.Value), (statement.Count, statement.Sum(m => m.Amount)));
        Assert.Equal(statement.Count, statement.Select(m => m.CaseNumber).Distinct().Count());
        await scene.AdvancedAsync(campaign.Id, CampaignState.Sampling);
        Assert.Equal(sum - gone, (await scene.BudgetOfAsync()).DebitsPosted);
        await AuditedAsync(scene, campaign.Id);
        await AgainAsync(scene, population.Folder, paid: expected.Count - 3);
    }

    /// <summary>What was drawn is looked at by somebody else; what is wrong comes back.</summary>
    private static async Task AuditedAsync(CampaignScene scene, Guid campaign)
    {
        var before = (await scene.BudgetOfAsync()).Available;
        var samples = await scene.Audit.SamplesAsync(campaign);
        Assert.NotEmpty(samples);
        foreach (var sample in samples)
        {
            Assert.Equal("forbidden", (await scene.Audit.AssignAsync(
                CampaignScene.Head, sample.LineId, CampaignScene.Second)).Problems.Single().Code);
            Assert.Empty((await scene.Audit.AssignAsync(
                CampaignScene.Head, sample.LineId, CampaignScene.Auditor)).Problems);
            Assert.Equal("forbidden", (await scene.Audit.RecordAsync(
                CampaignScene.Maker, sample.LineId, true, "看过")).Problems.Single().Code);
            Assert.Empty((await scene.Audit.RecordAsync(
                CampaignScene.Auditor, sample.LineId, sample != samples[0], "看过")).Problems);
        }
        await scene.AdvancedAsync(campaign, CampaignState.Sampling);
        Assert.Equal("forbidden", (await scene.Audit.RecallAsync(
            CampaignScene.Auditor, campaign, null, "虚假")).Single().Code);
        Assert.Empty(await scene.Audit.RecallAsync(CampaignScene.Head, campaign, null, "获评被撤销"));
        Assert.Empty(await scene.Audit.RecallAsync(CampaignScene.Head, campaign, null, "获评被撤销"));
        await scene.AdvancedAsync(campaign, CampaignState.Completed);
        Assert.Equal(1, await scene.AllAsync(campaign, CasePhase.Recalling, Move.Refund));
        var back = (await scene.ReadAsync(samples[0].CaseId)).Amount;
        // What came back can be spent again.
        Assert.Equal(before + back, (await scene.BudgetOfAsync()).Available);
    }

    /// <summary>Another campaign over the same population finds all that was paid to be paid.</summary>
    private static async Task AgainAsync(CampaignScene scene, string source, int paid)
    {
        var again = await scene.CreatedAsync(source);
        await scene.AdvancedAsync(again.Id, CampaignState.Signing);
        var lines = await scene.Desk().LinesAsync(again.Id, CampaignLineState.Excluded);
        Assert.Equal(paid, lines.Count(l => l.Reason.Contains("完结")));
    }
}
