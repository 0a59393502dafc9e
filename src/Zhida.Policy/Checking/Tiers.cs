using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Checking;

/// <summary>
/// Proves that decision tables have no gap and, where only one row may hit, no overlap. Each input's domain is cut at
/// the constants of its tests; one value stands for each piece, which is exact because a test can't tell apart what
/// lies between two neighbouring constants. Pieces that pass the same tests are put together, then all combinations are
/// tried.
/// </summary>
internal sealed class Tiers(PolicyDocument policy, Item item, Table table)
{
    private const int MaxCombinations = 200_000;

    private readonly DecisionTable _node = table.Node;

    /// <summary>A piece of a domain: a value of it, and the rules whose test it passes.</summary>
    private sealed record Piece(string Witness, HashSet<int> Rules);

    public static IEnumerable<Finding> Check(PolicyDocument policy, Item item) =>
        item.Tables.SelectMany(t => new Tiers(policy, item, t).Check());

    private IEnumerable<Finding> Check()
    {
        var inputs = new List<List<Piece>>();
        for (var i = 0; i < _node.Inputs.Count; i++)
        {
            if (PiecesOf(i) is not { } pieces)
            {
                yield return Finding.Note("table.unproved", table.Location,
                    $"表“{table.Name}”第{i + 1}列的测试引用了别的数据，不能证明没有空档和重叠");
                yield break;
            }
            inputs.Add(pieces);
        }
        if (inputs.Aggregate(1L, (product, p) => Math.Min(product * p.Count, long.MaxValue / 1000)) > MaxCombinations)
        {
            yield return Finding.Note("table.unproved", table.Location, $"表“{table.Name}”的组合太多，不能逐一证明");
            yield break;
        }
        foreach (var finding in Combine(inputs, [], [.. Enumerable.Range(0, _node.Rules.Count)])) yield return finding;
    }

    private IEnumerable<Finding> Combine(List<List<Piece>> inputs, List<string> witness, HashSet<int> rules)
    {
        if (witness.Count == inputs.Count)
        {
            if (Judge(string.Join("，", witness), rules) is { } finding) yield return finding;
            yield break;
        }
        foreach (var piece in inputs[witness.Count])
        foreach (var finding in Combine(inputs, [.. witness, piece.Witness], [.. rules.Intersect(piece.Rules)]))
        {
            yield return finding;
            // One gap or overlap shows the matter; the rest follow from it.
            yield break;
        }
    }

    private Finding? Judge(string witness, HashSet<int> rules)
    {
        if (rules.Count == 0 && _node.Policy is not (HitPolicy.Collect or HitPolicy.Sum or HitPolicy.Count))
            return Finding.Error("table.gap", table.Location, $"表“{table.Name}”有空档：{witness} 没有对应行", "补一行，或缩小取值范围");
        if (rules.Count < 2 || _node.Policy is not (HitPolicy.Unique or HitPolicy.Any)) return null;
        if (_node.Policy == HitPolicy.Any && SameOutputs(rules)) return null;
        return Finding.Error("table.overlap", table.Location,
            $"表“{table.Name}”有重叠：{witness} 同时符合第{string.Join("、", rules.Order().Select(r => r + 1))}行",
            "改写测试使只有一行成立，或把命中策略改为 F、P 或 C+");
    }

    private bool SameOutputs(HashSet<int> rules)
    {
        var frame = NewFrame();
        var first = _node.Rules[rules.Min()].Outputs;
        return rules.All(r => _node.Rules[r].Outputs.Zip(first).All(
            o => Operations.Equal(o.First.Evaluate(frame), o.Second.Evaluate(frame)).IsTrue));
    }

    private Frame NewFrame() =>
        new(item.Frame.Size,
            new Evaluation(strict: true, Deciding.Decider.GlobalsOf(policy, new DateOnly(2000, 1, 1))));

