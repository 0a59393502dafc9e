using System.Globalization;
using System.Text;
using Zhida.Feel.Nodes;

namespace Zhida.Policy.Program;

/// <summary>An item as the program that is decided: its frame, parameters, readings and every bound expression, as
/// text. Columns and SQL are made from the same nodes; what is not here must not matter.</summary>
public static class ProgramText
{
    public static string Of(Item item)
    {
        var text = new StringBuilder();
        text.Append($"item {item.Id} about {item.Object.Name} per {item.Period.Kind}");
        if (item.Period.Reading is { } by) text.Append($" by reading {by.Question}");
        text.Append($"\nmethod {item.Method} delivery {item.Delivery} ");
        text.Append(CultureInfo.InvariantCulture, $"rounding {item.Rounding.Step} {item.Rounding.Mode}\n");
        AppendFrame(text, item.Frame);
        foreach (var parameter in item.Parameters) AppendParameter(text, parameter);
        foreach (var reading in item.Readings)
            text.Append($"reading {reading.Question}@{reading.Slot} = {reading.Current} of " +
                        $"{string.Join(" | ", reading.Options)}\n");
        AppendNode(text, "event date", item.EventDate);
        AppendNode(text, "accrual", item.Accrual);
        foreach (var table in item.Tables) AppendNode(text, $"table {NodeText.Of(table.Symbol)}", table.Node);
        foreach (var definition in item.Definitions)
            AppendNode(text, $"definition {NodeText.Of(definition.Symbol)}", definition.Expression);
        foreach (var condition in item.Conditions)
            AppendNode(text, $"condition {condition.Number} {condition.Label}", condition.Expression);
        AppendNode(text, $"amount {item.Amount.Kind}", item.Amount.Expression);
        foreach (var cap in item.Caps) AppendCap(text, cap);
        if (item.ExclusionGroups.Count > 0) text.Append($"exclusion {string.Join(", ", item.ExclusionGroups)}\n");
        foreach (var payer in item.Payers)
        {
            AppendNode(text, $"payer {payer.Name} share", payer.Share);
            AppendNode(text, "  where", payer.Condition);
        }
        return text.ToString();
    }

    private static void AppendFrame(StringBuilder text, FrameLayout frame)
    {
        text.Append($"frame of {frame.Size}: subject@{frame.SubjectSlot} object@{frame.ObjectSlot} " +
                    $"line@{frame.LineSlot} readings@{frame.ReadingsSlot} event date@{frame.EventDateSlot}\n");
        foreach (var reached in frame.Reached)
            text.Append($"reached {reached.Type.Name}@{reached.Slot} = @{reached.FromSlot}.{reached.MemberSlot}\n");
    }

    private static void AppendParameter(StringBuilder text, Parameter parameter)
    {
        text.Append($"parameter {NodeText.Of(parameter.Symbol)} : {parameter.Type.Name}\n");
        foreach (var value in parameter.Values)
        {
            var from = value.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "issue";
            var to = value.To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
            text.Append($"  {from}..{to} {value.Value}\n");
        }
    }

    private static void AppendCap(StringBuilder text, Cap cap)
    {
        text.Append($"cap {cap.Name}: {cap.Scope} {cap.ScopeName}@{cap.ScopeSlot} per {cap.Period}" +
                    $"{(cap.CountsLines ? " counting lines" : "")}{(cap.ProRata ? " pro rata" : "")}" +
                    $"{(cap.SharedName is null ? "" : $" shared {cap.SharedName}")}\n");
        AppendNode(text, "  key", cap.Key);
        AppendNode(text, "  limit", cap.Limit);
    }

    private static void AppendNode(StringBuilder text, string title, Expr? node)
    {
        if (node is null) return;
        text.Append(title).Append('\n');
        NodeText.Append(text, node, 2);
    }
}
