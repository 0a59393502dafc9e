using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>Says why a line is what it is, while its frame is still as it was evaluated: each condition with the values
/// it used, what is missing or open, the steps of the calculation.</summary>
internal sealed class Explainer(Line line, ItemEvaluator evaluator, SubjectFacts facts)
{
    private readonly List<MissingItem> _missing = [];
    private readonly List<string> _open = [];
    private readonly List<string> _notes = [];

    private Frame Frame => evaluator.Frame;

    public static void Explain(Line line, ItemEvaluator evaluator, SubjectFacts facts) =>
        new Explainer(line, evaluator, facts).Run();

    private void Run()
    {
        line.Conditions = [.. line.Item.Conditions.Select(Describe)];
        if (line.Outcome == Outcome.NotDue) return;
        if (line.AsIfInForce) Note(_open, evaluator.Policy.OpenIssueDate.Name);
        Sort(Causes.OfAmount(line.Item, Frame));
        if (line.Item.Amount.Expression is { } amount && line.Object.Id.Length > 0)
            line.Worksheet = Worksheet.Of(line.Item, amount, Frame);
        (line.Missing, line.Open, line.Notes) = (_missing, _open, _notes);
    }

    private ConditionResult Describe(Condition condition)
    {
        var value = condition.Expression.Evaluate(Frame);
        var (outcome, assumed) =
            (value.IsTrue ? Outcome.Due : value.IsFalse ? Outcome.NotDue : Outcome.Undecided, false);
        IReadOnlyList<string> reasons = [];
        if (outcome == Outcome.Undecided)
        {
            if (evaluator.AsIfInForce(condition) is { } holds)
                (outcome, assumed) = (holds ? Outcome.Due : Outcome.NotDue, true);
            var causes = UnknownLeaves.Of(condition.Expression, Frame);
            reasons = [.. causes.Select(c => c.Describe())];
            if (line.Outcome != Outcome.NotDue && !assumed) Sort(causes);
        }
        return new ConditionResult(condition, outcome, assumed, UsedValues.Of(condition.Expression, Frame, facts),
            condition.Basis?.Quote, outcome == Outcome.NotDue ? Gap.Of(condition.Expression, Frame) : null, reasons);
    }

    private void Sort(IEnumerable<Cause> causes)
    {
        foreach (var cause in causes)
            switch (cause)
            {
                case MissingFact { Fact: var fact }:
                    AddMissing(new MissingItem(fact.Path, ObjectId(fact.Object), fact.Question));
                    break;
                case MissingObject { Type: var type }:
                    AddMissing(new MissingItem(type.Name, null, $"有没有{type.Name}？有的话请填写。"));
                    break;
                case OpenPlace open:
                    Note(_open, open.Name);
                    break;
                default:
                    Note(_notes, cause.Describe());
                    break;
            }
    }

    private void AddMissing(MissingItem item)
    {
        if (!_missing.Contains(item)) _missing.Add(item);
    }

    private static void Note(List<string> notes, string text)
    {
        if (!notes.Contains(text)) notes.Add(text);
    }

    /// <summary>The id of the object whose fact is missing: the claim object, or one that it reaches.</summary>
    private string? ObjectId(ObjectType type)
    {
        if (type == line.Item.Object) return line.Object.Id;
        if (type == facts.Dictionary.Subject) return facts.Subject.Id;
        foreach (var reached in line.Item.Frame.Reached)
            if (reached.Type == type && Frame[reached.Slot] is { Kind: ValueKind.Context, Context: Record record })
                return record.Id;
        return null;
    }
}

/// <summary>The values that an expression used: facts, parameters, readings, definitions, each once.</summary>
internal static class UsedValues
{
    public static IReadOnlyList<UsedValue> Of(Expr expression, Frame frame, SubjectFacts facts)
    {
        var values = new List<UsedValue>();
        Collect(expression, frame, facts, values);
        return values;
    }

    private static void Collect(Expr node, Frame frame, SubjectFacts facts, List<UsedValue> values)
    {
        switch (node)
        {
            case Member { Declared: not null } member when Path(member) is { } path:
                var provenance = member.Source.Evaluate(frame) is { Kind: ValueKind.Context, Context: Record owner }
                    ? facts.ProvenanceOf(owner, member.Name) : null;
                Add(values, path, member, frame, provenance);
                return;
            case Variable { Symbol: ParameterSymbol or { Definition: not null } } variable:
                Add(values, variable.Symbol.Name, variable, frame, null);
                return;
            case IfElse branch when branch.Condition.Evaluate(frame) is { IsUnknown: false } condition:
                Collect(branch.Condition, frame, facts, values);
                Collect(condition.IsTrue ? branch.Then : branch.Else, frame, facts, values);
                return;
            case For or Quantified or Filter:
                return;
        }
        foreach (var child in node.Children) Collect(child, frame, facts, values);
    }

