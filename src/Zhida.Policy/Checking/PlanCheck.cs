using Zhida.Policy.Batch;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Checking;

/// <summary>Which items a population run can't decide by columns, and why: nothing is wrong with them, they are only
/// slower.</summary>
public static class PlanCheck
{
    // A draft has no day of its own. The day is folded into a plan, but what can be lowered hardly hangs on it.
    private static readonly DateOnly OfDrafts = new(2026, 1, 1);

    /// <summary>A note for each item without a plan, under its readings as they are.</summary>
    public static IEnumerable<Finding> Check(PolicyProgram program, ReferenceTables tables) =>
        from policy in program.Policies
        where policy.Items.Count > 0
        let day = policy.IssueDate ?? OfDrafts
        let run = new RunContext(program with { Policies = [policy] }, tables, day, policy.Items)
        from refusal in PlanCompiler.Compile(run).Refusals
        select Finding.Note("item.interpreted", refusal.Item.Location,
            $"{refusal.Item.Number} 在全体运行里不能按列判定，由解释器逐行判定：{refusal.Reason}",
            "结果一样，只是慢；要快，换一种写法");
}
