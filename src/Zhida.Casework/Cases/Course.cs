using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>Where moves lead along the steps of an item.</summary>
internal sealed class Course(Item item, Case file, long now)
{
    /// <summary>Brings the case to where a move leads.</summary>
    public void Go(MoveRule rule)
    {
        if (rule.Move == Move.Consent) file.ConsentedAt = now;
        switch (rule.To)
        {
            case Target.Same: break;
            case Target.FirstStep: Begin(StepKind.First(item)); break;
            case Target.NextStep: Begin(file.Step + 1); break;
            case Target.PreviousReview: Begin(PreviousReview()); break;
            case Target.StepAtHand: Resume(); break;
            case Target.Correcting: HandOver(CasePhase.Correcting); break;
            case Target.Reconsidering: Reconsider(); break;
            case Target.Recalling: Enter(CasePhase.Recalling, item.Steps[file.Step].Actor); break;
            case Target.PayingAgain: Begin(LastPayment()); break;
            case Target.AsBefore: Close(file.Before!.Value); break;
            case Target.Declined: Close(CasePhase.Declined); break;
            case Target.Rejected: Close(CasePhase.Rejected); break;
            case Target.Withdrawn: Close(CasePhase.Withdrawn); break;
            case Target.Lapsed: Close(CasePhase.Lapsed); break;
            default: Close(CasePhase.Recalled); break;
        }
        if (rule.Move is Move.File or Move.Offer) file.FiledAt ??= now;
        if (rule.Move == Move.AskCorrection) file.Corrections++;
    }

    /// <summary>Begins a step; behind the last the case is complete. Nothing is paid where there is no money.</summary>
    private void Begin(int index)
    {
        while (index < item.Steps.Count && file.Amount is null or 0 && file.Phase != CasePhase.Draft &&
               StepKind.PhaseOf(item.Steps[index]) == CasePhase.Paying) index++;
        if (index >= item.Steps.Count)
        {
            Close(CasePhase.Completed);
            return;
        }
        file.Step = index;
        (file.StepBeganAt, file.Pauses, file.Alarm) = (now, "", 0);
        var phase = StepKind.PhaseOf(item.Steps[index]);
        // Nobody is paid what they did not ask for before they say yes.
        if (phase == CasePhase.Paying && file is { Campaign: not null, ConsentedAt: null })
            Enter(CasePhase.Consenting, StepKind.Applicant);
        else Enter(phase, item.Steps[index].Actor);
    }

    private void Enter(CasePhase phase, string holder) => (file.Phase, file.Holder) = (phase, holder);

    /// <summary>The applicant has done their part, or a refusal was undone: the office goes on at its step.</summary>
    private void Resume()
    {
        if (file.Phase == CasePhase.Correcting)
        {
            file.Pauses += $"{now};";
            Enter(StepKind.PhaseOf(item.Steps[file.Step]), item.Steps[file.Step].Actor);
        }
        else Begin(file.Step);
    }

    /// <summary>The clock of the office stands while the applicant holds the case.</summary>
    private void HandOver(CasePhase phase)
    {
        file.Pauses += $"{now}-";
        Enter(phase, StepKind.Applicant);
    }

    private void Reconsider()
    {
        file.Before = file.Phase;
        file.OpenKey = CaseDesk.KeyOf(file.Subject, file.Item, file.Object, file.Period);
        file.StepBeganAt = now;
        Enter(CasePhase.Reconsidering, item.Steps[file.Step].Actor);
    }

    private void Close(CasePhase phase)
    {
        Enter(phase, "");
        (file.DueDay, file.DueProvisional) = (Case.NoDay, false);
        if (phase != CasePhase.Completed) file.OpenKey = null;
        // Who answers for a grant afterwards is the office that judged it last.
        else file.Step = LastReview(item.Steps.Count);
    }

    /// <summary>The step at which money was paid; only what was paid comes back.</summary>
    private int LastPayment()
    {
        var last = item.Steps.Count - 1;
        while (last > 0 && StepKind.PhaseOf(item.Steps[last]) != CasePhase.Paying) last--;
        return last;
    }

    private int PreviousReview() => LastReview(file.Step);

    /// <summary>The last step before another at which an office judges; the first of an office where there is none.
    /// </summary>
    private int LastReview(int before)
    {
        for (var i = before - 1; i >= 0; i--)
            if (StepKind.PhaseOf(item.Steps[i]) is CasePhase.Reviewing or CasePhase.Accepting) return i;
        return Math.Min(StepKind.First(item), Math.Max(item.Steps.Count - 1, 0));
    }
}
