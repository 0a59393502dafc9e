using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>The operators of arithmetic.</summary>
public enum ArithmeticOperator { Add, Subtract, Multiply, Divide, Power }

/// <summary>a + b and its like; also text + text, and dates and durations.</summary>
public sealed class Arithmetic(Span span, FeelType type, ArithmeticOperator op, Expr left, Expr right)
    : Expr(span, type)
{
    private readonly Expr[] _children = [left, right];

    public ArithmeticOperator Operator { get; } = op;

    public Expr Left { get; } = left;

    public Expr Right { get; } = right;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var a = Left.Evaluate(frame);
        var b = Right.Evaluate(frame);
        return Operator switch
        {
            ArithmeticOperator.Add => Operations.Add(a, b, frame, Span),
            ArithmeticOperator.Subtract => Operations.Subtract(a, b, frame, Span),
            ArithmeticOperator.Multiply => Operations.Multiply(a, b, frame, Span),
            ArithmeticOperator.Divide => Operations.Divide(a, b, frame, Span),
            _ => Operations.Power(a, b, frame, Span),
        };
    }

    private protected override Interval BoundUnknown(Frame frame)
    {
        if (Type is not NumberType) return Interval.Unbounded;
        return Operator switch
        {
            ArithmeticOperator.Add => Left.Bound(frame).Plus(Right.Bound(frame)),
            ArithmeticOperator.Subtract => Left.Bound(frame).Plus(Right.Bound(frame).Negated()),
            ArithmeticOperator.Multiply => Left.Bound(frame).Times(Right.Bound(frame)),
            ArithmeticOperator.Divide => Left.Bound(frame).Over(Right.Bound(frame)),
            _ => base.BoundUnknown(frame),
        };
    }
}
