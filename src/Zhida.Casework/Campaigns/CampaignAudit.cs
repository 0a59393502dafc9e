using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Campaigns;

/// <summary>The look at a campaign after it has paid: samples go to people who had no part in it, what they find
/// wrong is recalled.</summary>
public sealed class CampaignAudit(Database database, CaseDesk cases)
{
    /// <summary>What was drawn, in the order of strata.</summary>
    public Task<List<CampaignSample>> SamplesAsync(Guid campaign) => database.ReadAsync(async work =>
    {
        await using var tables = Schema.Over(work);
        return await tables.CampaignSamples.AsNoTracking().Where(s => s.CampaignId == campaign)
            .OrderBy(s => s.Stratum).ThenBy(s => s.LineId).ToListAsync();
    });

    /// <summary>Gives a sample to somebody to look at.</summary>
    /// <param name="by">A head of the office that answers for the grant.</param>
    public Task<Result<CampaignSample>> AssignAsync(Person by, Guid line, Person to) =>
        ChangeAsync(line, async (_, tables, sample, file) =>
        {
            if (by.Role != Role.Head || !by.Serves(file.Place) || !await ActedOfficeAsync(tables, sample, by.Office))
                return new Problem("forbidden", "由承办部门的负责人安排抽查", "转给部门负责人");
            if (sample.Finding != Finding.None) return new Problem("phase", "已有抽查结论", "不需要再安排");
            if (!to.IsOfficial || to.Subjects.Contains(file.Subject) || await HasActedAsync(tables, sample, to.Id))
                return new Problem("forbidden", $"{to.Name}参与过这一批或有利害关系，不能抽查", "换一个人");
            sample.AssignedTo = to.Id;
            return null;
        });

    /// <summary>What the person found who looked.</summary>
    public Task<Result<CampaignSample>> RecordAsync(Person by, Guid line, bool isRight, string note) =>
        ChangeAsync(line, (work, _, sample, _) => Task.FromResult(
            sample.AssignedTo != by.Id ? new Problem("forbidden", "这一件没有安排您抽查", "由被安排的人办理")
            : sample.Finding != Finding.None ? new Problem("phase", "已有抽查结论", "不能更改")
            : string.IsNullOrWhiteSpace(note) ? new Problem("reason", "要写明查了什么", "写明事实和依据", "意见")
            : Settle(sample, isRight, note, work.Now)));

    /// <summary>Recalls what was found wrong, or given lines of the campaign; those that are recalled already are
    /// passed over.</summary>
    /// <param name="by">The head of the office that judged the cases.</param>
    /// <param name="lines">Null: all that was found wrong.</param>
    /// <returns>What could not be recalled, by case number; empty: all is.</returns>
    public async Task<IReadOnlyList<Problem>> RecallAsync(
        Person by, Guid campaign, IReadOnlyCollection<Guid>? lines, string reason)
    {
        var wanted = await database.ReadAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            var chosen = lines ?? await tables.CampaignSamples.Where(s => s.CampaignId == campaign &&
                s.Finding == Finding.Wrong).Select(s => s.LineId).ToListAsync();
            return await tables.CampaignLines.Where(l => l.CampaignId == campaign && chosen.Contains(l.Id))
                .Join(tables.Cases, l => l.CaseId, c => c.Id, (l, c) => c)
                .Where(c => c.Phase != CasePhase.Recalling && c.Phase != CasePhase.Recalled)
                .AsNoTracking().OrderBy(c => c.Number).ToListAsync();
        });
        var problems = new List<Problem>();
        foreach (var file in wanted)
        {
            var made = await cases.MoveAsync(
                new MoveRequest(Guid.CreateVersion7(), file.Id, file.Version, Move.Recall, by) { Reason = reason });
            problems.AddRange(made.Problems.Select(p => p with { Field = file.Number }));
        }
        return problems;
    }

    private static Problem? Settle(CampaignSample sample, bool isRight, string note, long now)
    {
        (sample.Finding, sample.Note, sample.FoundAt) = (isRight ? Finding.Right : Finding.Wrong, note, now);
        return null;
    }

    private static Task<bool> ActedOfficeAsync(ZhidaContext tables, CampaignSample sample, string office) =>
        tables.Moves.AnyAsync(m => m.CaseId == sample.CaseId && m.Office == office);

    private static async Task<bool> HasActedAsync(ZhidaContext tables, CampaignSample sample, string person) =>
        await tables.Campaigns.AnyAsync(c => c.Id == sample.CampaignId && c.MadeBy == person) ||
        await tables.CampaignSignatures.AnyAsync(s => s.CampaignId == sample.CampaignId && s.PersonId == person) ||
        await tables.CampaignLines.AnyAsync(l => l.CampaignId == sample.CampaignId && l.JudgedBy == person) ||
        await tables.Moves.AnyAsync(m => m.PersonId == person &&
            tables.Cases.Any(c => c.Id == m.CaseId && c.Campaign == sample.CampaignId));

    private Task<Result<CampaignSample>> ChangeAsync(
        Guid line, Func<UnitOfWork, ZhidaContext, CampaignSample, Case, Task<Problem?>> change) =>
        database.WriteAsync<Result<CampaignSample>>(async work =>
        {
            await using var tables = Schema.Over(work);
            if (await tables.CampaignSamples.FindAsync(line) is not { } sample)
                return new Problem("not-found", "这一行没有被抽中", "检查编号");
            await CampaignLocks.LockAsync(work, tables, sample.CampaignId);
            await tables.Entry(sample).ReloadAsync();
            var file = await tables.Cases.AsNoTracking().SingleAsync(c => c.Id == sample.CaseId);
            if (await change(work, tables, sample, file) is { } problem) return problem;
            await tables.SaveChangesAsync();
            return sample;
        });
}
