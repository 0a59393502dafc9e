using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Clock;
using Zhida.Casework.Storage;

namespace Zhida.Casework.Campaigns;

/// <summary>From publicity to the sample: the cases go their own ways, and the campaign follows the slowest. Here only
/// offers lapse that nobody answered, and the sample is drawn when all is paid.</summary>
internal sealed class GrantStages(StageContext context, Campaign campaign)
{
    public async Task<StageResult> RunAsync()
    {
        foreach (var (id, version) in await OverdueAsync())
        {
            context.Stop.ThrowIfCancellationRequested();
            // A case that its subject has moved meanwhile stays as it is.
            await context.Database.WriteAsync(work => context.Cases.MoveAsync(work,
                new MoveRequest(Guid.CreateVersion7(), id, version, Move.Lapse, Person.Program)));
            context.Committed(campaign);
        }
        var moved = await context.Database.WriteAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            var found = (await CampaignLocks.LockAsync(work, tables, campaign.Id))!;
            var phases = await tables.Cases.Where(c => c.Campaign == campaign.Id).Select(c => c.Phase).Distinct()
                .ToListAsync();
            var state = StateOf(phases);
            if (found.State is < CampaignState.Publicising or > CampaignState.Paying || state <= found.State)
                return null;
            if (state == CampaignState.Sampling) await DrawAsync(tables);
            found.Become(state, work.Now);
            await tables.SaveChangesAsync();
            return found;
        });
        if (moved is null) return StageResult.Waits;
        context.Committed(moved);
        return new StageResult(true);
    }

    /// <summary>The campaign is over when what was drawn has been looked at, and what was wrong is recalled.</summary>
    public async Task<StageResult> CloseAsync()
    {
        var closed = await context.Database.WriteAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            var found = (await CampaignLocks.LockAsync(work, tables, campaign.Id))!;
            var samples = tables.CampaignSamples.Where(s => s.CampaignId == campaign.Id);
            if (found.State != CampaignState.Sampling || await samples.AnyAsync(s => s.Finding == Finding.None) ||
                await samples.Where(s => s.Finding == Finding.Wrong).AnyAsync(s => tables.Cases.Any(c =>
                    c.Id == s.CaseId && c.Phase != CasePhase.Recalling && c.Phase != CasePhase.Recalled))) return null;
            found.Become(CampaignState.Completed, work.Now);
            await tables.SaveChangesAsync();
            return found;
        });
        if (closed is null) return StageResult.Waits;
        context.Committed(closed);
        return new StageResult(true);
    }

    /// <summary>Where the slowest case is.</summary>
    private static CampaignState StateOf(IReadOnlyCollection<CasePhase> phases) =>
        phases.Any(p => !PhaseWords.IsClosed(p) && p is not (CasePhase.Consenting or CasePhase.Paying
            or CasePhase.Recalling)) ? CampaignState.Publicising
        : phases.Contains(CasePhase.Consenting) ? CampaignState.Consenting
        : phases.Contains(CasePhase.Paying) ? CampaignState.Paying : CampaignState.Sampling;

    /// <summary>Offers whose last day is past; a provisional one may still move.</summary>
    private Task<List<(Guid Id, long Version)>> OverdueAsync() => context.Database.ReadAsync(async work =>
    {
        await using var tables = Schema.Over(work);
        var today = BeijingTime.DayOf(work.Now);
        var cases = await tables.Cases.AsNoTracking().Where(c => c.Campaign == campaign.Id &&
                c.Phase == CasePhase.Consenting && !c.DueProvisional && c.DueDay < today)
            .OrderBy(c => c.Id).Select(c => new { c.Id, c.Version }).ToListAsync();
        return cases.Select(c => (c.Id, c.Version)).ToList();
    });

    private async Task DrawAsync(ZhidaContext tables)
    {
        var paid = await tables.CampaignLines.AsNoTracking().Where(l => l.CampaignId == campaign.Id)
            .Join(tables.Cases, l => l.CaseId, c => c.Id, (l, c) => new { l.Id, l.Position, Case = c })
            .Where(p => p.Case.Phase == CasePhase.Completed && p.Case.Amount > 0).ToListAsync();
        var sampling = new Sampling(campaign.Seed, campaign.SamplePercent);
        foreach (var drawn in sampling.Draw(paid, p => p.Position, p => p.Case.City, p => p.Case.Amount!.Value))
            tables.CampaignSamples.Add(new CampaignSample
            {
                LineId = drawn.Of.Id, CampaignId = campaign.Id, CaseId = drawn.Of.Case.Id, Stratum = drawn.Stratum,
            });
    }
}
