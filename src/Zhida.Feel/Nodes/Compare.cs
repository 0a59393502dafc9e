using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>The operators of comparison.</summary>
public enum ComparisonOperator { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

/// <summary>a &lt;= b and its like, in three values.</summary>
public sealed class Compare(Span span, ComparisonOperator op, Expr left, Expr right) : Expr(span, FeelType.Boolean)
{
    private readonly Expr[] _children = [left, right];

    public ComparisonOperator Operator { get; } = op;

    public Expr Left { get; } = left;

    public Expr Right { get; } = right;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var a = Left.Evaluate(frame);
        var b = Right.Evaluate(frame);
        if (Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual)
        {
            if (a.IsUnknown) return a;
            if (b.IsUnknown) return b;
            var equal = Operations.Equal(a, b);
            if (equal.IsNull)
                return frame.Fail(Span, $"{Formatting.KindName(a.Kind)}与{Formatting.KindName(b.Kind)}不能比较是否相等");
            return equal.Kind != ValueKind.Boolean || Operator == ComparisonOperator.Equal ? equal
                : Value.Of(!equal.IsTrue);
        }
        return Order(a, b, frame);
    }

    private Value Order(in Value a, in Value b, Frame frame)
    {
        if (!Operations.TryCompare(a, b, out var order))
            return a.IsUnknown ? a : b.IsUnknown ? b : frame.Fail(Span, "两边不能比较大小");
        return Value.Of(Operator switch
        {
            ComparisonOperator.Less => order < 0,
            ComparisonOperator.LessOrEqual => order <= 0,
            ComparisonOperator.Greater => order > 0,
            _ => order >= 0,
        });
    }
}
