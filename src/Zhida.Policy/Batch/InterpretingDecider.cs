using System.Runtime.InteropServices;
using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>Decides a chunk with the reference evaluator, subject by subject: what every faster way must agree with,
/// and the way of the items that have none. Used by one thread.</summary>
public sealed class InterpretingDecider : ChunkDecider
{
    private readonly RunContext _context;
    private readonly FactsOfChunk _facts;
    private readonly SubjectCities _cities;
    private readonly MissingText _missing;
    private readonly List<Evaluation> _evaluations = [];
    private readonly List<ItemLines> _items = [];
    private readonly Dictionary<string, int> _periods = new(StringComparer.Ordinal);

    /// <param name="context">The run.</param>
    /// <param name="items">Which of its items, by index, ascending; null: all.</param>
    public InterpretingDecider(RunContext context, IReadOnlyList<int>? items = null)
    {
        _context = context;
        _facts = new FactsOfChunk(context.Program.Dictionary);
        _cities = new SubjectCities(context);
        _missing = new MissingText(context.Program.Dictionary);
        var indexOf = new Dictionary<Item, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < context.Items.Count; i++) indexOf[context.Items[i]] = i;
        foreach (var policy in context.Program.Policies)
        {
            var evaluation = new Evaluation(strict: true, Decider.GlobalsOf(policy, context.On));
            _evaluations.Add(evaluation);
            foreach (var item in policy.Items)
                if (indexOf.TryGetValue(item, out var index) && (items is null || items.Contains(index)))
                    _items.Add(new ItemLines(index, new ItemEvaluator(item, policy, evaluation)));
        }
        _items.Sort((a, b) => a.Index.CompareTo(b.Index));
    }

    public override void Decide(Chunk chunk, LineSink sink, bool all)
    {
        var cities = _cities.Of(chunk);
        var detail = sink.WantsNearMisses ? LineDetail.NearMisses : LineDetail.Missing;
        for (var subject = 0; subject < chunk.Subjects.Count; subject++)
        {
            if (!_items.Exists(i => HasLines(i.Evaluator.Item, chunk, subject))) continue;
            var facts = _facts.Of(chunk, subject);
            foreach (var evaluation in _evaluations) evaluation.Reset();
            foreach (var item in _items)
            {
                var lines = item.Evaluator.Lines(facts, detail);
                foreach (var line in lines)
                    if (line.NearMiss is { } gap)
                        sink.CountNearMiss(item.Index, cities[subject], line.FirstFailed, gap);
                if (lines.Count > 0) Keep(item, lines, facts, chunk, subject, cities[subject], all);
            }
        }
        foreach (var item in _items) item.GiveTo(sink);
    }

    /// <summary>A subject without objects of an item's type has no lines of it: no need to look at its facts.</summary>
    private static bool HasLines(Item item, Chunk chunk, int subject) =>
        chunk.Tables[item.Object] is var table && table.First[subject] < table.First[subject + 1];

    private void Keep(
        ItemLines item, List<Line> lines, SubjectFacts facts, Chunk chunk, int subject, int city, bool all)
    {
        var row = chunk.Tables[item.Evaluator.Item.Object].First[subject];
        var order = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            // Lines come object by object, in the order of the rows, each with at least one.
            if (i > 0 && !ReferenceEquals(line.Object, lines[i - 1].Object)) (row, order) = (row + 1, 0);
            if (line.Outcome == Outcome.NotDue) item.CountFailed(city, line.FirstFailed);
            if (line.Outcome != Outcome.NotDue || all)
                item.Add(Decided(item.Index, line, subject, row, order), AsksOf(line, facts, chunk, subject));
            order++;
        }
    }

    private DecidedLine Decided(int item, Line line, int subject, int row, int order)
    {
        if (!_periods.TryGetValue(line.Period, out var period))
            _periods[line.Period] = period = PeriodCode.Of(line.Period);
        var missing = _missing.Of(line.MissingFacts);
        var isFixed = line is { Outcome: Outcome.Due, AmountState: AmountState.Fixed };
        return new DecidedLine(
            item, subject, row, period, order, line.Outcome, line.AmountState,
            isFixed ? Fen.Of(line.Asked!.Value) : 0,
            line.Item.Payers.Count == 0 ? 1 : Math.Min(1, line.Shares.Sum(s => s.Share)),
            line.FirstFailed, missing.Length == 0 ? 0 : _context.Missing.Add(missing));
    }

    private static CapAsk[] AsksOf(Line line, SubjectFacts facts, Chunk chunk, int subject)
    {
        if (line is not { Outcome: Outcome.Due, AmountState: AmountState.Fixed } || line.Claims.Length == 0) return [];
        var asks = new CapAsk[line.Claims.Length];
        for (var i = 0; i < asks.Length; i++)
        {
            var claim = line.Claims[i];
            var limit = claim.Cap.CountsLines ? Fen.Whole(claim.Limit!.Value) : Fen.Down(claim.Limit!.Value);
            asks[i] = claim.Cap.Scope switch
            {
                CapScope.Key => new CapAsk(claim.Key, -1, limit),
                CapScope.Object => new CapAsk(null, RowOf(claim, facts, chunk, subject), limit),
                _ => new CapAsk(null, -1, limit),
            };
        }
        return asks;
    }

    /// <summary>The row of the object by whose id a cap counts.</summary>
    private static int RowOf(in CapClaim claim, SubjectFacts facts, Chunk chunk, int subject)
    {
        var type = facts.Dictionary.Objects[claim.Cap.ScopeName];
        var first = chunk.Tables[type].First[subject];
        if (facts.Objects(type) is { } records)
            for (var i = 0; i < records.Count; i++)
                if (records[i].Id == claim.Key) return first + i;
        return first;
    }

    /// <summary>An item's lines of a chunk, until all subjects are decided.</summary>
    private sealed class ItemLines(int index, ItemEvaluator evaluator)
    {
        private readonly List<(DecidedLine Line, int FirstAsk, int Asks)> _lines = [];
        private readonly List<CapAsk> _asks = [];
        private readonly SortedDictionary<(int City, int Condition), long> _failed = [];

        public int Index { get; } = index;

        public ItemEvaluator Evaluator { get; } = evaluator;

        public void CountFailed(int city, int condition) =>
            _failed[(city, condition)] = _failed.GetValueOrDefault((city, condition)) + 1;

        public void Add(in DecidedLine line, CapAsk[] asks)
        {
            _lines.Add((line, _asks.Count, asks.Length));
            _asks.AddRange(asks);
        }

        public void GiveTo(LineSink sink)
        {
            var asks = CollectionsMarshal.AsSpan(_asks);
            foreach (var (line, first, count) in _lines) sink.Add(line, asks.Slice(first, count));
            foreach (var ((city, condition), lines) in _failed) sink.CountFailed(Index, city, condition, lines);
            _lines.Clear();
            _asks.Clear();
            _failed.Clear();
        }
    }
}
