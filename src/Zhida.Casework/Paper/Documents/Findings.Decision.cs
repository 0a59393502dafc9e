using System.Globalization;
using Zhida.Policy.Deciding;

namespace Zhida.Casework.Paper;

public sealed partial record Findings
{
    /// <summary>The findings of one item of a decision. Throws where the decision has no such item.</summary>
    /// <param name="item">The whole id, as in liaoning-2026:4.1.</param>
    public static Findings Of(Decision decision, string item)
    {
        var result = decision.Items.Single(i => i.Item.Id == item);
        return new Findings
        {
            Item = $"{result.Item.Number} {result.Item.Title}",
            Bundle = decision.Bundle,
            Layers = decision.Layers,
            On = decision.On,
            Lines = [.. result.Lines.Select(Line)],
        };
    }

    private static LineFinding Line(Line line) => new(
        $"{line.Item.Object.Name} {line.Object.Id}，{line.Period}", Words.Of(line.Outcome),
        line.Amount is { } amount ? Money(amount) : "—", [.. line.Conditions.Select(Condition)],
        // The caps have a table of their own.
        [.. line.Worksheet.Where(s => !s.Name.StartsWith("上限：", StringComparison.Ordinal))
            .Select(s => new CalculationStep(s.Name, s.Formula, s.Substituted, s.Result))],
        [.. line.Caps.Select(Cap)]);

    private static ConditionFinding Condition(ConditionResult condition) => new(
        condition.Condition.Label, Words.Of(condition.Outcome) + (condition.AsIfInForce ? "（预判）" : ""),
        string.Join("；", condition.Values.Select(v => $"{v.Name} = {v.Value}")), condition.Source, condition.Gap);

    private static CapFinding Cap(CapResult cap)
    {
        string Text(decimal amount) => cap.Cap.CountsLines ? $"{amount:0}项" : Money(amount);
        return new CapFinding($"{cap.Cap.ScopeName}·{cap.Period}", cap.Limit is { } limit ? Text(limit) : "待细则",
            Text(cap.Used), cap.Left is { } left ? Text(left) : "未知", cap.Bites);
    }

    private static string Money(decimal yuan) => yuan.ToString("#,##0.00", CultureInfo.InvariantCulture) + "元";
}
