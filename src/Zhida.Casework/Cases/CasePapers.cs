using Zhida.Casework.Clock;
using Zhida.Casework.Paper;
using Zhida.Feel.Values;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>A paper of a case as it was issued: its content, from which it is printed again; never changed.</summary>
public sealed record CasePaper
{
    public required Guid Id { get; init; }

    /// <summary>文号.</summary>
    public required string Number { get; init; }

    /// <summary>The case, or the 公示名单, that it is about.</summary>
    public required Guid About { get; init; }

    /// <summary>受理通知书, ….</summary>
    public required string Title { get; init; }

    /// <summary>As the QR code has it.</summary>
    public required string Digest { get; init; }

    /// <summary>Canonical JSON of the <see cref="OfficialDocument"/>.</summary>
    public required string Content { get; init; }

    public required long At { get; init; }

    internal static CasePaper Of(OfficialDocument document, Guid about, long at) => new()
    {
        Id = Guid.CreateVersion7(), Number = document.Number, About = about, Title = document.Title,
        Digest = DocumentDigest.Of(document), Content = DocumentDigest.Write(document), At = at,
    };
}

/// <summary>The paper that a move makes, if it makes one.</summary>
internal sealed class CasePapers(
    DecisionMaker maker, PaperTerms terms, Case file, Item item, MoveRequest request, long now)
{
    private DateOnly Today => BeijingTime.DateOf(now);

    private Party Recipient => new(file.SubjectName, file.Subject);

    private string Title => $"{item.Number} {item.Title}";

    private DateOnly FiledOn => BeijingTime.DateOf(file.FiledAt ?? now);

    private string Department => request.By.Department;

    private Contact Contact => terms.Contacts(Department);

    private bool IsIllustrative => PaperTerms.IsIllustrative(maker, item);

    private Remedy Remedy => new(terms.ReviewDays, Contact);

    private IReadOnlyList<RefusalReason> Reasons =>
        [.. request.Reason.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => new RefusalReason(line, null))];

    /// <param name="decided">What the move decided, where it did.</param>
    public CasePaper? Of(DecidedLine? decided)
    {
        OfficialDocument? document = request.Move switch
        {
            Move.Accept => Acceptance(),
            Move.AskCorrection => Correction(),
            Move.Decline => new NonAcceptanceDecision
            {
                Number = Numbered("不予受理"), Date = Today, Department = Department,
                Contact = Contact, Illustrative = IsIllustrative, Recipient = Recipient,
                Case = file.Number!, Item = Title, FiledOn = FiledOn, Reasons = Reasons, Remedy = Remedy,
            },
            Move.Reject when decided is not null => new DenialDecision
            {
                Number = Numbered("不予支持"), Date = Today, Department = Department,
                Contact = Contact, Illustrative = IsIllustrative, Recipient = Recipient,
                Case = file.Number!, FiledOn = FiledOn, Reasons = Reasons,
                Findings = Findings.Of(decided.Decision, item.Id), Remedy = Remedy,
            },
            // The last approval before the public sees it, or the money goes.
            Move.Approve when decided is not null && file.Phase is not (CasePhase.Reviewing or CasePhase.Submitting) =>
                Grant(decided),
            Move.Recall => new RecallDecision
            {
                Number = Numbered("追回"), Date = Today, Department = Department,
                Contact = Contact, Illustrative = IsIllustrative, Recipient = Recipient,
                Case = file.Number!, Item = Title, Decision = file.Number!, Paid = file.Amount ?? 0,
                Recalled = file.Amount ?? 0, Reasons = Reasons, DueOn = After(terms.RefundDays), PayTo = terms.PayTo,
                Remedy = Remedy,
            },
            _ => null,
        };
        return document is null ? null : CasePaper.Of(document, file.Id, now);
    }

    private GrantDecision Grant(DecidedLine decided) => new()
    {
        Number = Numbered("支持"), Date = Today, Department = Department, Contact = Contact,
        Illustrative = IsIllustrative, Recipient = Recipient, Case = file.Number!, FiledOn = FiledOn,
        Granted = file.Amount, Findings = Findings.Of(decided.Decision, item.Id), Remedy = Remedy,
    };

    private AcceptanceNotice Acceptance()
    {
        var limits = item.Steps.Skip(file.Step)
            .TakeWhile(s => StepKind.PhaseOf(s) is CasePhase.Reviewing or CasePhase.Submitting)
            .Where(s => s.Actor != StepKind.Applicant).Select(TimeLimit.Of).ToList();
        int? days = limits.Count == 0 || limits.Exists(l => l.Workdays is null) ? null : limits.Sum(l => l.Workdays);
        return new AcceptanceNotice
        {
            Number = Numbered("受理"), Date = Today, Department = Department, Contact = Contact,
            Illustrative = IsIllustrative, Recipient = Recipient, Case = file.Number!, Item = Title,
            FiledOn = FiledOn, AcceptedOn = Today, LimitDays = days, DueOn = After(days),
            Materials = [.. item.Materials.Select(m => new ReceivedMaterial(m.Name, "电子件"))],
        };
    }

    private CorrectionNotice Correction() => new()
    {
        Number = Numbered("补正"), Date = Today, Department = Department, Contact = Contact,
        Illustrative = IsIllustrative, Recipient = Recipient, Case = file.Number!, Item = Title, FiledOn = FiledOn,
        Corrections = [.. Reasons.Select(r => new Correction(r.Reason))],
        LimitDays = terms.CorrectionDays, DueOn = After(terms.CorrectionDays),
    };

    /// <summary>So many working days from today; null: no number, or a year whose calendar is not published.</summary>
    private DateOnly? After(int? workdays) => workdays is { } days &&
        maker.Tables.Calendar.After(BeijingTime.DayOf(now), days) is { } day
            ? DateOnly.FromDayNumber((int)(day + FeelDate.UnixEpochDayNumber)) : null;

    private string Numbered(string word) => $"{file.Number}-{word}-{file.Version}";
}
