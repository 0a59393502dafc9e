using Zhida.Feel.Binding;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>A row of 参数 before layers and settings have filled open places.</summary>
internal sealed record ParameterRow(
    Passage Name, CellValue Value, Passage Cell, DateOnly? From, DateOnly? To, Basis? Basis, string? Layer);

/// <summary>Section 参数: named, dated values; layers and settings fill the open ones.</summary>
internal sealed class ParametersReader(ItemContext context)
{
    private static readonly string[] Required = ["名称", "值"];
    private static readonly string[] Optional = ["自", "至", "类型", "依据"];

    private readonly Report _report = context.Report;
    private readonly List<(Passage Name, List<ParameterRow> Rows)> _drafts = [];
    private readonly List<string> _broken = [];

    /// <summary>Parameters in the order of the file. <paramref name="openLists"/>: those that end with 等, each with
    /// the symbol that says whether an unlisted value counts.</summary>
    public List<Parameter> Read(out List<(Passage Name, Symbol Unlisted)> openLists)
    {
        foreach (var section in context.Source.Of("参数"))
        {
            var rows = section.Section.Parts.OfType<TablePart>()
                .SelectMany(t => TableView.Open(t, _report, Required, Optional).Rows)
                .Select(r => ReadRow(r, section.Layer)).OfType<ParameterRow>().ToList();
            foreach (var group in rows.GroupBy(r => r.Name.Text)) Merge(group.First().Name, [.. group], section.Layer);
        }
        openLists = [];
        var parameters = new List<Parameter>();
        foreach (var (name, rows) in _drafts)
            if (Finish(name, rows, openLists) is { } parameter) parameters.Add(parameter);
        // A name whose value is wrong is known all the same, so that its users are not wrong too.
        foreach (var name in _broken)
            if (context.Scope.Find(name) is null) context.Scope.Add(new Symbol(name, FeelType.Any, context.NewSlot()));
        return parameters;
    }

    private ParameterRow? ReadRow(TableRow row, string? layer)
    {
        var (name, cell) = (row["名称"], row["值"]);
        var basis = context.Policy.Bases.OfCell(row["依据"], layer);
        var (from, to) = (ReadDate(row["自"]), ReadDate(row["至"]));
        var value = context.Policy.Values.Read(cell, name.Text, row["类型"]);
        if (!context.Policy.Names.Check(name, "参数")) return null;
        if (value is null)
        {
            _broken.Add(name.Text);
            return null;
        }
        return new ParameterRow(name, value, cell, from, to, basis, layer);
    }

    private DateOnly? ReadDate(Passage cell)
    {
        if (cell.IsEmpty || cell.Is("印发日") || cell.Is("—")) return null;
        if (ValueReader.TryDate(cell.Text, out var date)) return date;
        _report.Error("parameter.date", cell, $"“{cell.Text}”不是日期", "写 印发日 或 2026-03-01");
        return null;
    }

    private void Merge(Passage name, List<ParameterRow> rows, string? layer)
    {
        var known = _drafts.FindIndex(d => d.Name.Text == name.Text);
        if (known < 0)
        {
            _drafts.Add((name, rows));
            return;
        }
        var existing = _drafts[known].Rows;
        if (layer is null || rows[0].Layer == existing[0].Layer)
        {
            _report.Error("name.duplicate", name, $"参数“{name.Text}”与共同的参数重复", "换一个名称");
            return;
        }
        if (existing.TrueForAll(r => r.Value.IsOpen))
        {
            var open = existing[0].Value.Type;
            rows.RemoveAll(r => !r.Value.IsOpen && IsMisfit(r, open));
            if (rows.Count > 0) _drafts[known] = (_drafts[known].Name, rows);
            return;
        }
        foreach (var row in rows)
        {
            var place = existing.FindIndex(r => r.Value.IsOpen && r.From == row.From);
            if (place >= 0 && !IsMisfit(row, existing[place].Value.Type)) existing[place] = row;
            else if (place < 0)
                _report.Error("layer.fixed", row.Cell, $"“{name.Text}”在上一层已有定值，这一层不能改动", "删去这一行；只能填待细则之处");
        }
    }

