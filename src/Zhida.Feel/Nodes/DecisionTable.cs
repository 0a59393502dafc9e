using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>Hit policies of DMN 1.5, 8.2.8.</summary>
public enum HitPolicy { Unique, Any, First, Priority, RuleOrder, OutputOrder, Collect, Sum, Minimum, Maximum, Count }

/// <summary>A rule: one test per input (a boolean expression over the input's slot) and one expression per
/// output.</summary>
public sealed record TableRule(IReadOnlyList<Expr> Tests, IReadOnlyList<Expr> Outputs, Span Span);

/// <summary>The reason of an unknown: no rule of a table fits (无对应行).</summary>
public sealed class NoRow(string table) : Cause
{
    public override string Describe() => $"无对应行：{table}";
}

/// <summary>
/// A decision table (DMN 1.5, 8) as an expression: inputs are evaluated into their slots, then the rules' tests run
/// against these. Strict mode: a test that is unknown makes the result unknown unless the other rules settle it; no
/// rule is <see cref="NoRow"/>. Its value is the one output's, or a context of the outputs by name.
/// </summary>
public sealed class DecisionTable : Expr
{
    private readonly NoRow _noRow;
    private readonly Expr[] _children;

    public DecisionTable(
        Span span, FeelType type, string name, HitPolicy policy, IReadOnlyList<Expr> inputs,
        IReadOnlyList<int> inputSlots, IReadOnlyList<string> outputNames, IReadOnlyList<TableRule> rules,
        IReadOnlyList<Value> priorities)
        : base(span, type)
    {
        (Name, Policy, Inputs, InputSlots, OutputNames, Rules, Priorities) =
            (name, policy, inputs, inputSlots, outputNames, rules, priorities);
        _noRow = new NoRow(name);
        _children = [.. inputs, .. rules.SelectMany(r => r.Tests.Concat(r.Outputs))];
    }

    public string Name { get; }

    public HitPolicy Policy { get; }

    public IReadOnlyList<Expr> Inputs { get; }

    /// <summary>The frame slots that hold the inputs' values while the tests run.</summary>
    public IReadOnlyList<int> InputSlots { get; }

    public IReadOnlyList<string> OutputNames { get; }

    public IReadOnlyList<TableRule> Rules { get; }

    /// <summary>For P and O: output values, most important first.</summary>
    public IReadOnlyList<Value> Priorities { get; }

    /// <summary>For P and O with several outputs: the priorities of each, in the outputs' order; the first output at
    /// which two rules differ decides. Null: <see cref="Priorities"/> are of the whole.</summary>
    public IReadOnlyList<IReadOnlyList<Value>>? PrioritiesByOutput { get; init; }

    /// <summary>The result where no rule fits; null where there is none.</summary>
    public Expr? Default { get; init; }

    private bool IsSingle => Policy is HitPolicy.First or HitPolicy.Unique or HitPolicy.Any;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        StoreInputs(frame);
        var hits = new HitCollector(this, frame);
        foreach (var rule in Rules)
        {
            var matches = Matches(rule, frame);
            if (matches.IsFalse || matches.IsNull) continue;
            if (matches.IsUnknown) hits.Doubt(matches, rule);
            else if (!hits.Take(rule)) break;
        }
        return hits.Result(_noRow);
    }

    /// <summary>Whether a rule fits, the inputs being in their slots: the conjunction of its tests
    /// (Kleene's).</summary>
    public static Value Matches(TableRule rule, Frame frame)
    {
        var result = Value.True;
        foreach (var test in rule.Tests)
        {
            var outcome = test.Evaluate(frame);
            if (outcome.IsFalse || outcome.IsNull) return Value.False;
            if (outcome.IsUnknown) result = outcome;
        }
        return result;
    }

    internal override void Explain(Frame frame, CauseSet causes)
    {
        StoreInputs(frame);
        foreach (var rule in Rules)
        {
            var matches = Matches(rule, frame);
            if (matches.IsFalse || matches.IsNull) continue;
            // An input matters only to rules that are still open, and only where they test it.
            for (var i = 0; i < Inputs.Count; i++)
            {
                if (!rule.Tests[i].Evaluate(frame).IsUnknown) continue;
                causes.AddUnknown(Inputs[i], frame);
                causes.AddUnknown(rule.Tests[i], frame);
            }
            foreach (var output in rule.Outputs) causes.AddUnknown(output, frame);
            if (matches.IsTrue && IsSingle) break;
        }
        if (causes.Count == 0) causes.Add(Evaluate(frame));
    }

    private protected override Interval BoundUnknown(Frame frame)
    {
        if (Type is not NumberType || Policy is HitPolicy.Sum or HitPolicy.Count) return base.BoundUnknown(frame);
        StoreInputs(frame);
        Interval? hull = null;
        foreach (var rule in Rules)
        {
            var matches = Matches(rule, frame);
            if (matches.IsFalse || matches.IsNull) continue;
            var output = rule.Outputs[0].Bound(frame);
            hull = hull?.Hull(output) ?? output;
            if (matches.IsTrue && IsSingle) break;
        }
        return hull ?? Interval.Unbounded;
    }

    private void StoreInputs(Frame frame)
    {
        for (var i = 0; i < Inputs.Count; i++) frame[InputSlots[i]] = Inputs[i].Evaluate(frame);
    }

    internal Value Output(TableRule rule, Frame frame)
    {
        if (rule.Outputs.Count == 1) return rule.Outputs[0].Evaluate(frame);
        var values = new Value[rule.Outputs.Count];
        for (var i = 0; i < values.Length; i++) values[i] = rule.Outputs[i].Evaluate(frame);
        return Value.Of(new DynamicContext(OutputNames, values));
    }
}
