using Zhida.Casework.Paper;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>What papers say that no policy fixes: where departments are reached, and periods that this installation was
/// given; null: none, and the paper names none.</summary>
public sealed record PaperTerms(Func<string, Contact> Contacts)
{
    /// <summary>工作日 for a correction.</summary>
    public int? CorrectionDays { get; init; }

    /// <summary>工作日 to ask for 复核.</summary>
    public int? ReviewDays { get; init; }

    /// <summary>工作日 to give back what is recalled.</summary>
    public int? RefundDays { get; init; }

    /// <summary>Name, bank and number of the account for it.</summary>
    public string? PayTo { get; init; }

    /// <summary>Whether an item rests on a layer of illustrative rules (示范): its papers say so.</summary>
    internal static bool IsIllustrative(DecisionMaker maker, Item item) =>
        maker.Program.Policies.Where(p => p.Items.Contains(item)).SelectMany(p => p.Layers)
            .Any(l => l.Title.Contains("示范", StringComparison.Ordinal));
}
