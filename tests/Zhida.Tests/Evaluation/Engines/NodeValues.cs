using Zhida.Feel.Values;
using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Tests.Evaluation.Engines;

/// <summary>What a node over one object is, worked out from what <see cref="Op"/> says, in the plainest way: null is
/// unknown; numbers are Int128, dates long.</summary>
internal sealed class NodeValues(ReferenceTables tables, IReadOnlyDictionary<string, object?> facts)
{
    public object? Of(Node node)
    {
        switch (node.Op)
        {
            case Op.Constant: return node.Constant;
            case Op.Unknown: return null;
            case Op.Fact: return facts[((Fact)node.Payload!).Name];
            case Op.And or Op.Or: return Kleene(node);
            case Op.If: return If(node);
            case Op.IsKnown: return Of(node.Children[0]) is not null;
            case Op.IsTrue: return Of(node.Children[0]) is true;
            case Op.IsFalse: return Of(node.Children[0]) is false;
        }
        object?[] values = [.. node.Children.Select(Of)];
        return values.Contains(null) ? null : Strict(node, values!);
    }

    private bool? Kleene(Node node)
    {
        var (decides, values) = (node.Op == Op.Or, node.Children.Select(Of).ToList());
        return values.Contains(decides) ? decides : values.Contains(null) ? null : !decides;
    }

    private object? If(Node node)
    {
        var (condition, then, otherwise) = (Of(node.Children[0]), Of(node.Children[1]), Of(node.Children[2]));
        if (condition is bool known) return known ? then : otherwise;
        var same = node.Children.Count == 4 ? Of(node.Children[3]) is true : Equals(then, otherwise);
        return then is not null && otherwise is not null && same ? then : null;
    }

    private object? Strict(Node node, object[] values) => node.Op switch
    {
        Op.Not => !(bool)values[0],
        Op.Less => Order(values) < 0,
        Op.LessOrEqual => Order(values) <= 0,
        Op.Equal or Op.TextEqual => values[0].Equals(values[1]),
        Op.Add => (Int128)values[0] + (Int128)values[1],
        Op.Subtract => (Int128)values[0] - (Int128)values[1],
        Op.Multiply => (Int128)values[0] * (Int128)values[1],
        Op.Minimum => Order(values) < 0 ? values[0] : values[1],
        Op.Maximum => Order(values) > 0 ? values[0] : values[1],
        Op.Rescale => (Int128)values[0] * Power((int)node.Payload!),
        Op.Divide => PlanBuilder.Quotient((Int128)values[0], (Int128)values[1], (DivideMode)node.Payload!),
        Op.NonZero => (Int128)values[0] == 0 ? null : values[0],
        Op.Days => (Int128)Math.Max(0, (long)values[1] - (long)values[0] + 1),
        Op.WholeMonths => (Int128)Months((long)values[0], (long)values[1]),
        Op.AddDays => (long)values[0] + (long)(Int128)values[1],
        Op.AddMonths => FeelDate.TryAddMonths((long)values[0], (long)(Int128)values[1], out var later) ? later : null,
        Op.Lpr => tables.Lpr.Rate((long)values[0], (string)values[1]) is { } rate ? (Int128)(rate * 1_000_000m) : null,
        _ => OfText(node, values),
    };

    private object? OfText(Node node, object[] values)
    {
        var text = node.Op == Op.NumberText ? "" : (string)values[0];
        return node.Op switch
        {
            Op.InSet => ((string[])node.Payload!).Contains(text),
            Op.HasItem => PlanBuilder.Items(text).Contains((string)node.Payload!),
            Op.AnyIn => PlanBuilder.Items(text).Any(((string[])node.Payload!).Contains),
            Op.AllIn => PlanBuilder.Items(text).All(((string[])node.Payload!).Contains),
            Op.Concat => string.Concat(values),
            Op.Substring => ((int Start, int Length))node.Payload! is var (start, length)
                ? text[Math.Min(text.Length, start - 1)..Math.Min(text.Length, start - 1 + length)] : null,
            Op.NumberText => values[0].ToString(),
            Op.IndustryGroup => tables.Industries.Group(text) is { } group ? (Int128)group : null,
            _ => throw new InvalidOperationException($"{node.Op}"),
        };
    }

    private static int Order(object[] values) => ((IComparable)values[0]).CompareTo(values[1]);

    private static Int128 Power(int exponent)
    {
        var power = Int128.One;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }

    /// <summary>The most months after which the later day is not passed.</summary>
    private static long Months(long from, long to)
    {
        if (to < from) return -Months(to, from);
        var months = 0L;
        while (FeelDate.TryAddMonths(from, months + 1, out var day) && day <= to) months++;
        return months;
    }
}
