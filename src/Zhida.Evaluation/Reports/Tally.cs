using System.Runtime.InteropServices;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reports;

/// <summary>Lines that are 符合, and what they get.</summary>
/// <param name="Lines">How many.</param>
/// <param name="Fen">The sum of their fixed amounts, in 分.</param>
public readonly record struct DueCount(long Lines, Int128 Fen);

/// <summary>Adds up a run from its blocks. With <paramref name="why"/> also what the report on reasons tells; its size
/// hangs on items, cities, conditions and facts, not on how many lines there are.</summary>
public sealed class Tally(RunContext context, bool why)
{
    private readonly Dictionary<(int Item, int City, int Condition), long> _failed = [];
    private readonly Dictionary<(int Item, int City, int Condition), long> _near = [];
    private readonly Dictionary<(int Item, int Condition), SortedDictionary<long, long>> _gaps = [];
    private readonly Dictionary<(int Place, int Fact), long> _missing = [];
    private readonly Pool _facts = new();
    private readonly long[] _undecided = new long[why ? context.Items.Count * context.Cities.Names.Count : 0];
    private readonly DueCount[] _due = new DueCount[why ? context.Items.Count * context.Cities.Names.Count : 0];
    private readonly int _cities = context.Cities.Names.Count;

    public RunContext Context { get; } = context;

    /// <summary>Whether reasons are kept.</summary>
    public bool Why { get; } = why;

    public long Subjects { get; private set; }

    /// <summary>Lines in the table.</summary>
    public long Written { get; private set; }

    public long Due { get; private set; }

    public long Undecided { get; private set; }

    /// <summary>Lines that are 不符合, whether they are in the table or only counted.</summary>
    public long NotDue { get; private set; }

    /// <summary>The sum of the fixed amounts, in 分.</summary>
    public Int128 Fen { get; private set; }

    /// <summary>Lines whose amount a cap or an exclusion reduced.</summary>
    public long Reduced { get; private set; }

    /// <summary>In the order of items, cities, conditions.</summary>
    public IReadOnlyList<FailedCount> Failed =>
        [.. _failed.Select(f => new FailedCount(f.Key.Item, f.Key.City, f.Key.Condition, f.Value))
            .OrderBy(f => (f.Item, f.City, f.Condition))];

    /// <summary>Lines that are 差一点.</summary>
    public IReadOnlyDictionary<(int Item, int City, int Condition), long> Near => _near;

    /// <summary>Of lines that are 差一点: how often each gap, as <see cref="LineSink.CountNearMiss"/> has it.</summary>
    public IReadOnlyDictionary<(int Item, int Condition), SortedDictionary<long, long>> Gaps => _gaps;

    /// <summary>Lines that lack a fact, by its path.</summary>
    public IEnumerable<(int Item, int City, string Fact, long Lines)> Missing => _missing.Select(m =>
        (m.Key.Place / _cities, m.Key.Place % _cities, _facts[m.Key.Fact], m.Value));

    /// <summary>Where reasons are kept.</summary>
    public long UndecidedLines(int item, int city) => _undecided[item * _cities + city];

    /// <summary>Where reasons are kept.</summary>
    public DueCount DueLines(int item, int city) => _due[item * _cities + city];

    public void Add(ResultBlock block)
    {
        Subjects += block.Subjects;
        Written += block.Lines;
        foreach (var failed in block.Failed)
        {
            NotDue += failed.Lines;
            CollectionsMarshal.GetValueRefOrAddDefault(_failed, (failed.Item, failed.City, failed.Condition), out _) +=
                failed.Lines;
        }
        for (var row = 0; row < block.Lines; row++)
        {
            if (block.Bits[row] != ResultBlock.NotBit) Reduced++;
            if (block.Amounts[row] != ResultBlock.NoAmount) Fen += block.Amounts[row];
            switch ((Outcome)block.Outcomes[row])
            {
                case Outcome.Due: Due++; break;
                case Outcome.Undecided: Undecided++; break;
            }
        }
        if (Why) AddReasons(block);
    }

    private void AddReasons(ResultBlock block)
    {
        foreach (var near in block.Near)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_near, (near.Item, near.City, near.Condition), out _) +=
                near.Lines;
            if (near.Gap == LineSink.NoGap) continue;
            ref var gaps = ref CollectionsMarshal.GetValueRefOrAddDefault(_gaps, (near.Item, near.Condition), out _);
            gaps ??= [];
            gaps[near.Gap] = gaps.GetValueOrDefault(near.Gap) + near.Lines;
        }
        // Which sets of facts are missing is few texts a block: count these first, then take them apart.
        var sets = new Dictionary<int, long>();
        var ofPlace = block.MissingTexts.Length;
        for (var row = 0; row < block.Lines; row++)
        {
            var place = block.Items[row] * _cities + block.Cities[row];
            if ((Outcome)block.Outcomes[row] == Outcome.Due)
            {
                var fen = block.Amounts[row];
                _due[place] = new DueCount(
                    _due[place].Lines + 1, _due[place].Fen + (fen == ResultBlock.NoAmount ? 0 : fen));
            }
            else if ((Outcome)block.Outcomes[row] == Outcome.Undecided) _undecided[place]++;
            if (block.Missing[row] != 0)
                CollectionsMarshal.GetValueRefOrAddDefault(sets, place * ofPlace + block.Missing[row], out _)++;
        }
        var facts = Array.ConvertAll(block.MissingTexts,
            text => text.Split(TableLayout.Separator).Select(_facts.Add).ToArray());
        foreach (var (key, lines) in sets)
        foreach (var fact in facts[key % ofPlace])
            CollectionsMarshal.GetValueRefOrAddDefault(_missing, (key / ofPlace, fact), out _) += lines;
    }
}
