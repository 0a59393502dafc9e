namespace Zhida.Casework.Campaigns;

/// <summary>Where a line of a campaign is. Once it has a case, the case tells the rest.</summary>
public enum CampaignLineState
{
    /// <summary>待核查.</summary>
    Pending,

    /// <summary>核查通过.</summary>
    Passed,

    /// <summary>剔除.</summary>
    Excluded,

    /// <summary>金额有出入: the ledger gives another amount than the frozen table.</summary>
    Differing,

    /// <summary>需人工处理: the case could not be approved.</summary>
    Stuck,

    /// <summary>已审定: it has a case that is approved.</summary>
    Approved,
}

/// <summary>A line of the frozen result table that is 符合 with a fixed amount.</summary>
public sealed class CampaignLine
{
    /// <summary>By campaign and position, so that loading twice makes one row.</summary>
    public required Guid Id { get; init; }

    public required Guid CampaignId { get; init; }

    /// <summary>The row of the result table, from 1: the order in which lines draw on caps.</summary>
    public required long Position { get; init; }

    /// <summary>编号 of the subject in the population.</summary>
    public required string SubjectKey { get; init; }

    /// <summary>统一社会信用代码; empty where the population doesn't have it.</summary>
    public required string Subject { get; init; }

    public required string SubjectName { get; init; }

    public required string Object { get; init; }

    public required string Period { get; init; }

    /// <summary>分, as the result table has it.</summary>
    public required long Amount { get; init; }

    /// <summary>The subject's facts in the snapshot, as JSON.</summary>
    public required string Facts { get; init; }

    public CampaignLineState State { get; internal set; }

    /// <summary>Why it is where it is, for people.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>分, as the ledger's balances have it, where that differs.</summary>
    public long? LedgerAmount { get; internal set; }

    /// <summary>分, the other amount that an official has agreed to.</summary>
    public long? AgreedAmount { get; internal set; }

    /// <summary>The official who judged it by hand.</summary>
    public string? JudgedBy { get; internal set; }

    public Guid? CaseId { get; internal set; }
}

/// <summary>What a look at a paid line came to.</summary>
public enum Finding
{
    /// <summary>未查.</summary>
    None,

    /// <summary>属实.</summary>
    Right,

    /// <summary>有误: to be recalled.</summary>
    Wrong,
}

/// <summary>A paid line that was drawn to be looked at.</summary>
public sealed class CampaignSample
{
    /// <summary>The line.</summary>
    public required Guid LineId { get; init; }

    public required Guid CampaignId { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>City and band of amount: 2101/10万至100万元.</summary>
    public required string Stratum { get; init; }

    /// <summary>Who looks: nobody who acted in the campaign.</summary>
    public string? AssignedTo { get; internal set; }

    public Finding Finding { get; internal set; }

    public string Note { get; internal set; } = "";

    public long? FoundAt { get; internal set; }
}
