using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Casework.Payments;
using Zhida.Casework.Publicity;
using Zhida.Casework.Storage;
using Zhida.Ledger;

namespace Zhida.Casework.Campaigns;

/// <summary>What officials decide before anything is paid.</summary>
public sealed partial class CampaignDesk
{
    /// <summary>Signs the checked list, one person for each review; cases are approved in these names. The last
    /// signature lets the campaign go.</summary>
    /// <param name="listHash">The list that the person has seen.</param>
    public Task<Result<Campaign>> SignAsync(Person by, Guid id, string listHash) =>
        ChangeAsync(id, async (work, tables, campaign) =>
        {
            var signed = await tables.CampaignSignatures.Where(s => s.CampaignId == id).OrderBy(s => s.Position)
                .ToListAsync();
            if (campaign.State != CampaignState.Signing) return Phase(campaign, "签批");
            var offices = Offices(campaign);
            var next = offices[signed.Count];
            if (!by.IsOfficial || by.Office != next) return new Problem("forbidden", $"现在由{next}签批", "转给承办部门");
            if (signed.Any(s => s.PersonId == by.Id))
                return new Problem("forbidden", "同一人不能签批两次", "转给另一位承办人");
            if (listHash != campaign.ListHash || await CheckStage.HashAsync(tables, id) != listHash)
                return new Problem("conflict", "名单与您看到的不同", "重新打开，看过再签批");
            if (await tables.CampaignLines.AnyAsync(l => l.CampaignId == id && by.Subjects.Contains(l.Subject)))
                return new Problem("forbidden", "名单中有与您有利害关系的主体，应当回避", "转给同一部门的其他人");
            tables.CampaignSignatures.Add(new CampaignSignature
            {
                CampaignId = id, Position = signed.Count, PersonId = by.Id, Person = CampaignLocks.Write(by),
                ListHash = listHash, At = work.Now,
            });
            if (signed.Count + 1 == offices.Count) campaign.Become(CampaignState.Approving, work.Now);
            return null;
        });

    /// <summary>Settles a line that the program can't: 待核查, 金额有出入, 需人工处理.</summary>
    /// <param name="reason">Kept with the line.</param>
    /// <param name="amount">For 金额有出入: the ledger's lower amount, as the person has seen and agrees to it, in 分; null:
    /// the ledger was mended, and the line is tried again.</param>
    public Task<Result<Campaign>> JudgeAsync(
        Person by, Guid id, Guid lineId, LineJudgement judgement, string reason, long? amount = null) =>
        ChangeAsync(id, async (_, tables, campaign) =>
        {
            if (!by.IsOfficial || !Offices(campaign).Contains(by.Office))
                return new Problem("forbidden", $"由{Offices(campaign)[0]}的承办人办理", "转给承办部门");
            if (await tables.CampaignLines.SingleOrDefaultAsync(l => l.Id == lineId && l.CampaignId == id) is not
                { } line) return new Problem("not-found", "没有这一行", "检查编号");
            if (by.Subjects.Contains(line.Subject))
                return new Problem("forbidden", "与这一行有利害关系，应当回避", "转给同一部门的其他人");
            if (string.IsNullOrWhiteSpace(reason)) return new Problem("reason", "要写明理由", "写明事实和依据", "意见");
            var open = campaign.State == CampaignState.Checking && line.State == CampaignLineState.Pending ||
                campaign.State == CampaignState.Approving &&
                line.State is CampaignLineState.Differing or CampaignLineState.Stuck;
            if (!open) return new Problem("phase", "这一行不需要人工处理", "看它的状态");
            if (judgement == LineJudgement.Pass && line.State == CampaignLineState.Differing && amount is { } agreed)
            {
                if (agreed != line.LedgerAmount)
                    return new Problem("conflict", $"账上算出的是{Fen.Text(line.LedgerAmount!.Value)}", "核对后写明同意的金额", "金额");
                // The ledger does not know what the population knows: nobody gets more than the list that was signed.
                if (agreed > line.Amount)
                    return new Problem("money", $"不能多于签批的{Fen.Text(line.Amount)}：账上没有记以前已得的",
                        "先把以前已得的记入上限账户再重试，或剔除", "金额");
                line.AgreedAmount = agreed;
            }
            line.State = judgement == LineJudgement.Pass ? CampaignLineState.Passed : CampaignLineState.Excluded;
            (line.Reason, line.JudgedBy) = ($"{by.Name}：{reason}", by.Id);
            return null;
        });

