using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Tests.Policy.Batch;

/// <summary>Whether a run over one subject says what a decision about it says.</summary>
internal sealed class Agreement(RunContext context)
{
    private readonly Decider _reference = new(context.Program, context.On);
    private readonly SmallRun _run = new(context);
    private readonly List<string> _order = PathsOf(context.Program.Dictionary);

    /// <summary>How many lines agree.</summary>
    public int Check(string name, SubjectFacts facts)
    {
        var decided = _reference.Decide(facts);
        var results = _run.Of([facts]).ToLookup(r => r.Item);
        var lines = 0;
        for (var item = 0; item < decided.Count; item++)
        {
            if (context.Items[item].PrefersDeclared && !ReferenceEquals(facts.Declared, facts)) continue;
            var expected = decided[item].Lines.Select(l => Told(l, _order)).Order(StringComparer.Ordinal);
            var actual = results[item].Select(r => Told(r)).Order(StringComparer.Ordinal);
            Assert.True(expected.SequenceEqual(actual), $"{name}: {decided[item].Item.Id}\n" +
                $"decided {string.Join('\n', expected)}\nrun     {string.Join('\n', actual)}");
            lines += decided[item].Lines.Count;
        }
        return lines;
    }

    private static string Told(Line line, List<string> order)
    {
        var missing = line.Missing.Select(m => m.Path).Distinct().OrderBy(order.IndexOf);
        var draws = line is { Outcome: Outcome.Due, AmountState: AmountState.Fixed };
        return $"{line.Object.Id}/{line.Period} {line.Outcome} {line.AmountState} " +
            $"{(draws ? (long)(line.Amount!.Value * 100) : null)} {line.FirstFailed} {string.Join('；', missing)}";
    }

    private string Told(ResultLine line) =>
        $"{line.Object}/{PeriodCode.Name(line.Period)} {line.Outcome} {line.State} {line.Amount} {line.FirstFailed} " +
        context.Missing[line.Missing];

    private static List<string> PathsOf(Dictionary dictionary) => [.. dictionary.Objects.Values.SelectMany(t =>
        t.Facts.Select(f => f.Path).Concat(t.YearFacts.Select(f => f.Path)).Prepend(t.Name))];
}
