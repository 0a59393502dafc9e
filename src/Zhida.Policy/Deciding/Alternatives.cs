using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>Decides an item again under every other option of each of its readings, one at a time, and keeps what
/// changes (SEMANTICS: a decision that would differ under another reading says so).</summary>
internal static class Alternatives
{
    /// <param name="lines">The item's lines, decided; what is found is added to them.</param>
    /// <param name="together">The item with those on which its money may hang, in the order of the program.</param>
    public static void Add(
        List<Line> lines, ItemEvaluator item, IReadOnlyList<ItemEvaluator> together, SubjectFacts facts,
        ILookup<string, Item> sharers)
    {
        // Of an object of which nothing is known yet, no reading is worth trying.
        if (lines.Count == 0 || lines[0].Object.Id.Length == 0) return;
        foreach (var reading in item.Item.Readings)
        {
            if (!lines.Exists(l => MayChange(l, reading, item))) continue;
            var current = item.CurrentOption(reading);
            var perLine = new List<AlternativeResult>?[lines.Count];
            foreach (var option in reading.Options)
            {
                if (option == current) continue;
                item.Switch(reading, option);
                var all = together.Select(i => i.Lines(Decider.Chosen(i, facts), LineDetail.None)).ToList();
                Allocator.Run(all, facts, sharers, explain: false);
                Compare(lines, all[IndexOf(item, together)], option, perLine, facts.Claims is not null);
            }
            item.ResetReadings();
            for (var i = 0; i < lines.Count; i++)
                if (perLine[i] is { } results)
                {
                    lines[i].Readings = [.. lines[i].Readings, new ReadingResult(reading, current, results)];
                    if (!reading.IsConfirmed) lines[i].Open = [.. lines[i].Open, $"口径.{reading.Question}"];
                }
        }
    }

    private static int IndexOf(ItemEvaluator item, IReadOnlyList<ItemEvaluator> together)
    {
        var index = 0;
        while (together[index] != item) index++;
        return index;
    }

    private static bool MayChange(Line line, Reading reading, ItemEvaluator item) => line.Outcome != Outcome.NotDue ||
        item.Uses.CanRescue(reading, i => line.Conditions[i].Outcome == Outcome.NotDue);

    private static void Compare(
        List<Line> lines, List<Line> others, string option, List<AlternativeResult>?[] perLine, bool claimed)
    {
        // The same lines: compare them pairwise. Other periods: compare the totals, told at the object's first line.
        var same = lines.Count == others.Count && lines.Zip(others).All(
            p => ReferenceEquals(p.First.Object, p.Second.Object) && p.First.Period == p.Second.Period);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (same)
            {
                if (Differs(line, others[i])) (perLine[i] ??= []).Add(ResultOf(option, others[i]));
                continue;
            }
            // Of a line that is claimed alone there is no total: other periods have no such line.
            if (claimed)
            {
                var other = others.Find(o => ReferenceEquals(o.Object, line.Object) && o.Period == line.Period);
                if (other is null) (perLine[i] ??= []).Add(new AlternativeResult(option, null, null, null, null));
                else if (Differs(line, other)) (perLine[i] ??= []).Add(ResultOf(option, other));
                continue;
            }
            if (i > 0 && ReferenceEquals(lines[i - 1].Object, line.Object)) continue;
            var before = Total(lines.Where(l => ReferenceEquals(l.Object, line.Object)), option);
            var after = Total(others.Where(l => ReferenceEquals(l.Object, line.Object)), option);
            if (before != after) (perLine[i] ??= []).Add(after);
        }
    }

    private static bool Differs(Line a, Line b) =>
        a.Outcome != b.Outcome || a.AmountState != b.AmountState || a.Amount != b.Amount || a.Bound != b.Bound;

    private static AlternativeResult ResultOf(string option, Line line) =>
        new(option, line.Outcome, line.AmountState, line.Amount, line.Bound);

    private static AlternativeResult Total(IEnumerable<Line> lines, string option)
    {
        var due = lines.Where(l => l.Outcome != Outcome.NotDue).ToList();
        if (due.Count == 0) return new AlternativeResult(option, Outcome.NotDue, AmountState.None, null, null);
        return new AlternativeResult(
            option, due.Any(l => l.Outcome == Outcome.Due) ? Outcome.Due : Outcome.Undecided, due[0].AmountState,
            due.Any(l => l.Amount is null) ? null : due.Sum(l => l.Amount),
            due.Any(l => (l.Amount ?? l.Bound) is null) ? null
                : due.Sum(l => l.BoundAmongOthers ?? l.Amount ?? l.Bound));
    }
}
