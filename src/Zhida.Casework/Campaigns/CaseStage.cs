using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;
using Zhida.Policy.Program;

namespace Zhida.Casework.Campaigns;

/// <summary>Opens a case for each line that passed, in the order in which the lines drew, and takes it through the
/// reviews in the names of those who signed. A line is one transaction: case, decisions, money and line together.
/// </summary>
internal sealed class CaseStage(StageContext context, Campaign campaign, Item item)
{
    public async Task<StageResult> RunAsync()
    {
        var signers = await SignersAsync();
        while (await NextAsync() is { } line)
        {
            context.Stop.ThrowIfCancellationRequested();
            var number = await context.Cases.NumberAsync(campaign.Item);
            var (made, refusal) = await TryAsync(line.Id, number, signers);
            // What was refused has left nothing behind; that it was is kept by itself.
            if (refusal is { } known) made = await KeepAsync(line.Id, known);
            if (made is null) return new StageResult(true);
            context.Committed(made);
        }
        return await CloseAsync();
    }

    /// <summary>Offices and people, in the order of signing.</summary>
    private async Task<List<(string Office, Person Person)>> SignersAsync()
    {
        var signatures = await context.Database.ReadAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            return await tables.CampaignSignatures.AsNoTracking().Where(s => s.CampaignId == campaign.Id)
                .OrderBy(s => s.Position).ToListAsync();
        });
        return [.. signatures.Select(s => CampaignLocks.ReadPerson(s.Person)).Select(p => (p.Office, p))];
    }

    private Task<CampaignLine?> NextAsync() => context.Database.ReadAsync(async work =>
    {
        await using var tables = Schema.Over(work);
        return await tables.CampaignLines.AsNoTracking()
            .Where(l => l.CampaignId == campaign.Id && l.State == CampaignLineState.Passed)
            .OrderBy(l => l.Position).FirstOrDefaultAsync();
    });

    /// <summary>Both null: another process was first.</summary>
    private Task<(Campaign? Made, LineRefusal? Refused)> TryAsync(
        Guid id, string number, List<(string Office, Person Person)> signers) =>
        context.Database.WriteAsync<(Campaign?, LineRefusal?)>(async work =>
        {
            await using var tables = Schema.Over(work);
            var found = (await CampaignLocks.LockAsync(work, tables, campaign.Id))!;
            var line = await tables.CampaignLines.SingleAsync(l => l.Id == id);
            if (found.State != CampaignState.Approving || line.State != CampaignLineState.Passed) return (null, null);
            if (await CheckStage.OpenCaseAsync(tables, line) is { } open)
                return (null, new LineRefusal(CampaignLineState.Excluded, open));
            var file = Open(line, work.Now);
            tables.Cases.Add(file);
            line.CaseId = file.Id;
            (line.State, line.Reason) = (CampaignLineState.Approved, "");
            await tables.SaveChangesAsync();
            tables.ChangeTracker.Clear();
            var made = await ApproveAsync(work, file, number, signers);
            if (made.Value is not { } approved) return (null, RefusalOf(made.Problems[0]));
            if (approved.Amount == (line.AgreedAmount ?? line.Amount)) return (found, null);
            work.Abandon();
            return (null, new LineRefusal(CampaignLineState.Differing,
                "账上已用的上限与冻结的结果不同，金额有出入", approved.Amount ?? 0));
        });

    private Case Open(CampaignLine line, long now) => new()
    {
        Id = Guid.CreateVersion7(), Item = campaign.Item, Subject = line.Subject, SubjectName = line.SubjectName,
        Object = line.Object, Period = line.Period, Facts = line.Facts, Applicant = Person.Program.Id,
        OpenKey = CaseDesk.KeyOf(line.Subject, campaign.Item, line.Object, line.Period),
        Campaign = campaign.Id, DecidedAsOf = campaign.On, ConsentDays = campaign.ConsentDays,
        CreatedAt = now, ChangedAt = now, StepBeganAt = now, Holder = StepKind.Applicant,
    };

    private async Task<Result<Case>> ApproveAsync(
        UnitOfWork work, Case file, string number, List<(string Office, Person Person)> signers)
    {
        var made = await MoveAsync(file, Move.Offer, Person.Program);
        var used = 0;
        while (made.Value is { Phase: CasePhase.Accepting or CasePhase.Reviewing } at)
        {
            var index = signers.FindIndex(used, s => s.Office == item.Steps[at.Step].Actor);
            if (index < 0) return new Problem("forbidden", $"“{item.Steps[at.Step].Name}”没有人签批", "由承办部门签批");
            used = index + 1;
            made = await MoveAsync(at, at.Phase == CasePhase.Accepting ? Move.Accept : Move.Approve,
                signers[index].Person);
        }
        return made;

        Task<Result<Case>> MoveAsync(Case at, Move move, Person by) => context.Cases.MoveAsync(work,
            new MoveRequest(Guid.CreateVersion7(), at.Id, at.Version, move, by)
            {
                Reason = $"免申即享，名单SM3 {campaign.ListHash}，签批：{string.Join("、", signers.Select(s => s.Person.Name))}",
            }, number);
    }

    private static LineRefusal RefusalOf(Problem problem) => problem.Code == "exclusion"
        ? new LineRefusal(CampaignLineState.Excluded, problem.Message)
        : new LineRefusal(CampaignLineState.Stuck, $"{problem.Message}（{problem.Mend}）");

    private Task<Campaign?> KeepAsync(Guid id, LineRefusal refusal) => context.Database.WriteAsync(async work =>
    {
        await using var tables = Schema.Over(work);
        var found = await CampaignLocks.LockAsync(work, tables, campaign.Id);
        var line = await tables.CampaignLines.SingleAsync(l => l.Id == id);
        if (line.State != CampaignLineState.Passed) return null;
        (line.State, line.Reason, line.LedgerAmount) = (refusal.State, refusal.Reason, refusal.Ledger);
        await tables.SaveChangesAsync();
        return found;
    });

    private async Task<StageResult> CloseAsync()
    {
        var closed = await context.Database.WriteAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            var found = (await CampaignLocks.LockAsync(work, tables, campaign.Id))!;
            if (found.State != CampaignState.Approving || await tables.CampaignLines.AnyAsync(l =>
                    l.CampaignId == campaign.Id && l.State != CampaignLineState.Approved &&
                    l.State != CampaignLineState.Excluded)) return null;
            found.Become(CampaignState.Publicising, work.Now);
            await tables.SaveChangesAsync();
            return found;
        });
        if (closed is null) return StageResult.Waits;
        context.Committed(closed);
        return new StageResult(true);
    }
}

/// <summary>Why a line has no case.</summary>
/// <param name="Ledger">分 that the ledger gives, where that is why.</param>
internal readonly record struct LineRefusal(CampaignLineState State, string Reason, long? Ledger = null);
