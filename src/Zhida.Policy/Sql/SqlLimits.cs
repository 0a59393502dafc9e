using Zhida.Policy.Plans;

namespace Zhida.Policy.Sql;

/// <summary>What a plan may hold that a database can't compute exactly.</summary>
internal static class SqlLimits
{
    /// <summary>Why an item can't be written, or null.</summary>
    public static string? Refusal(ItemPlan plan, SqlDialect dialect)
    {
        var (ranges, seen) = (new NumberRanges(), new HashSet<Node>(ReferenceEqualityComparer.Instance));
        foreach (var node in PlanRoots.Of(plan).SelectMany(root => PlanRoots.Below(root, seen)))
        {
            if (node.Op == Op.Within && NodeWriter.CodeKind(node.Children[0]) is null)
                return "“属于”的对象不是区划或行业代码";
            if (node.Op == Op.NumberText && node.Scale + node.Children[0].Scale != 0) return "带小数的数要写成文本";
            if (node.Type != NodeType.Number || dialect.WideBits is not { } bits) continue;
            var (low, high) = node.Op == Op.Divide ? ranges.Dividend(node) : ranges.Of(node);
            if (Math.Max(NumberRanges.Bits(low, high), ranges.Bits(node)) > bits)
                return $"中间的数可能超过{bits}位二进制数，{dialect.Title}算不准";
        }
        return null;
    }
}
