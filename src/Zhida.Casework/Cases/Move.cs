namespace Zhida.Casework.Cases;

/// <summary>What somebody does with a case.</summary>
public enum Move
{
    Save, File, Accept, AskCorrection, Correct, Decline, Approve, Reject, SendBack, Submit, Withdraw,
    UpholdObjection, EndPublicity, Pay, AskReconsideration, Uphold, Overturn, Recall, Refund,
    Verify, Return, Issue, Offer, Consent, Refuse, Lapse,
}

/// <summary>Who may make a move.</summary>
public enum Mover
{
    /// <summary>Whoever acts for the subject (申报人, 授权经办人).</summary>
    Applicant,

    /// <summary>Somebody of the office whose step it is, in the place of the case.</summary>
    Office,

    /// <summary>The head of that office.</summary>
    OfficeHead,

    /// <summary>The program itself, by a job or by what the treasury answered.</summary>
    Program,
}

/// <summary>Where a move leads.</summary>
public enum Target
{
    Same, FirstStep, NextStep, PreviousReview, StepAtHand, Correcting, Reconsidering, Recalling, Declined, Rejected,
    Withdrawn, Recalled, AsBefore, PayingAgain, Lapsed,
}

/// <summary>What a move does beside moving the case.</summary>
[Flags]
public enum Effects
{
    None = 0,

    /// <summary>Decides the line with the ledger's balances, and reserves or adjusts what it comes to.</summary>
    Decide = 1,

    /// <summary>Gives back what is reserved.</summary>
    Release = 2,

    /// <summary>Posts what is reserved.</summary>
    Post = 4,

    /// <summary>Takes back what was paid.</summary>
    TakeBack = 8,

    /// <summary>Reserves again what was posted: the bank sent the money back.</summary>
    Reserve = 16,

    /// <summary>Answers the open objections.</summary>
    Objections = 32,
}

/// <summary>A row of the table of moves.</summary>
/// <param name="From">Phases in which the move is open.</param>
/// <param name="NeedsReason">It must say why, for the applicant or the record to read.</param>
/// <param name="FreshEyes">Not by somebody who has passed the case on already (two-person rule).</param>
public sealed record MoveRule(
    Move Move, string Word, IReadOnlyList<CasePhase> From, Mover By, Target To, Effects Effects = Effects.None,
    bool NeedsReason = false, bool FreshEyes = false);

/// <summary>All that can happen to a case (docs/cases.md). What is not here can't be done.</summary>
public static class MoveTable
{
    public static IReadOnlyList<MoveRule> Rules { get; } = Array.AsReadOnly<MoveRule>(
    [
        new(Move.Save, "保存", [CasePhase.Draft, CasePhase.Correcting], Mover.Applicant, Target.Same),
        new(Move.File, "申报", [CasePhase.Draft], Mover.Applicant, Target.FirstStep),
        new(Move.Accept, "受理", [CasePhase.Accepting], Mover.Office, Target.NextStep, Effects.Decide,
            FreshEyes: true),
        new(Move.AskCorrection, "要求补正", [CasePhase.Accepting, CasePhase.Reviewing], Mover.Office,
            Target.Correcting, NeedsReason: true),
        new(Move.Correct, "提交补正", [CasePhase.Correcting], Mover.Applicant, Target.StepAtHand),
        new(Move.Decline, "不予受理", [CasePhase.Accepting], Mover.Office, Target.Declined, Effects.Release,
            NeedsReason: true),
        new(Move.Approve, "通过", [CasePhase.Reviewing], Mover.Office, Target.NextStep, Effects.Decide,
            FreshEyes: true),
        new(Move.Reject, "不予支持", [CasePhase.Reviewing], Mover.Office, Target.Rejected, Effects.Release,
            NeedsReason: true),
        new(Move.SendBack, "退回", [CasePhase.Reviewing], Mover.Office, Target.PreviousReview, NeedsReason: true),
        new(Move.Submit, "提交", [CasePhase.Submitting], Mover.Applicant, Target.NextStep),
        new(Move.Withdraw, "撤回",
            [CasePhase.Accepting, CasePhase.Reviewing, CasePhase.Submitting, CasePhase.Correcting,
                CasePhase.Publicising], Mover.Applicant, Target.Withdrawn, Effects.Release),
        new(Move.UpholdObjection, "异议成立", [CasePhase.Publicising], Mover.Office, Target.PreviousReview,
            Effects.Objections, NeedsReason: true),
        new(Move.EndPublicity, "公示期满", [CasePhase.Publicising], Mover.Program, Target.NextStep),
        new(Move.Pay, "拨付", [CasePhase.Paying], Mover.Program, Target.NextStep, Effects.Post),
        new(Move.AskReconsideration, "申请复核", [CasePhase.Declined, CasePhase.Rejected], Mover.Applicant,
            Target.Reconsidering, NeedsReason: true),
        new(Move.Uphold, "维持", [CasePhase.Reconsidering], Mover.OfficeHead, Target.AsBefore, NeedsReason: true,
            FreshEyes: true),
        new(Move.Overturn, "撤销原决定", [CasePhase.Reconsidering], Mover.OfficeHead, Target.StepAtHand,
            NeedsReason: true, FreshEyes: true),
        new(Move.Recall, "追回", [CasePhase.Completed], Mover.OfficeHead, Target.Recalling, NeedsReason: true),
        new(Move.Refund, "资金退回", [CasePhase.Recalling], Mover.Program, Target.Recalled, Effects.TakeBack),
        new(Move.Verify, "核验", [CasePhase.Accepting, CasePhase.Reviewing, CasePhase.Submitting, CasePhase.Correcting,
            CasePhase.Publicising, CasePhase.Paying], Mover.Program, Target.Same),
        new(Move.Return, "退汇", [CasePhase.Completed, CasePhase.Accepting, CasePhase.Reviewing, CasePhase.Submitting],
            Mover.Program, Target.PayingAgain, Effects.Reserve, NeedsReason: true),
        // A quota is drawn, not paid by a treasury: the office that issues it says so.
        new(Move.Issue, "发放", [CasePhase.Paying], Mover.Office, Target.NextStep, Effects.Post, FreshEyes: true),
        new(Move.Offer, "免申发起", [CasePhase.Draft], Mover.Program, Target.FirstStep),
        new(Move.Consent, "确认领取", [CasePhase.Consenting], Mover.Applicant, Target.StepAtHand),
        new(Move.Refuse, "放弃", [CasePhase.Consenting], Mover.Applicant, Target.Withdrawn, Effects.Release),
        new(Move.Lapse, "逾期未确认", [CasePhase.Consenting], Mover.Program, Target.Lapsed, Effects.Release),
    ]);

    public static MoveRule Of(Move move) => Rules[(int)move];
}