    private List<Piece>? PiecesOf(int input)
    {
        var frame = NewFrame();
        var pieces = new List<Piece>();
        var values = Representatives(input);
        foreach (var value in values)
        {
            if (IsExcluded(_node.Inputs[input], value)) continue;
            frame[_node.InputSlots[input]] = value;
            var passed = new HashSet<int>();
            for (var rule = 0; rule < _node.Rules.Count; rule++)
            {
                var outcome = _node.Rules[rule].Tests[input].Evaluate(frame);
                if (outcome.IsUnknown) return null;
                if (outcome.IsTrue) passed.Add(rule);
            }
            if (!pieces.Any(p => p.Rules.SetEquals(passed)))
                pieces.Add(new Piece(Deciding.ValueText.Of(value, _node.Inputs[input].Type), passed));
        }
        return pieces;
    }

    /// <summary>A condition of the item already excludes the value (级别 in ("国家级", "省级") while the dictionary knows
    /// 市级 too): it never comes to the table. Only conditions over that very input are looked at.</summary>
    private bool IsExcluded(Expr input, in Value value)
    {
        if (input is not Member { Source: Variable { Symbol.Slot: var slot }, Declared: { } member, Name: var name } ||
            member.Derivation is not null) return false;
        var frame = NewFrame();
        var record = new Record((RecordType)((Member)input).Source.Type, "");
        record[record.Type.SlotOf(name)] = value;
        frame[slot] = Value.Of(record);
        foreach (var condition in item.Conditions)
            if (condition.Expression.Evaluate(frame).IsFalse) return true;
        return false;
    }

    private List<Value> Representatives(int input)
    {
        var constants = new List<Value>();
        foreach (var rule in _node.Rules) Collect(rule.Tests[input], constants);
        return _node.Inputs[input].Type switch
        {
            StringType { IsEnumeration: true } enumeration => [.. enumeration.Allowed.Select(v => Value.Of(v))],
            StringType => [.. constants.Where(c => c.Kind == ValueKind.String), Value.Of("（其他文字）")],
            NumberType number => Numbers([.. constants.Where(c => c.IsNumber).Select(c => c.Number)], number, input),
            SimpleType { Kind: ValueKind.Boolean } => [Value.True, Value.False],
            SimpleType { Kind: ValueKind.Date } =>
                [.. constants.Where(c => c.Kind == ValueKind.Date).SelectMany(c =>
                    new[] { c.Days - 1, c.Days, c.Days + 1 })
                    .DefaultIfEmpty(0).Distinct().Select(Value.OfDate)],
            _ => constants,
        };
    }

    private List<Value> Numbers(SortedSet<decimal> constants, NumberType type, int input)
    {
        var whole = IsWhole(_node.Inputs[input]);
        if (type.Minimum is { } minimum) constants.Add(minimum);
        if (type.Maximum is { } maximum) constants.Add(maximum);
        if (constants.Count == 0) constants.Add(0);
        var points = new SortedSet<decimal>(constants);
        decimal? previous = null;
        foreach (var constant in constants)
        {
            if (previous is { } before) points.Add(whole ? Math.Min(before + 1, constant) : (before + constant) / 2);
            if (whole) points.Add(constant - 1);
            previous = constant;
        }
        if (type.Minimum is null) points.Add(constants.Min - 1);
        if (type.Maximum is null) points.Add(constants.Max + 1);
        points.RemoveWhere(p => p < type.Minimum || p > type.Maximum);
        return [.. points.Select(p => Value.Of(p))];
    }

    private static bool IsWhole(Expr input) =>
        input is Member { Declared.Missing: MissingFact { Fact.Kind: FactKind.Integer } };

    private static void Collect(Expr node, List<Value> constants)
    {
        if (node is Literal { Value: var value })
        {
            if (value.Kind == ValueKind.List) constants.AddRange(value.Items);
            else if (value.Kind == ValueKind.Range) constants.AddRange([value.Range.Start, value.Range.End]);
            else constants.Add(value);
        }
        foreach (var child in node.Children) Collect(child, constants);
    }
}
