using System.Numerics;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>
/// Decides one item over a chunk: condition by condition, over all lines while that is cheap, else over the lines that
/// have not failed; the amount, caps and missing facts only of lines that are left. Used by one thread.
/// </summary>
internal sealed class ItemColumns
{
    private readonly int _item;
    private readonly ItemPlan _plan;
    private readonly Evaluator _evaluator;
    private readonly CityCounts _cities;
    private readonly MissingCodes _missing;
    private readonly NearMisses _near;
    private readonly Arena _arena;
    private readonly CapAsk[] _asks;
    private readonly decimal _whole;

    /// <param name="item">Index among the items of the run.</param>
    /// <param name="arena">For what lives as long as the item is decided.</param>
    public ItemColumns(int item, ItemPlan plan, Evaluator evaluator, CityCounts cities, Pool missing, Arena arena)
    {
        (_item, _plan, _evaluator, _cities, _arena) = (item, plan, evaluator, cities, arena);
        _near = new NearMisses(item, plan, evaluator, cities, arena);
        _missing = new MissingCodes(missing, [.. plan.Missing.Select(m => m.Path)]);
        _asks = new CapAsk[plan.Caps.Count];
        _whole = plan.Share is { } share ? (decimal)PlanBuilder.PowerOfTen(share.Scale) : 1;
    }

    public void Decide(LineSink sink, bool all)
    {
        if (_evaluator.Chunk.Table(_plan.Lines) is not { } table) return;
        _arena.Reset();
        var rows = _evaluator.Chunk.Whole(_plan.Lines);
        var state = new Standing(rows, _arena, all);
        _near.Begin();
        for (var i = 0; i < _plan.Conditions.Count && state.Left > 0; i++) Meet(i, state, sink);
        if (sink.WantsNearMisses) _near.Count(rows, sink);
        var left = state.Left > 0 ? Left(state) : null;
        var writer = new LineWriter(_item, _plan.Lines.Cuts ? _evaluator.Chunk.CutOf(_plan.Lines) : null,
            PeriodOf(_plan.Lines.Kind), table.Subject, sink);
        if (all) AddAll(state, left, writer);
        else if (left is { AllDraw: true, Caps: [], Share: null, Asked.Longs: { } asked })
            writer.AddDrawn(left.Rows.Index.AsSpan(0, state.Left), asked);
        else
            for (var at = 0; at < state.Left; at++) Add(left!, at, writer);
    }

    private void Meet(int condition, Standing state, LineSink sink)
    {
        var node = _plan.Conditions[condition].Holds;
        if (node.IsTrue) return;
        int failed;
        if (node.Domain is null || _evaluator.PaysWhole(node, state.Left))
            failed = state.Fail(_evaluator.Bool(node, state.Rows));
        else
        {
            var some = state.Selection;
            failed = state.Fail(_evaluator.Bool(node, some), some);
        }
        if (failed == 0) return;
        _cities.Count(sink, _item, condition, _plan.Lines, state.Failed, failed);
        if (sink.WantsNearMisses) _near.Add(condition, state);
        if (state.FirstFailed is not { } first) return;
        for (var w = 0; w < state.Failed.Length; w++)
            for (var word = state.Failed[w]; word != 0; word &= word - 1)
                first[(w << 6) + BitOperations.TrailingZeroCount(word)] = condition;
    }

    /// <summary>All that a line which has not failed is given out with.</summary>
    private LeftLines Left(Standing state)
    {
        var rows = state.Selection;
        var left = new LeftLines(rows, state.UndecidedAt(rows));
        var isFormula = _plan.Item.Amount.Kind == AmountKind.Formula;
        var draws = _arena.Bits(rows.Count);
        if (isFormula)
        {
            left.Fixed = _evaluator.Bool(_plan.Fixed, rows).Holds;
            for (var w = 0; w < rows.Words; w++) draws[w] = left.Fixed[w] & ~left.Undecided[w];
            left.Asked = _evaluator.Number(_plan.Asked!, rows);
        }
        else draws.AsSpan(0, rows.Words).Clear();
        left.Draws = draws;
        var drawing = Bits.Count(draws.AsSpan(0, rows.Words));
        left.AllDraw = drawing == rows.Count;
        if (!left.AllDraw) Unsettled(left, drawing, isFormula);
        if (drawing > 0) Caps(left, drawing);
        return left;
    }

    /// <summary>Why lines do not draw: open places, or missing facts.</summary>
    private void Unsettled(LeftLines left, int drawing, bool isFormula)
    {
        if (isFormula) left.Open = _evaluator.Bool(_plan.Open, left.Rows).Holds;
        if (_plan.Missing.Count == 0) return;
        var some = drawing == 0 ? left.Rows : Among(left, drawing, false);
        var sets = _arena.Ints(some.Count);
        sets.AsSpan(0, some.Count).Clear();
        for (var fact = 0; fact < _plan.Missing.Count; fact++)
        {
            var where = _evaluator.Bool(_plan.Missing[fact].Where, some).Holds;
            for (var w = 0; w < some.Words; w++)
                for (var word = where[w]; word != 0; word &= word - 1)
                {
                    ref var set = ref sets[(w << 6) + BitOperations.TrailingZeroCount(word)];
                    set = _missing.With(set, fact);
                }
        }
        for (var i = 0; i < some.Count; i++) sets[i] = _missing.CodeOf(sets[i]);
        left.Missing = sets;
    }

