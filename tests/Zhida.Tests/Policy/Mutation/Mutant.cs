using System.Text;
using Zhida.Policy;

namespace Zhida.Tests.Policy.Mutation;

/// <summary>What a mutant changes. The first five are changes of figures: they survive only where no decision can
/// change.</summary>
internal enum MutantKind
{
    FigureOfValue,
    FigureOfBasis,
    FigureOfQuote,
    FiguresSwapped,
    Threshold,
    Comparison,
    AndOr,
    MinMax,
    ListedValueDropped,
    CapDropped,
    ConditionDropped,
}

/// <summary>Text put in the place of a stretch of a file.</summary>
internal readonly record struct Edit(int Start, int Length, string Text)
{
    public static string Apply(string text, IEnumerable<Edit> edits)
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var edit in edits.OrderBy(e => e.Start))
        {
            if (edit.Start < at) continue;
            result.Append(text, at, edit.Start - at).Append(edit.Text);
            at = edit.Start + edit.Length;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }
}

/// <summary>A measure file with one thing changed.</summary>
/// <param name="Item">The item's number; null where the change concerns the whole policy.</param>
/// <param name="Change">The place with the change inside: <c>a ⟦and→or⟧ b</c>.</param>
internal sealed record Mutant(
    MutantKind Kind, string? Item, Location Location, string Change, IReadOnlyList<Edit> Edits)
{
    public bool IsOfFigures => Kind <= MutantKind.Threshold;

    /// <summary>Of a figure that the official text fixes (its 依据 marks it in bold), or of the text itself.</summary>
    public bool IsOfText => Kind is MutantKind.FigureOfBasis or MutantKind.FigureOfQuote ||
        Kind == MutantKind.FigureOfValue && Change.Contains("**", StringComparison.Ordinal);

    /// <summary>Names the mutant whatever line it stands in.</summary>
    public string Key => $"{Item ?? Path.GetFileName(Location.File)} {Kind}: {Change}";
}
