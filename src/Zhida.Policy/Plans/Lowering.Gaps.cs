using Zhida.Feel.Nodes;

namespace Zhida.Policy.Plans;

/// <summary>How far a condition that fails is from holding: what <see cref="Deciding.Gap"/> measures on one line.
/// </summary>
internal sealed partial class Lowering
{
    /// <summary>Decimal places of a gap: <see cref="Batch.LineSink.GapsOfUnit"/>.</summary>
    private const int GapScale = 4;

    /// <summary>|limit − value| of the comparison that fails, cut off at the scale of gaps, in days for dates; unknown
    /// where the condition is not false, or does not come down to one number or date against another.</summary>
    public Node Gap(Expr condition, LoweringScope scope) =>
        Nodes.If(Nodes.IsFalse(Bool(condition, scope)), GapOf(condition, scope), NoGap);

    private Node GapOf(Expr condition, LoweringScope scope)
    {
        switch (condition)
        {
            case And and:
                return Nodes.If(Nodes.IsFalse(Bool(and.Left, scope)), GapOf(and.Left, scope), GapOf(and.Right, scope));
            case Compare { Operator: not (ComparisonOperator.Equal or ComparisonOperator.NotEqual) } compare:
                return Distance(Lower(compare.Left, scope), Lower(compare.Right, scope));
            case InRange range:
                var value = Lower(range.Value, scope);
                var toHigh = range.High is { } high ? Distance(value, Lower(high, scope)) : NoGap;
                if (range.Low is null) return toHigh;
                var low = Lower(range.Low, scope);
                return Side(value, low, included: true, isLow: false) is { } below
                    ? Nodes.If(Nodes.IsTrue(below), Distance(value, low), toHigh) : NoGap;
            default:
                return NoGap;
        }
    }

    private Node NoGap => Nodes.Unknown(NodeType.Number, GapScale);

    private Node Distance(Shape value, Shape limit)
    {
        switch (value, limit)
        {
            case (NumberShape a, NumberShape b):
                var way = Subtract(b, a);
                var back = Nodes.Subtract(Nodes.Number(0, way.Top.Scale), way.Top);
                return Rounded(way with { Top = Nodes.Maximum(way.Top, back) }, GapScale, DivideMode.Down);
            case (DateShape a, DateShape b):
                // Both ends counted, and 0 the wrong way round.
                var days = Nodes.Maximum(Nodes.Days(a.Node, b.Node), Nodes.Days(b.Node, a.Node));
                return Nodes.AtScale(Nodes.Subtract(days, Nodes.Number(1m)), GapScale);
            default:
                return NoGap;
        }
    }
}
