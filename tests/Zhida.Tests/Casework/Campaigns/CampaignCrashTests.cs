using Microsoft.EntityFrameworkCore;
using Xunit;
using Zhida.Casework.Campaigns;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Campaigns;

/// <summary>However often a campaign is cut off, and however many work at it, it comes to the same.</summary>
public sealed class CampaignCrashTests(TestDatabases databases, CampaignPopulation population)
    : IClassFixture<CampaignPopulation>
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabases.Kinds;

    private sealed class Crash : Exception;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Cut_off_after_every_transaction_it_ends_with_the_same_rows(DatabaseKind kind)
    {
        var whole = await RunAsync(kind, (scene, id) => scene.Desk().AdvanceAsync(id));
        var cuts = 0;
        var cut = await RunAsync(kind, async (scene, id) =>
        {
            while (true)
                try
                {
                    // A transaction a process: it dies as soon as it has committed.
                    return await scene.Desk().AdvanceAsync(id, _ => throw new Crash());
                }
                catch (Crash)
                {
                    cuts++;
                }
        });
        Assert.Equal(whole, cut);
        Assert.True(cuts > 4 * population.Awards.Count / 3, $"{cuts} cuts");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Cut_off_before_every_transaction_it_ends_with_the_same_rows(DatabaseKind kind)
    {
        var whole = await RunAsync(kind, (scene, id) => scene.Desk().AdvanceAsync(id));
        var cut = await RunAsync(kind, async (scene, id) =>
        {
            // The clock is read when a transaction begins: the n-th one of a process never does.
            for (var n = 1; ; n++)
                try
                {
                    scene.Clock.FailAt(n);
                    var result = await scene.Desk().AdvanceAsync(id);
                    scene.Clock.FailAt(0);
                    return result;
                }
                catch (InvalidTimeZoneException)
                {
                    scene.Clock.FailAt(0);
                }
        });
        Assert.Equal(whole, cut);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Several_processes_at_once_come_to_the_same(DatabaseKind kind)
    {
        var whole = await RunAsync(kind, (scene, id) => scene.Desk().AdvanceAsync(id));
        var together = await RunAsync(kind, async (scene, id) =>
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
                scene.Desk().AdvanceAsync(id))));
            Assert.All(all, r => Assert.True(r.Problems.All(p => p.Code == "conflict")));
            return await scene.Desk().AdvanceAsync(id);
        });
        Assert.Equal(whole, together);
    }

    [Fact]
    public async Task A_match_that_was_stopped_goes_on_and_gives_the_same_bytes()
    {
        await using var scene = new CampaignScene(databases, DatabaseKind.Sqlite, population);
        var (one, other) = (await scene.CreatedAsync(population.Folder), await scene.CreatedAsync(population.Folder));
        await scene.AdvancedAsync(one.Id, CampaignState.Signing);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Desk().AdvanceAsync(other.Id, c =>
        {
            if (c.State == CampaignState.Snapshotted) stop.Cancel();
        }, stop.Token));
        await scene.AdvancedAsync(other.Id, CampaignState.Signing);
        Assert.Equal((await scene.Desk().ShowAsync(one.Id))!.Campaign.ResultHash,
            (await scene.Desk().ShowAsync(other.Id))!.Campaign.ResultHash);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(scene.FilesOf(one.Id), "result.csv")),
            await File.ReadAllBytesAsync(Path.Combine(scene.FilesOf(other.Id), "result.csv")));
    }

    [Fact]
    public async Task What_is_frozen_does_not_follow_the_source_and_may_not_be_changed()
    {
        await using var scene = new CampaignScene(databases, DatabaseKind.Sqlite, population);
        var source = population.Changed("frozen", new Dictionary<string, string>());
        var campaign = await scene.CreatedAsync(source);
        await Assert.ThrowsAsync<Crash>(() => scene.Desk().AdvanceAsync(campaign.Id, _ => throw new Crash()));
        var files = (await scene.Desk().ShowAsync(campaign.Id))!.Files;
        Assert.Equal(population.Rows.Count, files.Single(f => f.Name == "主体.csv").Rows);
        Directory.Delete(source, recursive: true);
        var award = Path.Combine(scene.FilesOf(campaign.Id), "snapshot", "奖项.parquet");
        var bytes = await File.ReadAllBytesAsync(award);
        await File.WriteAllBytesAsync(award, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);
        Assert.Contains("奖项.parquet", (await scene.Desk().AdvanceAsync(campaign.Id)).Problems.Single().Message);
        await File.WriteAllBytesAsync(award, bytes);
        await scene.AdvancedAsync(campaign.Id, CampaignState.Signing);
        Assert.Equal(population.Awards.Count, (await scene.Desk().LinesAsync(campaign.Id)).Count);
    }

    /// <summary>A campaign up to what can be paid; all that can be seen of it, without ids and times.</summary>
    private async Task<string> RunAsync(
        DatabaseKind kind, Func<CampaignScene, Guid, Task<Result<Campaign>>> advance)
    {
        await using var scene = new CampaignScene(databases, kind, population);
        scene.Known([population.Awards[2].Code]);
        var budget = population.Awards.Sum(a => a.Fen) - population.Awards[2].Fen;
        await scene.BudgetAsync(budget);
        var campaign = await scene.CreatedAsync(population.Folder);
        async Task To(CampaignState state) =>
            Assert.Equal(state, (await advance(scene, campaign.Id)).Value!.State);
        await To(CampaignState.Signing);
        await scene.SignedAsync(campaign.Id);
        await To(CampaignState.Publicising);
        await scene.PublishedAsync(campaign.Id);
        await To(CampaignState.Consenting);
        foreach (var offer in (await scene.Desk().CasesAsync(campaign.Id, CasePhase.Consenting)).Skip(2))
            Assert.Empty((await scene.ConsentedAsync(offer)).Problems);
        scene.Clock.Advance(TimeSpan.FromDays(14));
        await To(CampaignState.Paying);
        await scene.PaidAsync(campaign.Id);
        await To(CampaignState.Sampling);
        return await ToldAsync(scene, campaign.Id);
    }

    private static async Task<string> ToldAsync(CampaignScene scene, Guid id)
    {
        var view = (await scene.Desk().ShowAsync(id))!;
        var lines = await scene.Desk().LinesAsync(id);
        var moves = await scene.Database.ReadAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            return await tables.Cases.Where(c => c.Campaign == id)
                .Join(tables.Moves, c => c.Id, m => m.CaseId, (c, m) => new { c.Subject, c.Object, m.Version, m.Move })
                .OrderBy(m => m.Subject).ThenBy(m => m.Object).ThenBy(m => m.Version).ToListAsync();
        });
        var budget = await scene.BudgetOfAsync();
        return string.Join('\n', (string[])
        [
            $"{view.Campaign.State} {view.Campaign.ResultHash} {view.Campaign.ListHash}",
            $"{budget.DebitsPosted} {budget.DebitsPending} {budget.CreditsPosted}",
            .. view.Cases.OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value}"),
            .. lines.Select(l => $"{l.Position} {l.SubjectKey} {l.Subject} {l.Object} {l.Amount} {l.State} {l.Reason}"),
            .. moves.Select(m => $"{m.Subject} {m.Object} {m.Version} {m.Move}"),
        ]);
    }
}
