using System.Globalization;
using System.Text;

namespace Zhida.Tests.Policy.Mutation;

/// <summary>A mutant and what became of it.</summary>
internal sealed record Outcome(Mutant Mutant, Verdict Verdict);

/// <summary>What a run found, as docs/mutation.md shows it.</summary>
/// <param name="outcomes">All mutants, in the order of the files.</param>
/// <param name="reasons">Why a survivor may live, by its key.</param>
internal sealed class MutationReport(IReadOnlyList<Outcome> outcomes, IReadOnlyDictionary<string, string> reasons)
{
    private static readonly Dictionary<MutantKind, string> Names = new()
    {
        [MutantKind.FigureOfValue] = "a value changed by one in its last digit",
        [MutantKind.FigureOfBasis] = "the marked figure of a 依据 changed by one",
        [MutantKind.FigureOfQuote] = "a figure of the quoted text changed by one",
        [MutantKind.FiguresSwapped] = "two figures swapped, alone or with their 依据",
        [MutantKind.Threshold] = "a number or code in an expression or a table's test changed by one",
        [MutantKind.Comparison] = "a comparison turned",
        [MutantKind.AndOr] = "and, or exchanged",
        [MutantKind.MinMax] = "min, max exchanged",
        [MutantKind.ListedValueDropped] = "a listed value dropped",
        [MutantKind.CapDropped] = "a cap dropped",
        [MutantKind.ConditionDropped] = "a condition dropped",
    };

    public IEnumerable<Mutant> Survivors => outcomes.Where(o => o.Verdict == Verdict.Survived).Select(o => o.Mutant);

    /// <summary>The share of such mutants that was killed.</summary>
    public decimal Killed(Func<Mutant, bool> such) =>
        1 - (decimal)Survivors.Count(such) / outcomes.Count(o => such(o.Mutant));

    private int Count(Func<Mutant, bool> such) => outcomes.Count(o => such(o.Mutant));

    public string Markdown()
    {
        var text = new StringBuilder("""
            # Mutants of the policy files
            Every measure file of liaoning-2026 and of its illustrative layer, each time with one thing changed and the
            examples as they are: does `check` or an example notice? `MutationTests` asks this on every run of `./test`,
            and writes this page where `ZHIDA_MUTATION_REPORT=1`. A changed figure of the official text must never
            survive, of what is no figure at least 95 % must be killed, and whatever survives must have its reason in
            `tests/Zhida.Tests/Policy/Mutation/survivors.txt`.


            """);
        text.Append(CultureInfo.InvariantCulture,
            $"""
            Killed:
            - {Killed(m => m.IsOfText):0.0%} of {Count(m => m.IsOfText)} changes of the official text's figures;
            - {Killed(m => m.IsOfFigures):0.0%} of {Count(m => m.IsOfFigures)} changes of figures, those of the text, of
              the layer and of expressions;
            - {Killed(m => !m.IsOfFigures):0.0%} of {Count(m => !m.IsOfFigures)} other changes.


            """);
        Table(text, "change", outcomes.GroupBy(o => o.Mutant.Kind).OrderBy(g => g.Key), kind => Names[kind]);
        text.Append('\n');
        Table(text, "file", outcomes.GroupBy(o => o.Mutant.Location.File)
            .OrderBy(g => g.Key, StringComparer.Ordinal), file => file);
        text.Append("\n## Survivors\nThe line, the item, the change between ⟦ and ⟧, and why it may live.\n\n");
        foreach (var mutant in Survivors) text.Append(Line(mutant)).Append('\n');
        return text.ToString();
    }

    private string Line(Mutant mutant) =>
        $"- {mutant.Location.File}:{mutant.Location.Line} {mutant.Item} " +
        $"`{mutant.Change.Replace('`', '´')}`: {reasons.GetValueOrDefault(mutant.Key, "no reason given")}";

    private static void Table<T>(
        StringBuilder text, string head, IEnumerable<IGrouping<T, Outcome>> groups, Func<T, string> name)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {head} | mutants | by check | by examples | survive |\n");
        text.Append("|---|---:|---:|---:|---:|\n");
        foreach (var group in groups)
        {
            int Count(Verdict verdict) => group.Count(o => o.Verdict == verdict);
            text.Append(CultureInfo.InvariantCulture, $"| {name(group.Key)} | {group.Count()} | ");
            text.Append(CultureInfo.InvariantCulture,
                $"{Count(Verdict.KilledByChecker)} | {Count(Verdict.KilledByExamples)} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Count(Verdict.Survived)} |\n");
        }
    }
}
