using System.Collections.Immutable;
using Zhida.Feel;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;
using Expr = Zhida.Feel.Nodes.Expr;

namespace Zhida.Policy.Loading;

/// <summary>Binds a decision table to a node: tests against input slots, output cells as literals, expressions or open
/// places.</summary>
/// <param name="open">Gives an open cell its symbol: the table's name with the row's label, and the cell.</param>
internal sealed class TableBinder(
    Report report, Expressions expressions, ValueReader values, Func<string, CellValue, OutputCell, Symbol?> open)
{
    private readonly List<(Basis, Value, FeelType)> _figures = [];

    /// <summary>Output cells that a figure of the text fixes.</summary>
    public IReadOnlyList<(Basis Basis, Value Value, FeelType Type)> Figures => _figures;

    /// <summary>Null where the table can't be bound; that is reported.</summary>
    public DecisionTable? Bind(TableDraft draft)
    {
        var inputs = draft.Inputs.Select(i => expressions.Bind(i, null, "输入")).ToList();
        var symbols = inputs.Select(i => new Symbol("?", i?.Type ?? FeelType.Any, expressions.Scope.NewSlot()))
            .ToList();
        var rows = draft.Rows.Select(r => BindRow(draft, r, symbols)).ToList();
        var types = draft.Outputs.Select((_, i) => ColumnType(rows.Select(r => (r.Outputs[i], r.Row.Outputs[i].Cell))))
            .ToList();
        if (inputs.Contains(null) || rows.Count == 0 ||
            rows.Exists(r => r.Tests.Contains(null) || r.Outputs.Contains(null)))
            return null;
        var rules = rows.Select(r => new TableRule([.. r.Tests.OfType<Expr>()], [.. r.Outputs.OfType<Expr>()],
            new Span(r.Row.Line.Passage.Start, r.Row.Line.Passage.Length))).ToList();
        FeelType type = types.Count == 1 ? types[0]
            : new ContextType([.. draft.Outputs.Zip(types, (name, t) => (name.Text, t))]);
        return new DecisionTable(new Span(0, 0), draft.Policy == HitPolicy.Count ? FeelType.PureNumber : type,
            draft.Name.Text, draft.Policy, [.. inputs.OfType<Expr>()], [.. symbols.Select(s => s.Slot)],
            [.. draft.Outputs.Select(o => o.Text)], rules, Priorities(draft));
    }

    private (DraftRow Row, List<Expr?> Tests, List<Expr?> Outputs) BindRow(
        TableDraft draft, DraftRow row, List<Symbol> symbols)
    {
        var tests = row.Inputs.Select((cell, i) => BindTest(cell, symbols[i])).ToList();
        var outputs = row.Outputs.Select((cell, i) => BindOutput(cell, draft.Outputs.Count == 1
            ? $"{draft.Name.Text}/{row.Label}" : $"{draft.Name.Text}/{row.Label}/{draft.Outputs[i].Text}")).ToList();
        return (row, tests, outputs);
    }

    private Expr? BindTest(Passage cell, Symbol input)
    {
        if (!cell.IsEmpty) return expressions.BindTests(cell, input);
        report.Error("table.cell", cell, "输入格是空的", "任意值写 -");
        return null;
    }

    private Expr? BindOutput(OutputCell output, string name)
    {
        var cell = output.Cell;
        if (cell.TryCode(out var code, out _)) return expressions.Bind(code, null, "输出");
        if (values.Read(cell, name, cell.From(cell.Length)) is not { } value) return null;
        var span = new Span(cell.Start, cell.Length);
        if (value.Value is not { } known)
            return open(name, value, output) is { } symbol ? new Variable(span, symbol) : null;
        if (output.Basis is { Figure: not null } basis) _figures.Add((basis, known, value.Type));
        var type = known.Kind == ValueKind.String ? new StringType([known.Text]) : value.Type;
        return new Literal(span, type, known);
    }

    /// <summary>The one type of a column; texts together are an enumeration.</summary>
    private FeelType ColumnType(IEnumerable<(Expr? Output, Passage Cell)> cells)
    {
        FeelType? type = null;
        foreach (var (output, cell) in cells)
        {
            if (output is null) continue;
            if (type is null) type = output.Type;
            else if (type is StringType { IsEnumeration: true } a &&
                output.Type is StringType { IsEnumeration: true } b)
                type = new StringType([.. a.Allowed.Union(b.Allowed)]);
            else if (TypeFit.Problem(output.Type, type) is { } problem)
                report.Error("table.type", cell, $"这一格{problem}，与同列其他格不同", "一列只能是一种类型、一个单位");
            else if (type != output.Type) type = Widened(type);
        }
        return type ?? FeelType.Any;
    }

    private static FeelType Widened(FeelType type) => type switch
    {
        NumberType number => number with { Minimum = null, Maximum = null },
        StringType => FeelType.Text,
        _ => type,
    };

    private List<Value> Priorities(TableDraft draft)
    {
        if (draft.Policy == HitPolicy.Priority && draft.Priorities.Count == 0)
            report.Error("table.priority", draft.Name, "命中策略 P 要写出输出的次序", "在表格上面写一行 次序：甲；乙；丙");
        var order = new List<Value>();
        foreach (var cell in draft.Priorities)
        {
            // A word without quotation marks is a text here.
            if (cell.Span.IndexOfAny("“\"") < 0 && !char.IsAsciiDigit(cell.Span[0])) order.Add(Value.Of(cell.Text));
            else if (values.Read(cell, "次序", cell.From(cell.Length)) is { Value: { } value }) order.Add(value);
        }
        return order;
    }
}
