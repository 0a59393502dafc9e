using System.Globalization;
using Spectre.Console;
using Zhida.Policy.Program;

namespace Zhida.Cli.Rendering;

/// <summary>An item as a page: the official words it rests on, then its rule, parameters, readings, steps, examples.
/// </summary>
internal static class ItemPage
{
    public static void Print(Item item, ItemSource source)
    {
        Screen.Line($"{item.Id} {item.Title}");
        Screen.Line($"举措{item.Measure.Number} {item.Measure.Title}　责任部门：{string.Join("、", item.Departments)}");
        foreach (var line in source.Header(item.Location)) Screen.Line(line);
        Lines("原文", Quotes(item).Select(q => $"“{q}”"));
        Grid("参数", ["名称", "值", "自", "依据"], item.Parameters.SelectMany(p => p.Values.Select(v =>
            new[] { p.Name, v.Text, From(v), Rests(v.Basis, v.Layer) })));
        Grid("口径", ["问题", "读法", "现行", "确认"], item.Readings.Select(r =>
            new[] { r.Question, string.Join("；", r.Options), r.Current, r.Confirmation }));
        Lines("定义", item.Definitions.Select(d => $"{d.Name}：{d.Text}"));
        foreach (var table in item.Tables) Lines($"表 {table.Name}", source.Table(table.Location));
        Grid("条件", ["标签", "表达式", "依据"], item.Conditions.Select(c =>
            new[] { $"{c.Number} {c.Label}", c.Text, Rests(c.Basis, c.Layer) }));
        Lines("金额", [item.Amount.Text]);
        Lines("上限", item.Caps.Select(CapText));
        Lines("互斥", item.ExclusionGroups);
        Lines("资金", item.Payers.Select(p => p.Name));
        Grid("办理", ["步骤", "承办", "时限"], item.Steps.Select(s => new[] { s.Name, s.Actor, s.Days?.Text ?? "—" }));
        Lines("材料", item.Materials.Select(m => m.Name + Proves(m)));
        Lines("服务", item.Services.Select(s => s.Text));
        Lines("待细则", item.OpenPlaces.Select(o => o.Name));
        Grid("示例", ["名称", "应为", "算式"], item.Examples.Select(e => new[]
            { e.Name, string.Join("，", e.Expected.Select(x => $"{x.Key} {x.Value}")), e.Arithmetic }));
    }

    /// <summary>The official words of all rules of the item, in the order of the text.</summary>
    public static IEnumerable<string> Quotes(Item item)
    {
        IEnumerable<Basis?> all =
        [
            .. item.Parameters.SelectMany(p => p.Values).Select(v => v.Basis), .. item.Conditions.Select(c => c.Basis),
            .. item.Definitions.Select(d => d.Basis), .. item.Tables.SelectMany(t => t.Bases), item.Amount.Basis,
            .. item.Caps.Select(c => c.Basis), .. item.Steps.Select(s => s.Basis),
            .. item.Materials.Select(m => m.Basis), .. item.Services.Select(s => s.Basis),
        ];
        return all.OfType<Basis>().Where(b => b.Layer is null).OrderBy(b => b.Start).Select(b => b.Quote).Distinct();
    }

    public static string From(DatedValue value)
    {
        var from = value.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "印发日";
        return value.To is { } to ? $"{from} 至 {to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : from;
    }

    public static string Rests(Basis? basis, string? layer) =>
        (layer ?? basis?.Layer) is { } of ? $"{basis?.Quote}（{of}）" : basis is null ? "" : $"“{basis.Quote}”";

    public static string CapText(Cap cap) =>
        $"{cap.Name}：{cap.Text.Trim('`')}" + (cap.CountsLines ? "（计项数，择优）" : "") +
        (cap.ProRata ? "，按比例分配" : "") + (cap.SharedName is null ? "" : $"，与“{cap.SharedName}”共用");

    private static string Proves(Material material) => material.Proves.Count == 0 ? ""
        : $"（证明：{string.Join("、", material.Proves.Select(f => f.Path))}）";

    private static void Lines(string title, IEnumerable<string> lines)
    {
        var list = lines.ToList();
        if (list.Count == 0) return;
        Screen.Line();
        Screen.Line(title);
        foreach (var line in list) Screen.Line($"  {line}");
    }

    private static void Grid(string title, string[] columns, IEnumerable<string[]> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0) return;
        Screen.Line();
        Screen.Line(title);
        var table = new Spectre.Console.Table { Border = TableBorder.Rounded };
        table.AddColumns(columns);
        foreach (var row in list) table.AddRow([.. row.Select(c => new Text(c))]);
        Screen.Out.Write(table);
    }
}
