using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>Makes the expression of a decision table.</summary>
internal sealed class TableCompiler
{
    private readonly BoxCompiler _boxes;
    private readonly TableBox _table;
    private readonly Scope _scope;
    private readonly int _firstSlot;

    public TableCompiler(BoxCompiler boxes, TableBox table, Scope outer)
    {
        (_boxes, _table, _firstSlot) = (boxes, table, outer.NextSlot);
        _scope = new Scope(outer);
        for (var i = 0; i < table.Inputs.Length; i++)
            new Scope(outer).Add(new Symbol("?", FeelType.Any, _firstSlot + i));
    }

    public DecisionTable Compile()
    {
        var inputs = _table.Inputs.Select((input, i) => Input(input, i)).ToArray();
        var symbols = inputs.Select((input, i) => new Symbol("?", input.Type, _firstSlot + i)).ToArray();
        var names = _table.Outputs.Select((o, i) => o.Name ?? $"output {i + 1}").ToArray();
        var rules = _table.Rows.Select(row => Rule(row, symbols)).ToArray();
        var priorities = _table.Outputs.Select(Priorities).ToArray();
        return new DecisionTable(
            default, TypeOf(names, rules), "", _table.Policy, inputs, [.. symbols.Select(s => s.Slot)], names, rules,
            priorities.Length == 1 ? priorities[0] : [])
        {
            PrioritiesByOutput = priorities.Length > 1 ? priorities : null,
            Default = Default(names),
        };
    }

    private Expr Input(TableInput input, int index)
    {
        var expr = _boxes.Typed(_boxes.Text(input.Text, _scope, input.Place), input.TypeRef, input.Place);
        var symbol = new Symbol("?", expr.Type, _firstSlot + index);
        return Tests(input.Values, symbol, input.Place) is { } test ? new CheckedInput(expr, symbol.Slot, test) : expr;
    }

    private Expr? Tests(string? text, Symbol input, Place place)
    {
        var scope = new Scope(_scope);
        scope.Add(input);
        return _boxes.Tests(text, scope, input, place);
    }

    private TableRule Rule(TableRow row, Symbol[] inputs)
    {
        var tests = row.Inputs.Zip(inputs, (cell, input) => Tests(cell, input, row.Place)).OfType<Expr>();
        var outputs = row.Outputs.Zip(_table.Outputs, (cell, output) => Output(cell, output, row.Place));
        return new TableRule([.. tests], [.. outputs], default);
    }

    private Expr Output(string text, TableOutput output, Place place) =>
        _boxes.Typed(_boxes.Text(text.Trim().Length == 0 ? "null" : text, _scope, place), output.TypeRef, place);

    /// <summary>The declared values of an output in their order; they are literals, so that no data is
    /// needed.</summary>
    private IReadOnlyList<Value> Priorities(TableOutput output)
    {
        if (output.Values is null || _table.Policy is not (HitPolicy.Priority or HitPolicy.OutputOrder)) return [];
        var list = _boxes.Text($"[{output.Values}]", _scope, output.Place);
        var value = list.Evaluate(new Frame(_scope.NextSlot, new Evaluation(false, [])));
        return value.Kind == ValueKind.List ? value.Items : [];
    }

    private Expr? Default(string[] names)
    {
        if (_table.Outputs.All(o => o.Default is null)) return null;
        var values = _table.Outputs.Select(o => Output(o.Default ?? "null", o, o.Place)).ToArray();
        if (values.Length == 1) return values[0];
        var inner = new Scope(_scope);
        var slots = names.Zip(values, (name, value) => inner.Declare(name, value.Type).Slot).ToArray();
        return new ContextLiteral(default, FeelType.Any, names, slots, values);
    }

    private FeelType TypeOf(string[] names, TableRule[] rules)
    {
        FeelType Column(int i) => rules.Length > 0 && rules.All(r => i < r.Outputs.Count &&
            r.Outputs[i].Type == rules[0].Outputs[i].Type) ? rules[0].Outputs[i].Type : FeelType.Any;
        var row = names.Length == 1 ? Column(0) : new ContextType([.. names.Select((n, i) => (n, Column(i)))]);
        return _table.Policy switch
        {
            HitPolicy.RuleOrder or HitPolicy.OutputOrder or HitPolicy.Collect => new ListType(row),
            HitPolicy.Count => FeelType.Number,
            _ => row,
        };
    }
}
