namespace Zhida.Casework.Cases;

/// <summary>Where a case is. Those of the middle come from the item's steps (办理).</summary>
public enum CasePhase
{
    /// <summary>草稿.</summary>
    Draft,

    /// <summary>受理.</summary>
    Accepting,

    /// <summary>审核: 初审, 复审, 评审, 推荐 and what else an office looks at.</summary>
    Reviewing,

    /// <summary>待主体办理: a step that is the applicant's own.</summary>
    Submitting,

    /// <summary>公示.</summary>
    Publicising,

    /// <summary>拨付.</summary>
    Paying,

    /// <summary>补正: the applicant holds the case, and its clock stands.</summary>
    Correcting,

    /// <summary>复核.</summary>
    Reconsidering,

    /// <summary>追回.</summary>
    Recalling,

    /// <summary>待确认: a campaign offers, the subject has not said yes yet.</summary>
    Consenting,

    /// <summary>完结.</summary>
    Completed,

    /// <summary>不予受理.</summary>
    Declined,

    /// <summary>不予支持.</summary>
    Rejected,

    /// <summary>撤回.</summary>
    Withdrawn,

    /// <summary>已追回.</summary>
    Recalled,

    /// <summary>逾期未确认: nobody answered what a campaign offered.</summary>
    Lapsed,
}

/// <summary>The Chinese words of phases, the only ones that leave the program.</summary>
public static class PhaseWords
{
    public static string Of(CasePhase phase) => phase switch
    {
        CasePhase.Draft => "草稿",
        CasePhase.Accepting => "受理中",
        CasePhase.Reviewing => "审核中",
        CasePhase.Submitting => "待主体办理",
        CasePhase.Publicising => "公示中",
        CasePhase.Paying => "拨付中",
        CasePhase.Correcting => "待补正",
        CasePhase.Reconsidering => "复核中",
        CasePhase.Recalling => "追回中",
        CasePhase.Consenting => "待确认",
        CasePhase.Completed => "完结",
        CasePhase.Declined => "不予受理",
        CasePhase.Rejected => "不予支持",
        CasePhase.Withdrawn => "已撤回",
        CasePhase.Recalled => "已追回",
        _ => "逾期未确认",
    };

    /// <summary>Whether the case is over: another one may be opened for the same thing.</summary>
    public static bool IsClosed(CasePhase phase) => phase >= CasePhase.Completed;
}
