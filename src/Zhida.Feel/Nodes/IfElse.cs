using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>if a then b else c. What is not true takes the else branch (DMN 1.5, 10.3.2.11); an unknown condition is
/// harmless where both branches give the same.</summary>
public sealed class IfElse(Span span, FeelType type, Expr condition, Expr then, Expr otherwise) : Expr(span, type)
{
    private readonly Expr[] _children = [condition, then, otherwise];

    public Expr Condition { get; } = condition;

    public Expr Then { get; } = then;

    public Expr Else { get; } = otherwise;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var condition = Condition.Evaluate(frame);
        if (!condition.IsUnknown) return (condition.IsTrue ? Then : Else).Evaluate(frame);
        var a = Then.Evaluate(frame);
        if (a.IsUnknown) return condition;
        var b = Else.Evaluate(frame);
        return !b.IsUnknown && Operations.Equal(a, b).IsTrue ? a : condition;
    }

    internal override void Explain(Frame frame, CauseSet causes)
    {
        var condition = Condition.Evaluate(frame);
        if (condition.IsUnknown) base.Explain(frame, causes);
        else causes.AddUnknown(condition.IsTrue ? Then : Else, frame);
    }

    private protected override Interval BoundUnknown(Frame frame)
    {
        var condition = Condition.Evaluate(frame);
        if (!condition.IsUnknown) return (condition.IsTrue ? Then : Else).Bound(frame);
        return Then.Bound(frame).Hull(Else.Bound(frame));
    }
}
