using System.Text.Json;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Notices;

/// <summary>
/// What is told of each move, and to whom: the subject's people, and the office whose turn it is. All texts stand here.
/// They name the case by number and item, never the firm or a person; only the applicant reads reasons and amounts.
/// </summary>
internal static class CaseNotices
{
    private const string Reconsider = "如不服，可以在办件里申请复核。";

    /// <summary>Adds the notices of a move that was just made.</summary>
    /// <param name="file">The case after it.</param>
    /// <param name="before">The office that held it before.</param>
    public static void Add(UnitOfWork work, CaseMove move, Case file, string before)
    {
        // What the applicant saves and what registers answer moves nothing.
        if (move.Move is Move.Save or Move.Verify) return;
        var isOffered = file is { Campaign: not null, ConsentedAt: null };
        var told = isOffered ? ForOffered(move, file) : ForApplicant(move, file);
        if (told is not null)
            Outbox.Add(work, Compose(move, file, Recipients.Subject(file.Subject), told.Value));
        if (ForOffice(move, file, before) is var (office, text))
            Outbox.Add(work, Compose(move, file, Recipients.Office(office), text) with { Place = file.Place });
    }

    private static (string Title, string Text)? ForApplicant(CaseMove move, Case file) => move.Move switch
    {
        Move.File => ("已收到申报", $"申报已收到，由{file.Holder}受理。"),
        Move.Accept => ("已受理", $"申报已受理，{Next(file)}。"),
        Move.AskCorrection => ("需要补正",
            $"请补正：{move.Reason}\n补正期间办理时限停止计算，提交补正后接着计算。补正只要求一次。"),
        Move.Correct => ("已收到补正", $"补正材料已收到，{Next(file)}，办理时限接着计算。"),
        Move.Decline => ("不予受理", $"申报不予受理：{move.Reason}\n{Reconsider}"),
        Move.Approve => ("审核通过", $"“{move.StepName}”已通过，{Next(file)}。"),
        Move.Reject => ("不予支持", $"审核结果为不予支持：{move.Reason}\n{Reconsider}"),
        Move.Withdraw => ("已撤回", "申报已撤回。事项仍在执行期内的，可以重新申报。"),
        Move.UpholdObjection => ("公示异议成立", $"公示期间的异议成立，退回审核：{move.Reason}"),
        Move.EndPublicity => ("公示期满", $"公示期满，{Next(file)}。"),
        Move.Pay => ("已拨付", $"资金已拨付：{Yuan(file)}。"),
        Move.AskReconsideration => ("已收到复核申请", $"复核申请已收到，由{file.Holder}办理。"),
        Move.Uphold => ("复核：维持原决定", $"复核结果为维持原决定：{move.Reason}"),
        Move.Overturn => ("复核：撤销原决定", $"复核结果为撤销原决定，重新办理：{move.Reason}"),
        Move.Recall => ("追回资金", $"已拨付的{Yuan(file)}须退回：{move.Reason}"),
        Move.Refund => ("资金已退回", "退回的资金已到账，追回办结。"),
        Move.Return => ("款项被退回", $"银行退回了款项：{move.Reason}\n请核对收款账户，更正后重新拨付。"),
        Move.Issue => ("额度已发放", $"额度已发放：{Yuan(file)}。"),
        Move.Consent => ("已确认领取", $"已确认领取，{Next(file)}。"),
        // 退回 is between offices; 提交 the applicant has done themself.
        Move.SendBack or Move.Submit => null,
        _ => throw new InvalidOperationException($"nobody has thought of what is told of {move.Move}"),
    };

    /// <summary>免申即享: the subject has filed nothing, and is told once there is something to say yes to.</summary>
    private static (string Title, string Text)? ForOffered(CaseMove move, Case file) => move.Move switch
    {
        Move.Offer or Move.Accept or Move.Approve or Move.EndPublicity => file.Phase switch
        {
            CasePhase.Consenting => ("请确认领取", $"免申即享：经核定可以领取{Yuan(file)}，不用申报。请在{file.ConsentDays}" +
                "个工作日内确认领取并填写收款账户；也可以放弃。"),
            CasePhase.Publicising => ("免申即享：公示中", "经核定符合条件，不用申报，正在公示；公示期满后请确认领取。"),
            _ => null,
        },
        Move.Refuse => ("已放弃领取", "已放弃领取。事项仍在执行期内的，以后可以申报。"),
        Move.Lapse => ("逾期未确认", "没有在期限内确认领取，资金已退回预算。事项仍在执行期内的，可以申报。"),
        _ => ForApplicant(move, file),
    };

    private static (string Office, (string, string))? ForOffice(CaseMove move, Case file, string before) =>
        move.Move switch
        {
            Move.Withdraw when before.Length > 0 && before != StepKind.Applicant =>
                (before, ("办件已撤回", "申报主体已撤回，不用再办。")),
            Move.SendBack or Move.UpholdObjection when Waits(file) => (file.Holder, ("办件被退回", "请重新审核。")),
            Move.Correct when Waits(file) => (file.Holder, ("已提交补正", "申报主体已提交补正，办理时限接着计算。")),
            Move.AskReconsideration when Waits(file) => (file.Holder, ("复核申请", "申报主体申请复核，由部门负责人办理。")),
            Move.AskCorrection or Move.Recall => null,
            Move.Return when Waits(file) => (file.Holder, ("退汇", "银行退回了款项，核对收款账户后重新拨付。")),
            // A campaign is approved as a whole by those who sign it: its cases are no work of their own.
            Move.Offer or Move.Accept or Move.Approve when file.Campaign is not null => null,
            _ when Waits(file) => (file.Holder, ("新到办件", $"办件已到“{PhaseWords.Of(file.Phase)}”，请办理。")),
            _ => null,
        };

    private static bool Waits(Case file) => file.Holder.Length > 0 && file.Holder != StepKind.Applicant;

    private static string Next(Case file) => file.Phase switch
    {
        CasePhase.Completed => "已办结",
        CasePhase.Submitting => "请接着办理下一步",
        _ => $"现在{PhaseWords.Of(file.Phase)}（{file.Holder}）",
    };

    private static string Yuan(Case file) => Fen.Text(file.Amount ?? 0);

    private static Notice Compose(CaseMove move, Case file, string recipient, (string Title, string Text) told) => new(
        $"move/{move.Id}/{recipient}/inapp", $"case.{move.Move}".ToLowerInvariant(), Channel.InApp, recipient,
        $"{told.Title}：{file.Number ?? file.Item}",
        JsonSerializer.Serialize(new
        {
            @case = file.Id, number = file.Number, item = file.Item, phase = PhaseWords.Of(file.Phase),
            text = told.Text,
        }));
}
