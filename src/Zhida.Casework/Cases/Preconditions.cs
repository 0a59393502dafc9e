using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Clock;
using Zhida.Casework.Publicity;
using Zhida.Casework.Storage;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>What must be so before a move, beyond the table: what a filed case needs, and the limits of what may be
/// asked.</summary>
internal sealed class Preconditions(Item item, Case file, LineDecider decider, DateOnly today)
{
    private const string Declared = "自报";

    public async Task<IReadOnlyList<Problem>> CheckAsync(Move move, string reason, ZhidaContext context)
    {
        switch (move)
        {
            case Move.File or Move.Correct:
                return [.. ReadyToFile(), .. MissingMaterials()];
            case Move.Offer:
                return file.Campaign is not null ? ReadyToFile()
                    : [new Problem("phase", "不是免申即享的办件", "由主体申报")];
            case Move.Consent when !await context.PayeeAccounts.AnyAsync(a => a.CaseId == file.Id):
                return [new Problem("account", "还没有收款账户", "填写主体自己的账户，再确认领取", "收款账户")];
            case Move.Lapse when file.DueProvisional || today <= BeijingTime.DateAt(file.DueDay):
                return [new Problem("phase", "确认的期限还没有到", "等期限届满")];
            case Move.AskCorrection when file.Corrections > 0:
                return [new Problem("phase", "已经要求补正过一次：需要补正的内容应一次告知", "按现有材料办理")];
            case Move.Approve when file.Awaiting != Case.NothingAwaited && string.IsNullOrWhiteSpace(reason):
                return [new Problem("reason", $"还有待核验的事实：{file.Awaiting}", "等登记恢复后核验，或写明人工核对的依据", "意见")];
            case Move.UpholdObjection when !await Objections.AnyOpenAsync(context, file.Id):
                return [new Problem("phase", "本件没有未答复的异议", "没有人提出异议的，公示期满后继续办理")];
            case Move.Issue when item.Method != Method.Quota:
                return [new Problem("phase", "资金由财政拨付，不由承办部门确认", "编入拨付批次")];
            case Move.AskReconsideration:
                var key = CaseDesk.KeyOf(file.Subject, file.Item, file.Object, file.Period);
                return await context.Cases.AnyAsync(c => c.OpenKey == key)
                    ? [new Problem("conflict", "同一事项已另有在办的办件", "先办结或撤回另一件")] : [];
            case Move.Recall when file.Amount is null or 0:
                return [new Problem("money", "本件没有拨付过资金", "不需要追回")];
            default:
                return [];
        }
    }

    /// <summary>All that is wrong, at once. What a register has to say may come later and doesn't block.</summary>
    private List<Problem> ReadyToFile()
    {
        var decided = decider.Decide(file, file.DayToDecide(today), used: []);
        if (decided.Value is not { Line: var line }) return [.. decided.Problems];
        var problems = new List<Problem>();
        if (decided.Value.Place is { } place)
            (file.Place, file.City) = (place, CaseQueries.CityOf(place));
        else problems.Add(new Problem("facts", "不知道由哪里管辖：缺主体.注册地", "填写注册地", "主体.注册地"));
        if (line.AsIfInForce) problems.Add(new Problem("decision", "政策尚未印发，只能预判，不能申报", "等政策印发"));
        var declared = decider.Maker.Program.Dictionary.Objects.Values
            .SelectMany(o => o.Facts.Concat(o.YearFacts)).Where(f => f.Register == Declared).Select(f => f.Path)
            .ToHashSet();
        problems.AddRange(line.Missing.Where(m => declared.Contains(m.Path))
            .Select(m => new Problem("facts", $"没有填写{m.Path}：{m.Question}", "填写后再提交", m.Path)));
        return problems;
    }

    private IEnumerable<Problem> MissingMaterials()
    {
        var given = Given();
        return item.Materials.Where(m => !given.Contains(m.Name))
            .Select(m => new Problem("materials", $"缺少材料：{m.Name}", "上传后再提交", m.Name));
    }

    /// <summary>The materials that have an attachment.</summary>
    private HashSet<string> Given()
    {
        using var materials = JsonDocument.Parse(file.Materials);
        return [.. materials.RootElement.EnumerateObject()
            .Where(m => m.Value.ValueKind == JsonValueKind.Array && m.Value.GetArrayLength() > 0).Select(m => m.Name)];
    }
}
