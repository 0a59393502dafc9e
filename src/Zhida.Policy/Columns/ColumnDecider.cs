using Zhida.Policy.Batch;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>Decides a chunk by its columns; items without a plan by the reference. Used by one thread.</summary>
public sealed class ColumnDecider : ChunkDecider
{
    private readonly Evaluator _evaluator;
    private readonly CityCounts _cities;
    private readonly List<ItemColumns> _items = [];
    private readonly LineDomain[] _lines;
    private readonly InterpretingDecider? _rest;
    private readonly RunPlan _plan;

    /// <param name="context">The run.</param>
    /// <param name="plan">Its items as plans; shared by the threads of the run.</param>
    /// <param name="width">The widest vectors to use, for tests; null: the machine's.</param>
    /// <param name="items">Which of the items, by index, ascending; null: all.</param>
    public ColumnDecider(
        RunContext context, RunPlan plan, VectorWidth? width = null, IReadOnlyList<int>? items = null)
    {
        (_plan, items) = (plan, items ?? [.. Enumerable.Range(0, plan.Items.Count)]);
        _evaluator = new Evaluator(NodeFacts.Of(plan), context.Reference, width ?? Machine.Widest);
        _cities = new CityCounts(context.Cities, plan.Jurisdiction, _evaluator);
        var arena = new Arena();
        foreach (var i in items)
            if (plan.Items[i] is { } item)
                _items.Add(new ItemColumns(i, item, _evaluator, _cities, context.Missing, arena));
        int[] rest = [.. items.Where(i => plan.Items[i] is null)];
        if (rest.Length > 0) _rest = new InterpretingDecider(context, rest);
        _lines = [.. items.Select(i => plan.Items[i]).OfType<ItemPlan>().Select(p => p.Lines).Distinct()];
    }

    public override void Decide(Chunk chunk, LineSink sink, bool all)
    {
        _evaluator.Begin(chunk, _lines);
        _cities.Begin();
        foreach (var item in _items) item.Decide(sink, all);
        _rest?.Decide(chunk, sink, all);
    }

    public override string DecidedBy(int item) => _plan.Items[item] is null ? base.DecidedBy(item) : "columns";
}
