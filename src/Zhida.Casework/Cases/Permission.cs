using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>Who may do what with which case.</summary>
internal static class Permission
{
    /// <summary>Why a person may not make a move; null: they may.</summary>
    /// <param name="step">The step at hand; null in a draft and when the case is over.</param>
    /// <param name="made">The moves so far.</param>
    public static Problem? Check(
        MoveRule rule, Case file, Step? step, Person person, IReadOnlyList<CaseMove> made)
    {
        if (rule.By == Mover.Program)
            return person.Role == Role.Program ? null
                : Forbidden($"“{rule.Word}”由系统按结果办理", "等公示期满或财政回执");
        if (rule.By == Mover.Applicant)
            return person.Role == Role.Applicant && person.Subjects.Contains(file.Subject) ? null
                : Forbidden("只有申报主体授权的经办人可以办理", "请主体在“授权经办人”中添加您");
        if (!person.IsOfficial) return Forbidden("这一步由承办部门办理", "等待承办部门");
        // Nobody decides on a case of their own: neither who filed it nor who has a part in the subject.
        if (person.Id == file.Applicant || person.Subjects.Contains(file.Subject))
            return Forbidden("与本件有利害关系，应当回避", "转给同一部门的其他人");
        if (OfficeOf(file, step) is not { } office || person.Office != office)
            return Forbidden($"这一步由{OfficeOf(file, step) ?? "别的部门"}承办", "转给承办部门");
        if (!person.Serves(file.Place)) return Forbidden($"本件属于{file.Place}，不在您的辖区", "转给当地的承办人");
        if (rule.By == Mover.OfficeHead && person.Role != Role.Head)
            return Forbidden($"“{rule.Word}”由部门负责人办理", "转给部门负责人");
        // Who looks again at what was sent back to them passes the same step again.
        if (rule.FreshEyes && made.Any(m => m.PersonId == person.Id && PassesOn(m.Move) &&
                (m.Step != file.Step || file.Phase == CasePhase.Reconsidering)))
            return Forbidden("同一人不能办理两个审批环节", "转给另一位承办人");
        return null;
    }

    /// <summary>Whether a person may see a case at all: the subject's people, and the offices that have a step of the
    /// item, in the place.</summary>
    public static bool MaySee(Case file, Item item, Person person) => person.Role switch
    {
        Role.Program => true,
        Role.Applicant => person.Subjects.Contains(file.Subject),
        _ => file.Phase != CasePhase.Draft && person.Serves(file.Place) &&
             item.Steps.Any(s => s.Actor == person.Office),
    };

    /// <summary>The moves that count as one of two people's approval, or as the decision that is looked at again.
    /// </summary>
    private static bool PassesOn(Move move) => move is Move.Accept or Move.Approve or Move.Reject or Move.Decline;

    private static string? OfficeOf(Case file, Step? step) =>
        file.Holder.Length > 0 && file.Holder != StepKind.Applicant ? file.Holder : step?.Actor;

    private static Problem Forbidden(string message, string mend) => new("forbidden", message, mend);
}
