using System.Numerics;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>How the lines of an item stand while its conditions are met one after another.</summary>
internal sealed class Standing
{
    private readonly Arena _arena;
    private readonly ulong[] _alive, _undecided, _failed;
    private Rows? _selection;

    /// <param name="rows">All lines.</param>
    /// <param name="all">Whether it must be known at which condition each line failed.</param>
    public Standing(Rows rows, Arena arena, bool all)
    {
        (Rows, _arena, Left) = (rows, arena, rows.Count);
        (_alive, _undecided, _failed) = (arena.Bits(rows.Count), arena.Bits(rows.Count), arena.Bits(rows.Count));
        Bits.Fill(_alive.AsSpan(0, rows.Words), rows.Count);
        _undecided.AsSpan(0, rows.Words).Clear();
        if (!all) return;
        FirstFailed = arena.Ints(rows.Count);
        FirstFailed.AsSpan(0, rows.Count).Fill(-1);
    }

    public Rows Rows { get; }

    /// <summary>How many have not failed.</summary>
    public int Left { get; private set; }

    /// <summary>The lines that failed at the last condition.</summary>
    public ReadOnlySpan<ulong> Failed => _failed.AsSpan(0, Rows.Words);

    /// <summary>The lines for which a condition was unknown before they failed.</summary>
    public ReadOnlySpan<ulong> Undecided => _undecided.AsSpan(0, Rows.Words);

    /// <summary>The condition at which each failed, or −1.</summary>
    public int[]? FirstFailed { get; }

    /// <summary>The lines that have not failed.</summary>
    public Rows Selection
    {
        get
        {
            if (_selection is not null) return _selection;
            var index = _arena.Ints(Left);
            Bits.Rows(_alive.AsSpan(0, Rows.Words), index);
            return _selection = new Rows(Rows.Domain, Left, index, _arena);
        }
    }

    /// <summary>Takes the truths of a condition over all lines; how many failed.</summary>
    public int Fail(BoolVec truth)
    {
        var count = 0;
        if (truth.Known is { } known)
            for (var w = 0; w < Rows.Words; w++)
            {
                var alive = _alive[w];
                _undecided[w] |= alive & ~known[w];
                _failed[w] = alive & known[w] & ~truth.Holds[w];
                _alive[w] = alive & ~_failed[w];
                count += BitOperations.PopCount(_failed[w]);
            }
        else
            for (var w = 0; w < Rows.Words; w++)
            {
                _failed[w] = _alive[w] & ~truth.Holds[w];
                _alive[w] &= truth.Holds[w];
                count += BitOperations.PopCount(_failed[w]);
            }
        return Lose(count);
    }

    /// <summary>Takes the truths of a condition over the selection.</summary>
    public int Fail(BoolVec truth, Rows some)
    {
        _failed.AsSpan(0, Rows.Words).Clear();
        var count = 0;
        for (var w = 0; w < some.Words; w++)
        {
            var rows = w == some.Words - 1 && (some.Count & 63) != 0 ? (1UL << (some.Count & 63)) - 1 : ulong.MaxValue;
            var known = truth.Known is { } k ? k[w] : ulong.MaxValue;
            for (var word = rows & ~known; word != 0; word &= word - 1)
                Bits.Set(_undecided, some.Index![(w << 6) + BitOperations.TrailingZeroCount(word)]);
            for (var word = rows & known & ~truth.Holds[w]; word != 0; word &= word - 1, count++)
                Bits.Set(_failed, some.Index![(w << 6) + BitOperations.TrailingZeroCount(word)]);
        }
        for (var w = 0; w < Rows.Words; w++) _alive[w] &= ~_failed[w];
        return Lose(count);
    }

    /// <summary>Which of some lines are undecided, by position.</summary>
    public ulong[] UndecidedAt(Rows some)
    {
        var bits = _arena.Bits(some.Count);
        bits.AsSpan(0, some.Words).Clear();
        if (!_undecided.AsSpan(0, Rows.Words).ContainsAnyExcept(0UL)) return bits;
        for (var i = 0; i < some.Count; i++)
            if (Bits.Get(_undecided, some.Index![i])) Bits.Set(bits, i);
        return bits;
    }

    private int Lose(int count)
    {
        if (count == 0) return 0;
        (Left, _selection) = (Left - count, null);
        return count;
    }
}