    private bool IsMisfit(ParameterRow row, FeelType open)
    {
        if (ValueReader.Misfit(row.Value, open) is not { } problem) return false;
        _report.Error("layer.type", row.Cell, $"“{row.Name.Text}”{problem}", "按正文待细则所写的类型和范围填写");
        return true;
    }

    private Parameter? Finish(Passage name, List<ParameterRow> rows, List<(Passage, Symbol)> openLists)
    {
        CheckDates(rows);
        if (rows.Exists(MayBeSet) && context.Setting(name.Text) is { } setting) Fill(name, rows, setting);
        var type = (rows.Find(r => r.Value.IsOpen) ?? rows[0]).Value.Type;
        foreach (var row in rows)
            if (ValueReader.Misfit(row.Value with { Value = null }, type) is { } problem)
                _report.Error("parameter.type", row.Cell, $"“{name.Text}”的几个值类型不同：{problem}", "各行用同一个单位");
        Symbol? unlisted = null;
        if (rows.Exists(r => r.Value.EndsOpen))
        {
            unlisted = new Symbol("未列" + name.Text, FeelType.Boolean, context.NewSlot());
            openLists.Add((name, unlisted));
        }
        var symbol = new ParameterSymbol(name.Text, type, context.NewSlot()) { Unlisted = unlisted };
        if (!context.Declare(symbol, name, "参数")) return null;
        return Complete(name.Text, symbol, rows, context);
    }

    /// <summary>Makes the parameter that a symbol stands for.</summary>
    internal static Parameter Complete(
        string name, ParameterSymbol symbol, IReadOnlyList<ParameterRow> rows, ItemContext context)
    {
        var values = rows.Select(r => new DatedValue(r.Value.Value ?? Open(name, r, context), r.Cell.Text, r.From, r.To,
            r.Basis, r.Layer, r.Cell.Location)).ToList();
        return symbol.Parameter = new Parameter(name, symbol.Type, symbol, values);
    }

    private static Value Open(string name, ParameterRow row, ItemContext context)
    {
        var place = new OpenPlace(name, row.Value.Type, row.Cell.Location);
        context.OpenPlaces.Add(place);
        return Value.Unknown(place);
    }

    /// <summary>A setting fills an open place, or tries another value for what a layer filled; the official text's own
    /// values it can't change.</summary>
    private static bool MayBeSet(ParameterRow row) => row.Value.IsOpen || row.Layer is not null;

    private void Fill(Passage name, List<ParameterRow> rows, Passage setting)
    {
        if (context.Policy.Values.Read(setting, name.Text, setting.From(setting.Length)) is not { } value) return;
        for (var i = 0; i < rows.Count; i++)
        {
            if (!MayBeSet(rows[i])) continue;
            if (ValueReader.Misfit(value, rows[i].Value.Type) is { } problem)
                _report.Error("setting.type", setting, $"“{name.Text}”{problem}", "按待细则所写的类型和范围填写");
            else rows[i] = rows[i] with { Value = value, Cell = setting, Layer = "--set" };
        }
    }

    /// <summary>Rows of one name follow each other in time, without gap or overlap.</summary>
    private void CheckDates(List<ParameterRow> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.To < row.From)
                _report.Error("parameter.date", row.Cell, $"“{row.Name.Text}”的止日早于起日", "对调或改正“自”“至”");
            if (i == 0) continue;
            var before = rows[i - 1];
            if (row.From is null && before.From is null && before.To is null)
                _report.Error("parameter.duplicate", row.Name, $"参数“{row.Name.Text}”写了两次", "只留一行；先后不同的值在“自”一栏写日期");
            else if (row.From is null || row.From <= before.From || row.From <= before.To)
                _report.Error("parameter.overlap", row.Cell, $"“{row.Name.Text}”的这个值与上一个值的日期重叠", "每行从上一行结束的次日起，按先后排列");
            else if (before.To is { } end && row.From > end.AddDays(1))
                _report.Error("parameter.gap", row.Cell,
                    $"“{row.Name.Text}”从{end.AddDays(1):yyyy-MM-dd}到{row.From.Value.AddDays(-1):yyyy-MM-dd}没有值",
                        "使各行的日期前后相接");
        }
    }
}
