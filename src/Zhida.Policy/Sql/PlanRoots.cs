using Zhida.Policy.Plans;

namespace Zhida.Policy.Sql;

/// <summary>The nodes of a plan.</summary>
internal static class PlanRoots
{
    public static IEnumerable<Node> Of(ItemPlan plan) =>
        [.. plan.Conditions.Select(c => c.Holds), .. OfAmount(plan), plan.Lines.First, plan.Lines.Last];

    /// <summary>What only lines that fail no condition need.</summary>
    public static IEnumerable<Node> OfAmount(ItemPlan plan)
    {
        IEnumerable<Node?> roots =
        [
            plan.Asked, plan.Fixed, plan.Open, plan.Share, .. plan.Missing.Select(m => m.Where),
            .. plan.Asked is null ? [] : plan.Caps.SelectMany(c => new[] { c.Limit, c.Key }),
        ];
        return roots.OfType<Node>();
    }

    /// <summary>A node and all that it is made from, but for what was seen before.</summary>
    public static IEnumerable<Node> Below(Node node, HashSet<Node> seen)
    {
        var open = new Stack<Node>([node]);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next)) continue;
            yield return next;
            foreach (var child in next.Children) open.Push(child);
        }
    }
}
