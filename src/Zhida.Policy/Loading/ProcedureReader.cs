using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>Sections 互斥, 办理, 材料 and 服务: what surrounds the calculation.</summary>
internal sealed class ProcedureReader(ItemContext context)
{
    /// <summary>A row of 办理.</summary>
    private sealed record StepRow(
        Passage Name, Passage Actor, CellValue? Days, Passage Cell, Basis? Basis, string? Layer);

    private static readonly string[] Required = ["步骤", "承办", "时限"];
    private static readonly string[] Optional = ["依据"];
    private static readonly FeelType Workdays = new NumberType(Unit.Of("工作日"), 0);

    private readonly Report _report = context.Report;

    public (List<string> Groups, List<Basis> Bases) Exclusions()
    {
        var (groups, bases) = (new List<string>(), new List<Basis>());
        foreach (var section in context.Source.Of("互斥"))
        foreach (var line in SectionLines.Of(section.Section, _report))
        {
            var (words, rest) = BasisReader.Cut(line.Text);
            if (!groups.Contains(words.Text)) groups.Add(words.Text);
            if (context.Policy.Bases.OfLine(rest, section.Layer) is { } basis) bases.Add(basis);
        }
        return (groups, bases);
    }

    /// <summary>Steps in order; a layer gives open time limits, or adds steps of its own. A step keeps the official
    /// words that it rests on, whoever gives its time limit.</summary>
    public List<Step> Steps()
    {
        var steps = new List<StepRow>();
        foreach (var section in context.Source.Of("办理"))
        foreach (var table in section.Section.Parts.OfType<TablePart>())
        foreach (var row in TableView.Open(table, _report, Required, Optional).Rows)
        {
            var (name, cell) = (row["步骤"], row["时限"]);
            var step = new StepRow(name, row["承办"], Days(name, cell), cell,
                context.Policy.Bases.OfCell(row["依据"], section.Layer), section.Layer);
            var known = steps.FindIndex(s => s.Name.Text == name.Text);
            if (known < 0) steps.Add(step);
            else if (section.Layer is null || steps[known].Layer == section.Layer)
                _report.Error("name.duplicate", name, $"步骤“{name.Text}”写了两次", "换一个名称");
            else if (steps[known].Days is { IsOpen: true })
                steps[known] = step with { Basis = steps[known].Basis ?? step.Basis };
            else _report.Error("layer.fixed", cell, $"步骤“{name.Text}”的时限在上一层已定", "删去这一行");
        }
        return [.. steps.Select(s => new Step(s.Name.Text, s.Actor.Text,
            s.Days is null ? null : Dated(s.Name, s.Days, s.Cell, s.Layer), s.Basis, s.Name.Location))];
    }

    /// <summary>Null where no limit applies.</summary>
    private CellValue? Days(Passage name, Passage cell)
    {
        if (cell.IsEmpty || cell.Is("—") || cell.Is("-")) return null;
        if (context.Policy.Values.Read(cell, name.Text, cell.From(cell.Length)) is not { } value) return null;
        if (ValueReader.Misfit(value, Workdays) is null) return value;
        _report.Error("step.unit", cell, $"时限应以工作日计，这里是{cell.Text}", "写 5工作日、待细则（工作日） 或 —");
        return null;
    }

    private DatedValue Dated(Passage name, CellValue days, Passage cell, string? layer)
    {
        var value = days.Value;
        if (value is null)
        {
            var place = new OpenPlace("时限/" + name.Text, days.Type, cell.Location);
            context.OpenPlaces.Add(place);
            value = Value.Unknown(place);
        }
        return new DatedValue(value.Value, cell.Text, null, null, null, layer, cell.Location);
    }

    public List<Material> Materials()
    {
        var materials = new List<Material>();
        foreach (var section in context.Source.Of("材料"))
        foreach (var line in SectionLines.Of(section.Section, _report))
        {
            var (words, rest) = BasisReader.Cut(line.Text);
            var basis = context.Policy.Bases.OfLine(rest, section.Layer);
            var proves = new List<Fact>();
            if (words.TryBracket(out var name, out var inside) && inside.Span.StartsWith("证明："))
            {
                foreach (var path in inside.From(3).Split('、', '，'))
                {
                    var fact = FactPath.Find(path, context.Object, context.Policy.Dictionary, _report);
                    if (fact is not null) proves.Add(fact);
                }
                words = name;
            }
            materials.Add(new Material(words.Text, proves, basis, line.Text.Location));
        }
        return materials;
    }

    public List<Service> Services()
    {
        var services = new List<Service>();
        foreach (var section in context.Source.Of("服务"))
        foreach (var line in SectionLines.Of(section.Section, _report))
        {
            var (words, rest) = BasisReader.Cut(line.Text);
            services.Add(new Service(words.Text, context.Policy.Bases.OfLine(rest, section.Layer), line.Text.Location));
        }
        return services;
    }
}
