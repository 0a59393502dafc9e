namespace Zhida.Casework.Publicity;

/// <summary>
/// A list of proposed grants shown to the public (公示名单): which cases, from which day to which. Anybody may object
/// meanwhile.
/// </summary>
public sealed class PublicNotice
{
    /// <summary>UUID v7.</summary>
    public required Guid Id { get; init; }

    /// <summary>For people: 公示-2026-4.1-000001.</summary>
    public required string Number { get; init; }

    /// <summary>liaoning-2026:4.1.</summary>
    public required string Item { get; init; }

    /// <summary>The office that made it.</summary>
    public required string Office { get; init; }

    public required string PersonId { get; init; }

    public required string PersonName { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long PublishedAt { get; init; }

    /// <summary>The day of publication, in days since 1970-01-01; it is not counted.</summary>
    public required long FromDay { get; init; }

    /// <summary>How long, in 工作日.</summary>
    public required int Workdays { get; init; }

    /// <summary>Why so long, where the policy leaves it open (待细则); else empty.</summary>
    public required string WorkdaysReason { get; init; }

    /// <summary>The last day of the period; null: 暂定, the calendar of its year is not published yet, and it does not
    /// end before that.</summary>
    public long? LastDay { get; internal set; }

    /// <summary>When the last case left the list, in UTC ticks; null: not yet.</summary>
    public long? ClosedAt { get; internal set; }
}

/// <summary>Where a line of a list stands.</summary>
public enum NoticeLineState
{
    /// <summary>公示中.</summary>
    Shown,

    /// <summary>公示期满，无异议或异议不成立.</summary>
    Passed,

    /// <summary>异议成立，退回审核.</summary>
    SentBack,

    /// <summary>申报人撤回.</summary>
    Withdrawn,
}

/// <summary>A case on a list, as the public sees it: no more than name, item, object and amount.</summary>
public sealed class NoticeLine
{
    /// <summary>UUID v7; what the public names in an objection.</summary>
    public required Guid Id { get; init; }

    public required Guid NoticeId { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>The case while it is shown, then null: unique, so that a case is on one open list.</summary>
    public Guid? ShownKey { get; internal set; }

    /// <summary>A person's name is masked.</summary>
    public required string Name { get; init; }

    /// <summary>The claim object's kind and name.</summary>
    public required string Object { get; init; }

    public required string Period { get; init; }

    /// <summary>分; null: no money.</summary>
    public required long? Amount { get; init; }

    public NoticeLineState State { get; internal set; }
}
