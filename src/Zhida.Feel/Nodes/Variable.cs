using Zhida.Feel.Binding;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>A name: a slot of the frame, a global, or a definition computed on first use.</summary>
public sealed class Variable(Span span, Symbol symbol) : Expr(span, symbol.Type)
{
    public Symbol Symbol { get; } = symbol;

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame)
    {
        if (Symbol.IsGlobal) return frame.Evaluation.Globals[Symbol.Slot];
        ref var slot = ref frame[Symbol.Slot];
        if (!slot.IsUnset) return slot;
        return Compute(frame);
    }

    private Value Compute(Frame frame)
    {
        var evaluation = frame.Evaluation;
        if (Symbol.Definition is not { } definition)
            return evaluation.Strict ? Value.Unknown(Symbol.Missing) : frame.Fail(Span, $"“{Symbol.Name}”还没有值");
        if (!evaluation.Enter()) return frame.Fail(Span, $"“{Symbol.Name}”的定义层次太深，或者绕成了圈");
        var value = definition.Evaluate(frame);
        evaluation.Leave();
        frame[Symbol.Slot] = value;
        return value;
    }

    internal override void Explain(Frame frame, CauseSet causes)
    {
        if (Symbol.Definition is { } definition)
        {
            if (causes.Enter(Symbol)) causes.AddUnknown(definition, frame);
        }
        else causes.Add(Evaluate(frame));
    }

    private protected override Interval BoundUnknown(Frame frame)
    {
        if (Symbol.Definition is not { } definition) return base.BoundUnknown(frame);
        var known = frame.Evaluation.Bounds;
        return known.TryGetValue(Symbol, out var bound) ? bound : known[Symbol] = definition.Bound(frame);
    }
}