    /// <summary>Publishes all its cases that are to be published as one list.</summary>
    /// <param name="id">Of the list, made by the caller (UUID v7).</param>
    /// <param name="workdays">Only where the policy leaves the length open, with the reason.</param>
    public async Task<Result<PublicNotice>> PublishAsync(
        Person by, Guid id, Guid campaign, int? workdays = null, string reason = "")
    {
        if (await FindAsync(campaign) is not { } found) return CampaignLocks.NotFound;
        if (found.State != CampaignState.Publicising) return Phase(found, "公示");
        return await new PublicityDesk(database, cases, maker).PublishAsync(by, new PublishRequest(
            id, found.Item, await CasesAsync(campaign, CasePhase.Publicising))
        {
            Workdays = workdays, WorkdaysReason = reason,
        });
    }

    /// <summary>The subject says yes and where the money goes, in one click.</summary>
    /// <param name="id">Made by the caller (UUID v7): the same again, after an answer was lost, is made once.</param>
    /// <param name="version">The case's version that the person has seen.</param>
    public async Task<Result<Case>> ConsentAsync(Guid id, Person by, Guid caseId, long version, AccountForm account)
    {
        var given = await new PaymentDesk(database).GiveAccountAsync(
            NamedId.Of($"{id}/收款账户"), by, caseId, account);
        return given.Succeeded ? await cases.MoveAsync(new MoveRequest(id, caseId, version, Move.Consent, by))
            : new Result<Case>(null, given.Problems);
    }

    /// <summary>Ends a campaign before any case is opened.</summary>
    public Task<Result<Campaign>> StopAsync(Person by, Guid id, string reason) =>
        ChangeAsync(id, (work, _, campaign) =>
        {
            if (!by.IsOfficial || !Offices(campaign).Contains(by.Office))
                return Task.FromResult<Problem?>(new Problem("forbidden",
                    $"由{Offices(campaign)[0]}的承办人办理", "转给承办部门"));
            if (campaign.State >= CampaignState.Approving) return Task.FromResult<Problem?>(Phase(campaign, "终止"));
            if (string.IsNullOrWhiteSpace(reason))
                return Task.FromResult<Problem?>(new Problem("reason", "终止要写明理由", "写明理由", "意见"));
            (campaign.StoppedBy, campaign.StoppedBecause) = (by.Id, reason);
            campaign.Become(CampaignState.Stopped, work.Now);
            return Task.FromResult<Problem?>(null);
        });

    private IReadOnlyList<string> Offices(Campaign campaign) =>
        maker.Find(campaign.Item) is [{ } item] ? OfficesOf(item) : [""];

    private static Problem Phase(Campaign campaign, string word) =>
        new("phase", $"这一批现在是“{CampaignTable.WordOf(campaign.State)}”，不能{word}", "看它的进度");

    /// <summary>One change in one transaction over the locked campaign; a problem leaves all as it was.</summary>
    private Task<Result<Campaign>> ChangeAsync(
        Guid id, Func<Ledger.Storage.UnitOfWork, ZhidaContext, Campaign, Task<Problem?>> change) =>
        database.WriteAsync<Result<Campaign>>(async work =>
        {
            await using var tables = Schema.Over(work);
            if (await CampaignLocks.LockAsync(work, tables, id) is not { } campaign) return CampaignLocks.NotFound;
            if (await change(work, tables, campaign) is { } problem) return problem;
            await tables.SaveChangesAsync();
            return campaign;
        });
}
