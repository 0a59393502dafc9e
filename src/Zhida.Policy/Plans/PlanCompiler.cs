using Zhida.Feel.Values;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;

namespace Zhida.Policy.Plans;

/// <summary>Makes the plans of a run: under its day, its layers and the readings in force.</summary>
public static class PlanCompiler
{
    /// <param name="run">What is decided.</param>
    /// <param name="gaps">Whether near misses are to be counted: the plans then say how far failed conditions are from
    /// holding.</param>
    public static RunPlan Compile(RunContext run, bool gaps = false)
    {
        var nodes = new PlanBuilder();
        var environments = new Dictionary<Item, List<PlanEnvironment>>(ReferenceEqualityComparer.Instance);
        foreach (var policy in run.Program.Policies)
        {
            var seen = Environments(run, policy);
            foreach (var item in policy.Items) environments[item] = seen;
        }
        var plans = new List<ItemPlan?>();
        var refusals = new List<PlanRefusal>();
        foreach (var item in run.Items)
        {
            var readings = new string[item.Frame.ReadingsRecord?.Members.Count ?? 0];
            foreach (var reading in item.Readings) readings[reading.Slot] = reading.Current;
            var (plan, refusal) = ItemLowering.Lower(item, nodes, environments[item], readings, gaps);
            plans.Add(plan);
            if (refusal is not null) refusals.Add(new PlanRefusal(item, refusal));
        }
        return new RunPlan(plans, refusals, Jurisdiction(run, nodes, environments.Values.First()[0]));
    }

    /// <summary>The policy as it is; and a draft as if issued on the first or the last day on which it would be in
    /// force on the 判定日 (<see cref="PreviewLife"/>).</summary>
    private static List<PlanEnvironment> Environments(RunContext run, PolicyDocument policy)
    {
        var main = new PlanEnvironment(run.Program.Dictionary, run.Reference, Decider.GlobalsOf(policy, run.On),
            policy.OpenIssueDate);
        if (policy.IssueDate is not null) return [main];
        return [main, .. PreviewLife.Issued(policy, run.On).Select(day => main.IssuedOn(day, policy.TermMonths))];
    }

    /// <summary>主体.管辖, else 主体.注册地.</summary>
    private static Node? Jurisdiction(RunContext run, PlanBuilder nodes, PlanEnvironment environment)
    {
        var subject = run.Program.Dictionary.Subject;
        var lowering = new Lowering(nodes, environment);
        foreach (var name in new[] { "管辖", "注册地" })
        {
            if (subject.Record.SlotOf(name) < 0) continue;
            var node = lowering.Text(lowering.MemberOf(subject, name));
            if (lowering.Refusal is null) return node;
        }
        return null;
    }
}
