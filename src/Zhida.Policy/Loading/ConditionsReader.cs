using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>Section 条件: what must hold, with the label that applicants read.</summary>
internal static class ConditionsReader
{
    public static List<Condition> Read(ItemContext context)
    {
        var conditions = new List<Condition>();
        foreach (var section in context.Source.Of("条件"))
        foreach (var line in SectionLines.Of(section.Section, context.Report))
        {
            if (SectionLines.Labelled(line, "条件", context.Report) is not { } parts) continue;
            var basis = context.Policy.Bases.OfLine(parts.Tail, section.Layer);
            if (conditions.Exists(c => c.Label == parts.Label.Text))
            {
                context.Report.Error("name.duplicate", parts.Label, $"条件“{parts.Label.Text}”写了两次",
                    section.Layer is null ? "换一个说法" : "这一层只能增加条件，不能改动上一层的条件");
                continue;
            }
            if (context.Bind(parts.Code, FeelType.Boolean, "条件") is not { } expression) continue;
            conditions.Add(new Condition(line.Number ?? conditions.Count + 1, parts.Label.Text, expression,
                parts.Code.Text, basis, parts.Label.Location) { Layer = section.Layer });
        }
        return conditions;
    }
}
