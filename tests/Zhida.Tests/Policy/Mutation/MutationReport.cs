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

    /// <summary>The share of mutants killed, of figures or of the rest.</summary>
    public decimal Killed(bool figures)
    {
        var of = outcomes.Where(o => o.Mutant.IsOfFigures == figures).ToList();
        return of.Count == 0 ? 1 : (decimal)of.Count(o => o.Verdict != Verdict.Survived) / of.Count;
    }

    public string Markdown()
    {
        var text = new StringBuilder("""
            # Mutants of the policy files
            Every measure file of liaoning-2026 and of its illustrative layer, each time with one thing changed and the
            examples as they are: does `check` or an example notice? `MutationTests` asks this on every run of
            `./test`, and writes this page where `ZHIDA_MUTATION_REPORT=1`. A figure's change must never
            survive, of the others at most 5 %; each survivor has its reason in
            `tests/Zhida.Tests/Policy/Mutation/survivors.txt`.


            """);
        text.Append(CultureInfo.InvariantCulture,
            $"Killed: {Killed(true):0.0%} of the figures, {Killed(false):0.0%} of the rest.\n\n");
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
            text.Append(CultureInfo.InvariantCulture, $"| {name(group.Key)} | {group.Count()} | " +
                $"{Count(Verdict.KilledByChecker)} | {Count(Verdict.KilledByExamples)} | " +
                $"{Count(Verdict.Survived)} |\n");
        }
    }
}
