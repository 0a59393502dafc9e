using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>What a step of an item (办理) is, told by who does it and how it is called.</summary>
public static class StepKind
{
    /// <summary>承办 of a step that the applicant does.</summary>
    public const string Applicant = "主体";

    /// <summary>承办 of a step that the city, or the zone, does for its own.</summary>
    public const string City = "市或示范区";

    private static readonly string[] Payments = ["拨付", "兑付", "发放"];

    /// <summary>The phase of a case that is at a step.</summary>
    public static CasePhase PhaseOf(Step step) =>
        step.Actor == Applicant ? CasePhase.Submitting
        : step.Name.Contains("受理", StringComparison.Ordinal) ? CasePhase.Accepting
        : step.Name.Contains("公示", StringComparison.Ordinal) ? CasePhase.Publicising
        : Payments.Any(p => step.Name.Contains(p, StringComparison.Ordinal)) ? CasePhase.Paying
        : CasePhase.Reviewing;

    /// <summary>The step at which a filed case begins: the first that is not the applicant's; the number of steps where
    /// there is none.</summary>
    public static int First(Item item)
    {
        var first = 0;
        while (first < item.Steps.Count && item.Steps[first].Actor == Applicant) first++;
        return first;
    }
}
