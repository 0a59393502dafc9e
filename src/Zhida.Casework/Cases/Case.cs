namespace Zhida.Casework.Cases;

/// <summary>
/// An application for one line: item, subject, claim object, period (SEMANTICS 3). A row of the database; changed only
/// by moves, each of which leaves a <see cref="CaseMove"/>.
/// </summary>
public sealed class Case
{
    /// <summary>UUID v7.</summary>
    public required Guid Id { get; init; }

    /// <summary>For people: year, item, count; given when filed.</summary>
    public string? Number { get; internal set; }

    /// <summary>liaoning-2026:4.1.</summary>
    public required string Item { get; init; }

    /// <summary>统一社会信用代码.</summary>
    public required string Subject { get; init; }

    public required string SubjectName { get; init; }

    /// <summary>The claim object's 编号 among the subject's.</summary>
    public required string Object { get; init; }

    /// <summary>The line's period: "2026", "政策期", "一次".</summary>
    public required string Period { get; init; }

    /// <summary>Subject, item, object and period while the case is open, then null: unique, so that there is one open
    /// case of each.</summary>
    public string? OpenKey { get; internal set; }

    public CasePhase Phase { get; internal set; }

    /// <summary>The phase before 复核, to go back to.</summary>
    public CasePhase? Before { get; internal set; }

    /// <summary>Index of the item's step at hand.</summary>
    public int Step { get; internal set; }

    /// <summary>The office whose turn it is; 主体 while the applicant holds the case; empty when it is over.</summary>
    public string Holder { get; internal set; } = "";

    /// <summary>The division code that the subject is administered by (主体.管辖): a city's, or LN-SFXQ.</summary>
    public string Place { get; internal set; } = "";

    /// <summary>The city of the place (its first four digits), or LN-SFXQ: whose queue it is in.</summary>
    public string City { get; internal set; } = "";

    /// <summary>Counts changes: who saves must have seen the last one.</summary>
    public long Version { get; internal set; }

    /// <summary>What the applicant says, as it was typed; in a draft also what is not valid.</summary>
    public required string Facts { get; set; }

    /// <summary>The same with what registers say, each value with source and time (Registers.FactsMerge); what is
    /// decided on since it was filed.</summary>
    public string? Checked { get; internal set; }

    /// <summary>待核验: facts whose register was down, as JSON.</summary>
    public string Awaiting { get; internal set; } = NothingAwaited;

    public const string NothingAwaited = "[]";

    /// <summary>Attachments by material, as JSON.</summary>
    public string Materials { get; internal set; } = "{}";

    public required string Applicant { get; init; }

    /// <summary>The campaign (免申即享) that opened it; null: it was filed.</summary>
    public Guid? Campaign { get; init; }

    /// <summary>判定日 of the campaign, in days since 1970-01-01; null: the day of each move.</summary>
    public long? DecidedAsOf { get; init; }

    /// <summary>判定日 of a decision made today.</summary>
    internal DateOnly DayToDecide(DateOnly today) => DecidedAsOf is { } day ? Clock.BeijingTime.DateAt(day) : today;

    /// <summary>How many working days the subject has to consent to what a campaign offers.</summary>
    public int ConsentDays { get; init; }

    /// <summary>When the subject consented.</summary>
    public long? ConsentedAt { get; internal set; }

    /// <summary>Granted by the last decision, in 分; null: none yet, or no money.</summary>
    public long? Amount { get; internal set; }

    /// <summary>The last decision.</summary>
    public Guid? Decision { get; internal set; }

    /// <summary>How often a correction was asked for.</summary>
    public int Corrections { get; internal set; }

    /// <summary>UTC ticks, as all times here.</summary>
    public required long CreatedAt { get; init; }

    public long ChangedAt { get; internal set; }

    public long? FiledAt { get; internal set; }

    public long StepBeganAt { get; internal set; }

    /// <summary>When the applicant held the case during the step at hand: <c>from-to;</c> in ticks, the last open while
    /// it lasts.</summary>
    public string Pauses { get; internal set; } = "";

    /// <summary>The last day of the step's time limit, in days since 1970-01-01; <see cref="NoDay"/>: none, or open, or
    /// standing still.</summary>
    public long DueDay { get; internal set; } = NoDay;

    /// <summary>Behind every day: what has no time limit comes last in a queue.</summary>
    public const long NoDay = long.MaxValue;

    /// <summary>The year's calendar is not published: the day may still change (暂定).</summary>
    public bool DueProvisional { get; internal set; }

    /// <summary>The light that has been told of (Clock.Escalation).</summary>
    public int Alarm { get; internal set; }
}

/// <summary>A move that was made; never changed (append-only, sealed by the audit chain).</summary>
public sealed record CaseMove
{
    /// <summary>From the caller, so that trying again makes no second move.</summary>
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>The case's version after it.</summary>
    public required long Version { get; init; }

    public required Move Move { get; init; }

    public required CasePhase From { get; init; }

    public required CasePhase To { get; init; }

    /// <summary>Index and name of the step at which it was made.</summary>
    public required int Step { get; init; }

    public required string StepName { get; init; }

    public required string PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Office { get; init; }

    public required long At { get; init; }

    public required string Reason { get; init; }

    public Guid? Decision { get; init; }

    /// <summary>What else was done, as canonical JSON: the transfers, the digest of saved facts.</summary>
    public required string Body { get; init; }
}

/// <summary>A decision with all that it rests on: facts, version, balances (SEMANTICS 6); never changed.</summary>
public sealed record CaseDecision
{
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    public required long At { get; init; }

    /// <summary>The version that decided.</summary>
    public required string Bundle { get; init; }

    /// <summary>符合, 不符合, 待补充.</summary>
    public required string Outcome { get; init; }

    public required string AmountState { get; init; }

    /// <summary>分; null where no amount stands.</summary>
    public required long? Amount { get; init; }

    /// <summary>The decision as <c>verify</c> takes it.</summary>
    public required string Json { get; init; }
}
