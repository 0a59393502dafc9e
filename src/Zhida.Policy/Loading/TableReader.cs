using System.Collections.Immutable;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;
using Expr = Zhida.Feel.Nodes.Expr;

namespace Zhida.Policy.Loading;

/// <summary>An output cell before it is bound. <paramref name="Layer"/>: who filled it.</summary>
internal sealed record OutputCell(Passage Cell, Basis? Basis, string? Layer)
{
    public bool IsOpen => Cell.Span.StartsWith("待细则");
}

/// <summary>A row before it is bound.</summary>
internal sealed record DraftRow(TableLine Line, IReadOnlyList<Passage> Inputs, OutputCell[] Outputs)
{
    /// <summary>What the row is called in the names of open places: its inputs without quotation marks.</summary>
    public string Label { get; } = string.Join("，",
        Inputs.Select(i => i.Text.Replace("\"", "", StringComparison.Ordinal)));
}

/// <summary>A decision table (表) as its files give it.</summary>
internal sealed class TableDraft
{
    private static readonly Dictionary<string, HitPolicy> Policies = new(StringComparer.Ordinal)
    {
        ["U"] = HitPolicy.Unique, ["A"] = HitPolicy.Any, ["F"] = HitPolicy.First, ["P"] = HitPolicy.Priority,
        ["C+"] = HitPolicy.Sum, ["C<"] = HitPolicy.Minimum, ["C>"] = HitPolicy.Maximum, ["C#"] = HitPolicy.Count,
    };

    public required Passage Name { get; init; }

    public required HitPolicy Policy { get; init; }

    public required IReadOnlyList<Passage> Inputs { get; init; }

    public required IReadOnlyList<Passage> Outputs { get; init; }

    public required List<DraftRow> Rows { get; init; }

    /// <summary>For P: the outputs, most important first.</summary>
    public required IReadOnlyList<Passage> Priorities { get; init; }

    public required string? Layer { get; init; }

    /// <summary>All text in which other names may stand.</summary>
    public IEnumerable<Passage> Code =>
        Inputs.Concat(Rows.SelectMany(r => r.Inputs.Concat(r.Outputs.Select(o => o.Cell))));

    /// <summary>Null where the section holds no table of this form; that is reported.</summary>
    public static TableDraft? Read(LayeredSection section, BasisReader bases, Report report)
    {
        if (!section.Rest.TryBracket(out var name, out var policy) || !Policies.TryGetValue(policy.Text, out var hit))
        {
            report.Error("table.policy", section.Section.Title, "表的标题里缺少名称或命中策略",
                "写成 ### 表 名称（U），括号里是 U、A、F、P、C+、C<、C> 或 C#");
            return null;
        }
        if (section.Section.Parts.OfType<TablePart>().FirstOrDefault() is not { } table)
        {
            report.Error("table.missing", section.Section.Title, $"“{name.Text}”之下没有表格", "表头写输入 `…` 和输出 → 名称");
            return null;
        }
        var inputs = table.Header.TakeWhile(h => h.Span.StartsWith("`")).Select(ItemContext.CodeOf).ToList();
        var outputs = table.Header.Skip(inputs.Count).TakeWhile(h => h.Span.StartsWith("→")).ToList();
        var rest = table.Header.Skip(inputs.Count + outputs.Count).ToList();
        if (inputs.Count == 0 || outputs.Count == 0 || rest.Count > 1 || rest.Count == 1 && !rest[0].Is("依据"))
        {
            report.Error("table.header", table.Passage, "表头应依次是输入、输出，最后可以有依据",
                "输入写在反引号里，输出以 → 开头，最后一列可以是 依据");
            return null;
        }
        var rows = table.Rows.Select(line => RowOf(line, inputs.Count, outputs.Count, rest.Count == 1, section.Layer,
            bases));
        return new TableDraft
        {
            Name = name, Policy = hit, Inputs = inputs, Outputs = [.. outputs.Select(o => o.From(1).Trim())],
            Rows = [.. rows], Priorities = PrioritiesOf(section.Section), Layer = section.Layer,
        };
    }

    private static DraftRow RowOf(
        TableLine line, int inputs, int outputs, bool hasBasis, string? layer, BasisReader bases)
    {
        var basis = hasBasis ? bases.OfCell(line.Cells[inputs + outputs], layer) : null;
        return new DraftRow(line, [.. line.Cells.Take(inputs)],
            [.. line.Cells.Skip(inputs).Take(outputs).Select(c => new OutputCell(c, basis, layer))]);
    }

    private static List<Passage> PrioritiesOf(Section section)
    {
        foreach (var text in section.Parts.OfType<TextPart>())
            if (text.Passage.Span.StartsWith("次序")) return text.Passage.From(3).Split('；');
        return [];
    }

    /// <summary>Fills open cells from a layer's table of the same name.</summary>
    public void Overlay(TableDraft layer, Report report)
    {
        if (!Same(Inputs, layer.Inputs) || !Same(Outputs, layer.Outputs) || Policy != layer.Policy)
        {
            report.Error("layer.fixed", layer.Name, $"表“{Name.Text}”的输入、输出或命中策略与上一层不同", "照抄上一层的表头，只填待细则的格");
            return;
        }
        foreach (var row in layer.Rows)
        {
            if (Rows.Find(r => Same(r.Inputs, row.Inputs)) is not { } place)
            {
                report.Error("layer.fixed", row.Line.Passage, $"上一层的表“{Name.Text}”没有这一行", "照抄上一层各行的输入，只填待细则的格");
                continue;
            }
            for (var i = 0; i < row.Outputs.Length; i++)
            {
                if (place.Outputs[i].IsOpen) place.Outputs[i] = row.Outputs[i];
                else if (!row.Outputs[i].Cell.IsEmpty && !row.Outputs[i].Cell.Is(place.Outputs[i].Cell.Text))
                    report.Error("layer.fixed", row.Outputs[i].Cell, $"表“{Name.Text}”的这一格在上一层已有定值，这一层不能改动", "删去这一行");
            }
        }
    }

    private static bool Same(IReadOnlyList<Passage> a, IReadOnlyList<Passage> b) =>
        a.Count == b.Count && a.Zip(b).All(p => Plain(p.First) == Plain(p.Second));

    private static string Plain(Passage passage) => passage.Text.Replace(" ", "", StringComparison.Ordinal);
}
