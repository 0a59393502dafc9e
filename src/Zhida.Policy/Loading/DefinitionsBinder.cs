using Zhida.Feel.Binding;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>A step of the calculation before it is bound.</summary>
internal sealed record DefinitionDraft(Passage Name, Passage Code, Basis? Basis, string? Layer);

/// <summary>Sections 定义 and 表: names for expressions and tables that may use each other in any order, without circles.
/// Bound in the order in which they need each other.</summary>
internal sealed class DefinitionsBinder(ItemContext context)
{
    private readonly Report _report = context.Report;
    private readonly List<DefinitionDraft> _definitions = [];
    private readonly List<TableDraft> _tables = [];
    private readonly Dictionary<string, Action> _pending = new(StringComparer.Ordinal);
    private readonly List<Passage> _path = [];

    /// <summary>In the order in which they can be computed.</summary>
    public List<Definition> Definitions { get; } = [];

    public List<Table> Tables { get; } = [];

    /// <summary>Open cells of tables, as parameters.</summary>
    public List<Parameter> Cells { get; } = [];

    public void Run()
    {
        foreach (var section in context.Source.Of("定义")) ReadDefinitions(section);
        foreach (var section in context.Source.Of("表")) ReadTable(section);
        foreach (var draft in _definitions) _pending[draft.Name.Text] = () => Bind(draft);
        foreach (var draft in _tables) _pending[draft.Name.Text] = () => Bind(draft);
        foreach (var name in _definitions.Select(d => d.Name).Concat(_tables.Select(t => t.Name))) Need(name.Text);
    }

    private void ReadDefinitions(LayeredSection section)
    {
        foreach (var line in SectionLines.Of(section.Section, _report))
        {
            if (SectionLines.Labelled(line, "定义", _report) is not { } parts) continue;
            var basis = context.Policy.Bases.OfLine(parts.Tail, section.Layer);
            if (!context.Policy.Names.Check(parts.Label, "定义")) continue;
            if (_definitions.Exists(d => d.Name.Text == parts.Label.Text))
                _report.Error(section.Layer is null ? "name.duplicate" : "layer.fixed", parts.Label,
                    $"“{parts.Label.Text}”已有定义", section.Layer is null ? "换一个名称" : "这一层不能改动上一层的定义");
            else _definitions.Add(new DefinitionDraft(parts.Label, parts.Code, basis, section.Layer));
        }
    }

    private void ReadTable(LayeredSection section)
    {
        if (TableDraft.Read(section, context.Policy.Bases, _report) is not { } draft) return;
        var known = _tables.Find(t => t.Name.Text == draft.Name.Text);
        if (known is not null && section.Layer is not null) known.Overlay(draft, _report);
        else if (known is not null || _definitions.Exists(d => d.Name.Text == draft.Name.Text))
            _report.Error("name.duplicate", draft.Name, $"“{draft.Name.Text}”与别的名称重复", "换一个名称");
        else if (context.Policy.Names.Check(draft.Name, "表")) _tables.Add(draft);
    }

    /// <summary>Binds what a name stands for, if that hasn't happened yet.</summary>
    private void Need(string name)
    {
        if (_pending.Remove(name, out var bind)) bind();
    }

    /// <summary>Binds first what the code of a draft needs; reports a circle.</summary>
    private void NeedAll(Passage name, IEnumerable<Passage> codes)
    {
        _path.Add(name);
        foreach (var code in codes)
        foreach (var needed in NamesIn.Find(code.Text, n => _pending.ContainsKey(n) || _path.Exists(p => p.Text == n)))
        {
            var start = _path.FindIndex(p => p.Text == needed);
            if (start < 0) Need(needed);
            else if (context.Scope.Find(needed) is null)
            {
                _report.Error("definition.circle", _path[start],
                    $"定义绕成了圈：{string.Join(" → ", _path.Skip(start).Select(p => p.Text).Append(needed))}",
                        "改写其中一个，使它不再用到自己");
                context.Declare(new Symbol(needed, FeelType.Any, context.NewSlot()), _path[start], "定义");
            }
        }
        _path.RemoveAt(_path.Count - 1);
    }

    private void Bind(DefinitionDraft draft)
    {
        NeedAll(draft.Name, [draft.Code]);
        if (IsCircular(draft.Name)) return;
        var expression = context.Bind(draft.Code, null, "定义");
                var symbol = new Symbol(draft.Name.Text, expression?.Type ?? FeelType.Any, context.NewSlot());
        if (!context.Declare(symbol, draft.Name, "定义") || expression is null) return;
        symbol.Define(expression);
        Definitions.Add(new Definition(draft.Name.Text, symbol, expression, draft.Code.Text, draft.Basis,
            draft.Name.Location));
    }

    private void Bind(TableDraft draft)
    {
        NeedAll(draft.Name, draft.Code);
        if (IsCircular(draft.Name)) return;
        var binder = new TableBinder(_report, context.Expressions, context.Policy.Values, OpenCell);
        var node = binder.Bind(draft);
                var symbol = new Symbol(draft.Name.Text, node?.Type ?? FeelType.Any, context.NewSlot());
        if (!context.Declare(symbol, draft.Name, "表") || node is null) return;
        symbol.Define(node);
        var bases = draft.Rows.SelectMany(r => r.Outputs).Select(o => o.Basis).OfType<Basis>().Distinct().ToList();
        Tables.Add(new Table(draft.Name.Text, symbol, node, bases, binder.Figures, draft.Name.Location)
            { Layer = draft.Layer });
    }

    /// <summary>A name that a circle has declared already.</summary>
    private bool IsCircular(Passage name) =>
        context.Scope.Find(name.Text) is { Definition: null, Type: AnyType };

    private ParameterSymbol OpenCell(string name, CellValue value, OutputCell output)
    {
        var row = new ParameterRow(output.Cell, value, output.Cell, null, null, output.Basis, output.Layer);
        var symbol = new ParameterSymbol(name, value.Type, context.NewSlot());
        if (context.Setting(name) is { } setting)
        {
            var given = context.Policy.Values.Read(setting, name, setting.From(setting.Length));
            if (given is not null && ValueReader.Misfit(given, value.Type) is { } problem)
                _report.Error("setting.type", setting, $"“{name}”{problem}", "按待细则所写的类型和范围填写");
            else if (given is not null) row = row with { Value = given, Cell = setting, Layer = "--set" };
        }
        Cells.Add(ParametersReader.Complete(name, symbol, [row], context));
        return symbol;
    }
}
