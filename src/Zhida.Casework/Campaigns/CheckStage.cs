using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Proof;
using Zhida.Casework.Registers;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Campaigns;

/// <summary>Looks at each line: whether the subject may be paid at all (信用), whether the line is paid or asked for
/// already, whether two subjects are one. A register that does not answer leaves the line 待核查.</summary>
internal sealed class CheckStage(StageContext context, Campaign campaign)
{
    private const string Dishonest = "严重失信";

    public async Task<StageResult> RunAsync()
    {
        var after = 0L;
        while (true)
        {
            context.Stop.ThrowIfCancellationRequested();
            var lines = await NextAsync(after);
            if (lines.Count == 0) break;
            after = lines[^1].Position;
            // Outside the transaction: a register may be slow.
            var answers = new Dictionary<string, RegisterAnswer>();
            foreach (var subject in lines.Select(l => l.Subject).Where(s => s.Length > 0).Distinct())
                answers[subject] = await context.Credit.AskAsync(subject, context.Stop);
            if (await CheckAsync([.. lines.Select(l => l.Id)], answers) is not { } checkedCampaign)
                return new StageResult(true);
            context.Committed(checkedCampaign);
        }
        return await CloseAsync();
    }

    /// <summary>SM3 over the list as it is signed: every line, with what came of it.</summary>
    public static async Task<string> HashAsync(ZhidaContext tables, Guid campaign)
    {
        var lines = await tables.CampaignLines.AsNoTracking().Where(l => l.CampaignId == campaign)
            .OrderBy(l => l.Position)
            .Select(l => new { l.Position, l.Subject, l.Object, l.Period, l.Amount, l.State, l.Facts }).ToListAsync();
        return Sm3.Hex(string.Join('\n', lines.Select(l => JsonSerializer.Serialize(l))));
    }

    private Task<List<CampaignLine>> NextAsync(long after) => context.Database.ReadAsync(async work =>
    {
        await using var tables = Schema.Over(work);
        return await tables.CampaignLines.AsNoTracking()
            .Where(l => l.CampaignId == campaign.Id && l.State == CampaignLineState.Pending && l.Position > after)
            .OrderBy(l => l.Position).Take(context.Batch).ToListAsync();
    });

    private Task<Campaign?> CheckAsync(List<Guid> ids, Dictionary<string, RegisterAnswer> answers) =>
        context.Database.WriteAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            var found = await CampaignLocks.LockAsync(work, tables, campaign.Id);
            if (found!.State != CampaignState.Checking) return null;
            // Those that another process, or an official, has judged meanwhile stay as they are.
            var lines = await tables.CampaignLines
                .Where(l => ids.Contains(l.Id) && l.State == CampaignLineState.Pending).ToListAsync();
            foreach (var line in lines)
                (line.State, line.Reason) = await JudgeAsync(tables, line, answers.GetValueOrDefault(line.Subject));
            await tables.SaveChangesAsync();
            return found;
        });

    private static async Task<(CampaignLineState, string)> JudgeAsync(
        ZhidaContext tables, CampaignLine line, RegisterAnswer? credit)
    {
        if (line.Subject.Length == 0) return (CampaignLineState.Excluded, "数据里没有统一社会信用代码，无法支付");
        if (await tables.CampaignLines.Where(l => l.CampaignId == line.CampaignId && l.Subject == line.Subject &&
                l.SubjectKey != line.SubjectKey).Select(l => l.SubjectKey).FirstOrDefaultAsync() is { } other)
            return (CampaignLineState.Excluded, $"数据里两个主体（{line.SubjectKey}、{other}）用同一个统一社会信用代码");
        if (await OpenCaseAsync(tables, line) is { } open) return (CampaignLineState.Excluded, open);
        return credit switch
        {
            RegisterNotFound => (CampaignLineState.Passed, ""),
            RegisterFound { Facts: var facts, Time: var time } when FlagOf(facts) is { } flag =>
                flag ? (CampaignLineState.Excluded, $"列入严重失信主体名单（信用登记，{time}）")
                    : (CampaignLineState.Passed, ""),
            RegisterDown { Why: var why } => (CampaignLineState.Pending, $"信用登记没有答复：{why}"),
            _ => (CampaignLineState.Pending, "信用登记没有说是否严重失信"),
        };
    }

    /// <summary>That there is a case of the same line, open or paid; null: there is none.</summary>
    public static async Task<string?> OpenCaseAsync(ZhidaContext tables, CampaignLine line)
    {
        var item = await tables.Campaigns.Where(c => c.Id == line.CampaignId).Select(c => c.Item).SingleAsync();
        var key = CaseDesk.KeyOf(line.Subject, item, line.Object, line.Period);
        return await tables.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.OpenKey == key) is { } open
            ? $"已有办件{open.Number}（{PhaseWords.Of(open.Phase)}）" : null;
    }

    /// <summary>Null: the register doesn't say.</summary>
    private static bool? FlagOf(JsonElement facts)
    {
        if (!facts.TryGetProperty("主体", out var subject) || subject.ValueKind != JsonValueKind.Object ||
            !subject.TryGetProperty(Dishonest, out var flag)) return null;
        return flag.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when flag.GetString() is "是" or "否" => flag.GetString() == "是",
            _ => null,
        };
    }

    private async Task<StageResult> CloseAsync()
    {
        var closed = await context.Database.WriteAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            var found = (await CampaignLocks.LockAsync(work, tables, campaign.Id))!;
            if (found.State != CampaignState.Checking || await tables.CampaignLines.AnyAsync(l =>
                    l.CampaignId == campaign.Id && l.State == CampaignLineState.Pending)) return null;
            found.ListHash = await HashAsync(tables, campaign.Id);
            found.Become(CampaignState.Signing, work.Now);
            await tables.SaveChangesAsync();
            return found;
        });
        if (closed is null) return StageResult.Waits;
        context.Committed(closed);
        return new StageResult(true);
    }
}
