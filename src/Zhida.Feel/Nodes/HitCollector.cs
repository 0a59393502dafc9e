using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>Puts the hits of one table evaluation together as its hit policy says (DMN 1.5, 8.2.8). A doubt is a rule
/// whose tests are unknown: it matters unless it would give what is given anyway, or comes after a first hit.</summary>
internal ref struct HitCollector(DecisionTable table, Frame frame)
{
    private Value _first = default;
    private List<Value>? _all = null;
    private Value _doubt = default;
    private Value _doubtOutput = default;
    private bool _settled = true;

    public void Doubt(Value unknown, TableRule rule)
    {
        if (_doubt.IsUnset) _doubt = unknown;
        var output = table.Output(rule, frame);
        if (_doubtOutput.IsUnset) _doubtOutput = output;
        else if (!Operations.Equal(_doubtOutput, output).IsTrue) _settled = false;
    }

    /// <summary>Takes a hit; false when no further rule can matter.</summary>
    public bool Take(TableRule rule)
    {
        var output = table.Output(rule, frame);
        if (_first.IsUnset)
        {
            _first = output;
            return table.Policy != HitPolicy.First;
        }
        switch (table.Policy)
        {
            case HitPolicy.Unique:
                _first = frame.Fail(rule.Span, $"表“{table.Name}”有两行同时成立，而命中策略是 U");
                return false;
            case HitPolicy.Any when !Operations.Equal(_first, output).IsTrue:
                _first = frame.Fail(rule.Span, $"表“{table.Name}”成立的几行结果不同，而命中策略是 A");
                return false;
            case HitPolicy.Any:
                return true;
            default:
                (_all ??= [_first]).Add(output);
                return true;
        }
    }

    public readonly Value Result(NoRow noRow)
    {
        if (!_doubt.IsUnset && !SettledAnyway()) return _doubt;
        if (table.Policy is HitPolicy.Count) return Value.Of(_all?.Count ?? (_first.IsUnset ? 0m : 1m));
        if (_first.IsUnset)
        {
            if (table.Default is { } fallback) return fallback.Evaluate(frame);
            return frame.Evaluation.Strict ? Value.Unknown(noRow) : Value.Null;
        }
        return table.Policy switch
        {
            HitPolicy.Unique or HitPolicy.Any or HitPolicy.First => _first,
            HitPolicy.Priority => ByPriority()[0],
            HitPolicy.OutputOrder => Value.OfList(ByPriority()),
            HitPolicy.RuleOrder or HitPolicy.Collect => Value.OfList([.. All()]),
            _ => Fold(),
        };
    }

    /// <summary>Kleene's rule for tables: a doubt is harmless when a certain hit gives the same output.</summary>
    private readonly bool SettledAnyway() =>
        _settled && !_first.IsUnset && table.Policy is HitPolicy.Unique or HitPolicy.Any or HitPolicy.First &&
        Operations.Equal(_first, _doubtOutput).IsTrue;

    private readonly List<Value> All() => _all ?? [_first];

    private readonly Value[] ByPriority()
    {
        var (whole, names) = (table.Priorities, table.OutputNames);
        if (table.PrioritiesByOutput is not { } orders) return [.. All().OrderBy(v => Rank(v, whole))];
        var sorted = All().OrderBy(v => Rank(Output(v, names[0]), orders[0]));
        for (var i = 1; i < orders.Count; i++)
        {
            var column = i;
            sorted = sorted.ThenBy(v => Rank(Output(v, names[column]), orders[column]));
        }
        return [.. sorted];
    }

    private static Value Output(in Value value, string name) =>
        value.Kind == ValueKind.Context && value.Context.TryGet(name, out var output) ? output : Value.Null;

    private static int Rank(in Value value, IReadOnlyList<Value> order)
    {
        for (var i = 0; i < order.Count; i++)
            if (Operations.Equal(order[i], value).IsTrue) return i;
        return order.Count;
    }

    private readonly Value Fold()
    {
        var result = _first;
        foreach (var value in All().Skip(1))
        {
            if (table.Policy == HitPolicy.Sum)
            {
                result = Operations.Add(result, value, frame, table.Span);
                continue;
            }
            if (result.IsUnknown || value.IsUnknown) return result.IsUnknown ? result : value;
            if (!Operations.TryCompare(value, result, out var order))
                return frame.Fail(table.Span, $"表“{table.Name}”的结果不能比较");
            if (table.Policy == HitPolicy.Minimum ? order < 0 : order > 0) result = value;
        }
        return result;
    }
}