    /// <summary>The lines that draw, or those that don't.</summary>
    private Rows Among(LeftLines left, int drawing, bool draw)
    {
        if (draw && drawing == left.Rows.Count) return left.Rows;
        var bits = _arena.Bits(left.Rows.Count);
        for (var w = 0; w < left.Rows.Words; w++) bits[w] = draw ? left.Draws[w] : ~left.Draws[w];
        if (!draw && (left.Rows.Count & 63) != 0) bits[left.Rows.Words - 1] &= (1UL << (left.Rows.Count & 63)) - 1;
        var index = _arena.Ints(left.Rows.Count);
        var count = Bits.Rows(bits.AsSpan(0, left.Rows.Words), index);
        for (var i = 0; i < count; i++) index[i] = left.Rows.Index![index[i]];
        return new Rows(left.Rows.Domain, count, index, _arena);
    }

    private void Caps(LeftLines left, int drawing)
    {
        if (_plan.Share is null && _plan.Caps.Count == 0) return;
        var rows = Among(left, drawing, true);
        if (_plan.Share is { } share) left.Share = _evaluator.Number(share, rows);
        left.Caps = [.. _plan.Caps.Select(cap => new CapColumns(
            _evaluator.Number(cap.Limit, rows), cap.Key is { } key ? _evaluator.Text(key, rows) : null,
            cap.Cap.Scope != CapScope.Object ? null
                : cap.Path.Count > 0 ? _evaluator.Chunk.Follow(rows, cap.Path)
                : _evaluator.Chunk.Follow(rows, ToObject)))];
    }

    private Hop[] ToObject => [new Hop(HopKind.Object, _plan.Lines, _plan.Lines.Objects)];

    /// <summary>Adds the line at a position among those that are left.</summary>
    private void Add(LeftLines left, int at, in LineWriter writer)
    {
        var line = left.Rows.Index![at];
        var outcome = Bits.Get(left.Undecided, at) ? Outcome.Undecided : Outcome.Due;
        if (Bits.Get(left.Draws, at))
        {
            var drawn = left.Drawn++;
            var share = left.Share is { } shares ? Math.Min(1, (decimal)shares[drawn] / _whole) : 1;
            for (var i = 0; i < left.Caps.Length; i++)
            {
                var cap = left.Caps[i];
                _asks[i] = new CapAsk(cap.Key?.Text(drawn), cap.Object?[drawn] ?? -1, (long)cap.Limit[drawn]);
            }
            writer.Add(line, outcome, AmountState.Fixed, (long)left.Asked![at], share, -1, 0, _asks);
            return;
        }
        var state = _plan.Item.Amount.Kind switch
        {
            AmountKind.None => AmountState.None,
            AmountKind.AtMost => AmountState.Bound,
            AmountKind.Open => AmountState.Open,
            _ when Bits.Get(left.Fixed, at) => AmountState.Fixed,
            _ => Bits.Get(left.Open, at) ? AmountState.Open : AmountState.Missing,
        };
        writer.Add(line, outcome, state, 0, 1, -1, left.Missing is { } missing ? missing[at - left.Drawn] : 0, []);
    }

    /// <summary>Adds every line in its order, those that failed among them.</summary>
    private void AddAll(Standing state, LeftLines? left, in LineWriter writer)
    {
        var at = 0;
        for (var line = 0; line < state.Rows.Count; line++)
            if (state.FirstFailed![line] is >= 0 and var condition)
                writer.Add(line, Outcome.NotDue, AmountState.None, 0, 1, condition, 0, []);
            else Add(left!, at++, writer);
    }

    private static int PeriodOf(PeriodKind kind) => kind switch
    {
        PeriodKind.Policy => PeriodCode.Policy,
        PeriodKind.Once => PeriodCode.Once,
        PeriodKind.Batch => PeriodCode.BatchOnly,
        _ => PeriodCode.Unknown,
    };

    /// <summary>What the lines that are left are given out with, by position; what only those that draw have, by
    /// position among these, and what only the others have, likewise.</summary>
    private sealed class LeftLines(Rows rows, ulong[] undecided)
    {
        public Rows Rows { get; } = rows;

        public ulong[] Undecided { get; } = undecided;

        public ulong[] Draws { get; set; } = [];

        public bool AllDraw { get; set; }

        public ulong[] Fixed { get; set; } = [];

        public ulong[] Open { get; set; } = [];

        public NumberVec? Asked { get; set; }

        public NumberVec? Share { get; set; }

        public CapColumns[] Caps { get; set; } = [];

        public int[]? Missing { get; set; }

        /// <summary>How many that draw have been added.</summary>
        public int Drawn { get; set; }
    }

    private sealed record CapColumns(NumberVec Limit, TextVec? Key, int[]? Object);
}
