using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Tests.Policy.Batch;

/// <summary>Whether a run over one subject says what a decision about it says.</summary>
internal static class Agreement
{
    public static int Check(string name, RunContext context, SubjectFacts facts)
    {
        var decided = new Decider(context.Program, context.On).Decide(facts);
        var results = SmallRun.Of(context, [facts]).ToLookup(r => r.Item);
        var order = PathsOf(context.Program.Dictionary);
        var lines = 0;
        for (var item = 0; item < decided.Count; item++)
        {
            if (context.Items[item].PrefersDeclared && !ReferenceEquals(facts.Declared, facts)) continue;
            var expected = decided[item].Lines.Select(l => Told(l, order)).Order(StringComparer.Ordinal);
            var actual = results[item].Select(r => Told(r, context)).Order(StringComparer.Ordinal);
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

    private static string Told(ResultLine line, RunContext context) =>
        $"{line.Object}/{PeriodCode.Name(line.Period)} {line.Outcome} {line.State} {line.Amount} {line.FirstFailed} " +
        context.Missing[line.Missing];

    private static List<string> PathsOf(Dictionary dictionary) => [.. dictionary.Objects.Values.SelectMany(t =>
        t.Facts.Select(f => f.Path).Concat(t.YearFacts.Select(f => f.Path)).Prepend(t.Name))];
}
