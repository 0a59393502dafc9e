using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>测算过程: the definitions that the amount rests on, in the order of use, the amount, its rounding, each cap in
/// order, the result.</summary>
internal static class Worksheet
{
    public static IReadOnlyList<WorksheetStep> Of(Item item, Expr amount, Frame frame)
    {
        var steps = new List<WorksheetStep>();
        Collect(item, amount, frame, steps);
        steps.Add(Step("金额", item.Amount.Text.Trim('`'), amount, frame));
        return steps;
    }

    /// <summary>Adds what came after the amount: rounding, caps, result.</summary>
    public static void Finish(Line line)
    {
        if (line.Outcome == Outcome.NotDue || line.AmountState == AmountState.None) return;
        var steps = new List<WorksheetStep>(line.Worksheet);
        if (line.Asked is { } asked)
            steps.Add(new WorksheetStep("取整", RoundingText(line.Item.Rounding), null, ValueText.Money(asked)));
        foreach (var cap in line.Caps)
            steps.Add(new WorksheetStep($"上限：{cap.Cap.ScopeName}（{cap.Period}）",
                cap.Limit is { } limit ? $"{CapText(cap.Cap, limit)}，已用{CapText(cap.Cap, cap.Used)}" : "待细则",
                cap.Bites ? "起作用" : null, cap.Left is { } left ? $"余{CapText(cap.Cap, left)}" : "未知"));
        if (line.GivenUp is { } reason) steps.Add(new WorksheetStep("择优", reason, null, ValueText.Money(0)));
        foreach (var (payer, part) in line.Payers)
            steps.Add(new WorksheetStep("资金", payer, null, ValueText.Money(part)));
        var result = line.Amount is { } amount ? ValueText.Money(amount)
            : line.Bound is { } bound
                ? $"{Words.Of(line.AmountState)}，不超过{ValueText.Money(bound)}" : Words.Of(line.AmountState);
        steps.Add(new WorksheetStep("结果", Words.Of(line.AmountState), null, result));
        line.Worksheet = steps;
    }

    private static string CapText(Cap cap, decimal amount) =>
        cap.CountsLines ? $"{amount:0}项" : ValueText.Money(amount);

    private static string RoundingText(Rounding rounding) => rounding.Mode switch
    {
        RoundingMode.HalfUp => "四舍五入到",
        RoundingMode.Down => "舍去到",
        _ => "进位到",
    } + (rounding.Step == 0.01m ? "分" : ValueText.Money(rounding.Step));

    /// <summary>The definitions and tables below a node, deepest first, each once.</summary>
    private static void Collect(Item item, Expr node, Frame frame, List<WorksheetStep> steps)
    {
        if (node is Variable { Symbol: { Definition: { } definition } symbol })
        {
            if (steps.Any(s => s.Name == symbol.Name)) return;
            Collect(item, definition, frame, steps);
            var text = item.Definitions.FirstOrDefault(d => d.Symbol == symbol)?.Text ?? $"表“{symbol.Name}”";
            steps.Add(Step(symbol.Name, text, definition, frame));
            return;
        }
        if (node is IfElse branch && branch.Condition.Evaluate(frame) is { IsUnknown: false } condition)
        {
            Collect(item, branch.Condition, frame, steps);
            Collect(item, condition.IsTrue ? branch.Then : branch.Else, frame, steps);
            return;
        }
        foreach (var child in node.Children) Collect(item, child, frame, steps);
    }

    private static WorksheetStep Step(string name, string formula, Expr expression, Frame frame)
    {
        var result = ValueText.Of(expression.Evaluate(frame), expression.Type);
        var substituted = expression is DecisionTable or Literal ? null : Substitution.Print(expression, frame);
        return new WorksheetStep(name, formula, substituted == result ? null : substituted, result);
    }
}
