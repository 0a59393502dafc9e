namespace Zhida.Casework.Publicity;

/// <summary>A list that an official wants to publish.</summary>
/// <param name="Id">Made by the caller (UUID v7): the same request again is made once.</param>
/// <param name="Item">As the official names it: 4.1 or liaoning-2026:4.1.</param>
/// <param name="Cases">All in phase 公示, of that item.</param>
public sealed record PublishRequest(Guid Id, string Item, IReadOnlyList<Guid> Cases)
{
    /// <summary>Only where the policy leaves the length open: so many 工作日.</summary>
    public int? Workdays { get; init; }

    /// <summary>Why so many.</summary>
    public string WorkdaysReason { get; init; } = "";
}

/// <summary>A list as the public sees it.</summary>
/// <param name="IsProvisional">暂定: the last day is not known before the calendar of its year is published.</param>
public sealed record ShownNotice(
    string Number, string Item, string Office, DateOnly From, DateOnly? Last, int Workdays, bool IsProvisional,
    IReadOnlyList<ShownLine> Lines);

/// <summary>A line of it.</summary>
/// <param name="Id">To be named in an objection.</param>
/// <param name="Amount">分; null: no money.</param>
/// <param name="State">公示中, 公示期满, 异议成立退回, 已撤回.</param>
public sealed record ShownLine(Guid Id, string Name, string Object, string Period, long? Amount, string State);