    private static void Add(List<UsedValue> values, string name, Expr node, Frame frame, Provenance? provenance)
    {
        if (values.Any(v => v.Name == name)) return;
        var value = node.Evaluate(frame);
        values.Add(new UsedValue(
            name, value.IsUnknown ? "未知" : ValueText.Of(value, node.Type), provenance?.Source, provenance?.Time));
    }

    /// <summary>贷款.本金, 口径.年度; null where the member is not of a named object.</summary>
    private static string? Path(Member member) => member.Source switch
    {
        Variable variable => $"{variable.Symbol.Name}.{member.Name}",
        Member source when Path(source) is { } path => $"{path}.{member.Name}",
        _ => null,
    };
}

/// <summary>How far a failed numeric condition is from holding.</summary>
internal static class Gap
{
    /// <summary>还差3人, 超出5万元; null where the condition is not one number against another.</summary>
    public static string? Of(Expr condition, Frame frame)
    {
        if (Sides(condition, frame) is not var (value, limit)) return null;
        var (a, b) = (value.Evaluate(frame), limit.Evaluate(frame));
        if (a.IsNumber && b.IsNumber)
        {
            var type = value.Type as NumberType;
            var distance = ValueText.Number(
                Math.Abs(b.Number - a.Number), type is null ? null : new NumberType(type.Unit));
            return a.Number < b.Number ? $"还差{distance}" : a.Number > b.Number ? $"超出{distance}" : "正好在界上，界上不算";
        }
        if (a.Kind != ValueKind.Date || b.Kind != ValueKind.Date) return null;
        return a.Days < b.Days ? $"早{b.Days - a.Days}天" : $"晚{a.Days - b.Days}天";
    }

    /// <summary>The same distance as a number, as <see cref="Batch.LineSink.CountNearMiss"/> takes it.</summary>
    public static long Measure(Expr condition, Frame frame)
    {
        if (Sides(condition, frame) is not var (value, limit)) return Batch.LineSink.NoGap;
        var (a, b) = (value.Evaluate(frame), limit.Evaluate(frame));
        if (a.IsNumber && b.IsNumber)
            return (long)Math.Min(long.MaxValue, Math.Abs(b.Number - a.Number) * Batch.LineSink.GapsOfUnit);
        return a.Kind == ValueKind.Date && b.Kind == ValueKind.Date
            ? Math.Abs(b.Days - a.Days) * Batch.LineSink.GapsOfUnit : Batch.LineSink.NoGap;
    }

    /// <summary>The type of what a condition compares, in whose unit its gap is; null where it compares no numbers or
    /// dates, or things of several units.</summary>
    public static FeelType? TypeOf(Expr condition) => condition switch
    {
        And and => (TypeOf(and.Left), TypeOf(and.Right)) switch
        {
            (null, var right) => right,
            (var left, null) => left,
            var (left, right) => UnitOf(left!) == UnitOf(right!) ? left : null,
        },
        Compare { Operator: not (ComparisonOperator.Equal or ComparisonOperator.NotEqual) } compare =>
            compare.Left.Type,
        InRange range => range.Value.Type,
        _ => null,
    };

    /// <summary>人, 元; 天 for dates.</summary>
    private static string UnitOf(FeelType type) => type is NumberType number ? number.Unit?.ToString() ?? "" : "天";

    /// <summary>What failed: a value, and the limit that it does not reach or goes beyond; null also where a condition
    /// is not known to fail, but is decided as if in force.</summary>
    private static (Expr Value, Expr Limit)? Sides(Expr condition, Frame frame)
    {
        if (!condition.Evaluate(frame).IsFalse) return null;
        switch (condition)
        {
            case And and:
                return Sides(and.Left.Evaluate(frame).IsFalse ? and.Left : and.Right, frame);
            case Compare { Operator: not (ComparisonOperator.Equal or ComparisonOperator.NotEqual) } compare:
                return (compare.Left, compare.Right);
            case InRange range:
                var value = range.Value.Evaluate(frame);
                if (range.Low is { } low && Operations.TryCompare(value, low.Evaluate(frame), out var order) &&
                    order <= 0)
                    return (range.Value, low);
                return range.High is { } high ? (range.Value, high) : null;
            default:
                return null;
        }
    }
}
