using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>a in (t, u): the value is put into a slot, then the tests, boolean expressions over that slot, run against
/// it; one that holds settles it (Kleene's or).</summary>
public sealed class InTests(Span span, Expr value, int slot, IReadOnlyList<Expr> tests, bool negated)
    : Expr(span, FeelType.Boolean)
{
    private readonly Expr[] _children = [value, .. tests];

    public Expr Value { get; } = value;

    /// <summary>Where the tests find the value.</summary>
    public int Slot { get; } = slot;

    public IReadOnlyList<Expr> Tests { get; } = tests;

    /// <summary>not(t, u)</summary>
    public bool Negated { get; } = negated;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        frame[Slot] = Value.Evaluate(frame);
        var result = AnyHolds(Tests, frame);
        return Negated && result.Kind == ValueKind.Boolean ? Values.Value.Of(!result.IsTrue) : result;
    }

    /// <summary>Whether one of the tests holds, the input being in its slot.</summary>
    internal static Value AnyHolds(IReadOnlyList<Expr> tests, Frame frame)
    {
        var result = Values.Value.False;
        for (var i = 0; i < tests.Count; i++)
        {
            var outcome = tests[i].Evaluate(frame);
            if (outcome.IsTrue) return outcome;
            if (outcome.IsUnknown || outcome.IsNull && !result.IsUnknown) result = outcome;
        }
        return result;
    }

    internal override void Explain(Frame frame, CauseSet causes)
    {
        frame[Slot] = Value.Evaluate(frame);
        if (frame[Slot].IsUnknown) causes.AddUnknown(Value, frame);
        else foreach (var test in Tests) causes.AddUnknown(test, frame);
    }
}
