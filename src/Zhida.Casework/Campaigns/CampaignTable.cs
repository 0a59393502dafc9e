namespace Zhida.Casework.Campaigns;

/// <summary>Where a campaign is.</summary>
public enum CampaignState
{
    /// <summary>建立.</summary>
    Created,

    /// <summary>已快照: the population is copied and hashed.</summary>
    Snapshotted,

    /// <summary>已匹配: the result table is frozen.</summary>
    Matched,

    /// <summary>核查中: the lines are loaded and looked at one by one.</summary>
    Checking,

    /// <summary>待签批: the list is complete and waits for its signatures.</summary>
    Signing,

    /// <summary>审定中: cases are opened, decided with the ledger and approved.</summary>
    Approving,

    /// <summary>公示中.</summary>
    Publicising,

    /// <summary>征询同意.</summary>
    Consenting,

    /// <summary>拨付中.</summary>
    Paying,

    /// <summary>抽查中.</summary>
    Sampling,

    /// <summary>完结.</summary>
    Completed,

    /// <summary>终止.</summary>
    Stopped,
}

/// <summary>A row of the table of campaigns.</summary>
/// <param name="When">What must be so.</param>
public sealed record CampaignRule(CampaignState From, CampaignState To, string When);

/// <summary>All that can happen to a campaign as a whole. From 公示 on it stands where its slowest case stands.
/// </summary>
public static class CampaignTable
{
    public static IReadOnlyList<CampaignRule> Rules { get; } = Array.AsReadOnly<CampaignRule>(
    [
        new(CampaignState.Created, CampaignState.Snapshotted, "数据已复制并算出SM3"),
        new(CampaignState.Snapshotted, CampaignState.Matched, "结果表已生成并算出SM3"),
        new(CampaignState.Matched, CampaignState.Checking, "结果表的行已全部装入"),
        new(CampaignState.Checking, CampaignState.Signing, "每一行都已核查"),
        new(CampaignState.Signing, CampaignState.Approving, "各审核环节的承办人（至少两人）都已签批"),
        new(CampaignState.Approving, CampaignState.Publicising, "每一行都已审定或剔除"),
        new(CampaignState.Publicising, CampaignState.Consenting, "没有办件在审核、公示"),
        new(CampaignState.Publicising, CampaignState.Paying, "没有办件在审核、公示、待确认"),
        new(CampaignState.Publicising, CampaignState.Sampling, "所有办件都已办结"),
        new(CampaignState.Consenting, CampaignState.Paying, "没有办件待确认"),
        new(CampaignState.Consenting, CampaignState.Sampling, "所有办件都已办结"),
        new(CampaignState.Paying, CampaignState.Sampling, "所有办件都已办结，样本已抽取"),
        new(CampaignState.Sampling, CampaignState.Completed, "样本都有结论，有误的已追回"),
        new(CampaignState.Created, CampaignState.Stopped, "承办人终止"),
        new(CampaignState.Snapshotted, CampaignState.Stopped, "承办人终止"),
        new(CampaignState.Matched, CampaignState.Stopped, "承办人终止"),
        new(CampaignState.Checking, CampaignState.Stopped, "承办人终止"),
        new(CampaignState.Signing, CampaignState.Stopped, "承办人终止"),
    ]);

    public static string WordOf(CampaignState state) => state switch
    {
        CampaignState.Created => "建立",
        CampaignState.Snapshotted => "已快照",
        CampaignState.Matched => "已匹配",
        CampaignState.Checking => "核查中",
        CampaignState.Signing => "待签批",
        CampaignState.Approving => "审定中",
        CampaignState.Publicising => "公示中",
        CampaignState.Consenting => "征询同意",
        CampaignState.Paying => "拨付中",
        CampaignState.Sampling => "抽查中",
        CampaignState.Completed => "完结",
        _ => "终止",
    };
}
