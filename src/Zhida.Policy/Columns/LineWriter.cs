using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;

namespace Zhida.Policy.Columns;

/// <summary>Gives lines of an item to a sink by their row.</summary>
/// <param name="cut">The lines; null: one for each object.</param>
/// <param name="period">The period of lines that are not cut.</param>
internal readonly struct LineWriter(int item, LineCut? cut, int period, int[] subjects, LineSink sink)
{
    public void Add(int row, Outcome outcome, AmountState state, long asked, decimal share, int failed, int missing,
        ReadOnlySpan<CapAsk> asks)
    {
        var (at, when, order) = cut is null ? (row, period, 0) : (cut.Object[row], cut.Period[row], cut.Order[row]);
        var line = new DecidedLine(
            item, subjects[at], at, when, order, outcome, state, asked, share, failed, missing);
        sink.Add(line, asks);
    }

    /// <summary>Lines that all draw, without caps and payers: the most there are, and all alike.</summary>
    public void AddDrawn(ReadOnlySpan<int> rows, ReadOnlySpan<long> asked)
    {
        if (cut is not null)
        {
            for (var i = 0; i < rows.Length; i++) Add(rows[i], Outcome.Due, AmountState.Fixed, asked[i], 1, -1, 0, []);
            return;
        }
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            sink.Add(new DecidedLine(
                item, subjects[row], row, period, 0, Outcome.Due, AmountState.Fixed, asked[i], 1, -1, 0), []);
        }
    }
}
