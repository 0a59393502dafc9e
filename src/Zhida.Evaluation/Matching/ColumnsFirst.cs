using Zhida.Policy.Batch;
using Zhida.Policy.Columns;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Matching;

/// <summary>Column kernels for the items that have a plan, the reference for the others. Used by one thread.</summary>
/// <param name="plan">Of the run; shared by its threads.</param>
internal sealed class ColumnsFirst(RunContext context, RunPlan plan) : ChunkDecider
{
    private readonly ColumnDecider _columns = new(context, plan);

    private readonly InterpretingDecider? _others = plan.Refusals.Count == 0 ? null
        : new InterpretingDecider(context,
            [.. Enumerable.Range(0, plan.Items.Count).Where(i => plan.Items[i] is null)]);

    public override void Decide(Chunk chunk, LineSink sink, bool all)
    {
        _columns.Decide(chunk, sink, all);
        _others?.Decide(chunk, sink, all);
    }

    public override string DecidedBy(int item) => plan.Items[item] is null ? "interpreter" : "columns";
}
