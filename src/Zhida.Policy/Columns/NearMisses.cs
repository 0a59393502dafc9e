using System.Numerics;
using Zhida.Policy.Batch;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>Finds the lines of an item that are 差一点: those for which one condition is false and all others are true.
/// Of a line that failed only the conditions after that are still to be met. Used by one thread.</summary>
internal sealed class NearMisses(int item, ItemPlan plan, Evaluator evaluator, CityCounts cities, Arena arena)
{
    private readonly List<(int Condition, ulong[] Lines)> _failed = [];

    /// <summary>Turns to another chunk.</summary>
    public void Begin() => _failed.Clear();

    /// <summary>Takes the lines that failed at a condition; those for which one before it was unknown don't count.
    /// </summary>
    public void Add(int condition, Standing state)
    {
        var lines = arena.Bits(state.Rows.Count);
        for (var w = 0; w < state.Rows.Words; w++) lines[w] = state.Failed[w] & ~state.Undecided[w];
        _failed.Add((condition, lines));
    }

    /// <summary>Tells the sink of those for which all other conditions hold.</summary>
    public void Count(Rows rows, LineSink sink)
    {
        if (_failed.Count == 0) return;
        var near = arena.Bits(rows.Count);
        near.AsSpan(0, rows.Words).Clear();
        var next = 0;
        for (var condition = _failed[0].Condition; condition < plan.Conditions.Count; condition++)
        {
            Keep(plan.Conditions[condition].Holds, near, rows);
            if (next == _failed.Count || _failed[next].Condition != condition) continue;
            for (var w = 0; w < rows.Words; w++) near[w] |= _failed[next].Lines[w];
            next++;
        }
        foreach (var (condition, lines) in _failed)
        {
            for (var w = 0; w < rows.Words; w++) lines[w] &= near[w];
            if (Among(lines, rows) is { } some) Tell(condition, some, sink);
        }
    }

    /// <summary>Takes out the lines for which a condition does not hold.</summary>
    private void Keep(Node holds, ulong[] lines, Rows rows)
    {
        if (holds.IsTrue || Among(lines, rows) is not { } some) return;
        if (holds.Domain is null || evaluator.PaysWhole(holds, some.Count))
        {
            var whole = evaluator.Bool(holds, rows).Holds;
            for (var w = 0; w < rows.Words; w++) lines[w] &= whole[w];
            return;
        }
        var truth = evaluator.Bool(holds, some).Holds;
        lines.AsSpan(0, rows.Words).Clear();
        for (var w = 0; w < some.Words; w++)
            for (var word = truth[w]; word != 0; word &= word - 1)
                Bits.Set(lines, some.Index![(w << 6) + BitOperations.TrailingZeroCount(word)]);
    }

    private Rows? Among(ulong[] lines, Rows rows)
    {
        var count = Bits.Count(lines.AsSpan(0, rows.Words));
        if (count == 0) return null;
        var index = arena.Ints(count);
        Bits.Rows(lines.AsSpan(0, rows.Words), index);
        return new Rows(rows.Domain, count, index, arena);
    }

    private void Tell(int condition, Rows some, LineSink sink)
    {
        var node = plan.Conditions[condition].Gap ??
            throw new InvalidOperationException("the plan was made without gaps");
        var gap = evaluator.Number(node, some);
        var city = cities.Of(plan.Lines);
        for (var i = 0; i < some.Count; i++)
            sink.CountNearMiss(item, city[some.Index![i]], condition,
                gap.Known is { } known && !Bits.Get(known, i) ? LineSink.NoGap
                    : (long)Int128.Min(gap[i], long.MaxValue));
    }
}
