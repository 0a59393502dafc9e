using Spectre.Console;
using Zhida.Policy.Deciding;

namespace Zhida.Cli.Rendering;

/// <summary>Everything about one item's result as a tree: each line with its conditions, worksheet, caps, readings.
/// </summary>
internal static class LineTree
{
    public static void Print(ItemResult item)
    {
        var tree = new Tree(Plain($"{item.Item.Id} {item.Item.Title}：{Words.Of(item.Outcome)}　" +
                                  Amounts.Text(item.AmountState, item.Amount, item.Bound)));
        if (item.NoObject) tree.AddNode(Plain($"没有{item.Item.Object.Name}"));
        foreach (var line in item.Lines) Add(tree, line);
        Screen.Out.Write(tree);
    }

    private static void Add(Tree tree, Line line)
    {
        var preview = line.AsIfInForce ? "　未生效（预判）" : "";
        var node = tree.AddNode(Coloured(line.Outcome, $"{line.Item.Object.Name} {line.Object.Id}，{line.Period}：" +
            $"{Words.Of(line.Outcome)}　{Amounts.Text(line.AmountState, line.Amount, line.Bound)}{preview}"));
        if (line.GivenUp is not null) node.AddNode(Plain(line.GivenUp));
        Section(node, "条件", line.Conditions, AddCondition);
        Section(node, "测算过程", line.Worksheet, (n, s) => n.AddNode(Plain(Step(s))));
        Section(node, "上限", line.Caps, (n, c) => n.AddNode(Plain(CapText(c))));
        Section(node, "承担", line.Payers, (n, p) => n.AddNode(Plain($"{p.Payer} {Amounts.Text(p.Amount)}")));
        Section(node, "缺", line.Missing, (n, m) => n.AddNode(Plain($"{m.Path}：{m.Question}")));
        Section(node, "待细则", [.. line.OpenPlaces], (n, o) => n.AddNode(Plain(o)));
        Section(node, "说明", line.Notes, (n, o) => n.AddNode(Plain(o)));
        Section(node, "换一种口径", line.Readings, AddReading);
    }

    private static void AddCondition(TreeNode parent, ConditionResult result)
    {
        var mark = result.Outcome switch { Outcome.Due => "✓", Outcome.NotDue => "✗", _ => "？" };
        var node = parent.AddNode(Coloured(result.Outcome, $"{mark} {result.Condition.Label}" +
            (result.Gap is null ? "" : $"（{result.Gap}）") + (result.AsIfInForce ? "（预判）" : "")));
        if (result.Values.Count > 0)
            node.AddNode(Plain(string.Join("，", result.Values.Select(v =>
                $"{v.Name} = {v.Value}" +
                    (v.Source is null ? "" : $"（{v.Source}{(v.Time is null ? "" : " " + v.Time)}）")))));
        if (result.Source is not null) node.AddNode(Plain($"依据“{result.Source.Replace("**", "")}”"));
        foreach (var reason in result.Reasons) node.AddNode(Plain(reason));
    }

    private static void AddReading(TreeNode parent, ReadingResult result)
    {
        var node = parent.AddNode(Plain($"{result.Reading.Question}：现行“{result.Current}”" +
                                        (result.Reading.IsConfirmed ? "" : "（待确认）")));
        foreach (var other in result.Alternatives)
            node.AddNode(Plain($"“{other.Option}”：" + (other is { Outcome: { } outcome, AmountState: { } state }
                ? $"{Words.Of(outcome)}　{Amounts.Text(state, other.Amount, other.Bound)}" : "没有这一行")));
    }

    /// <summary>Name, formula, the same with its values, result; what one already ends with isn't said again.</summary>
    private static string Step(WorksheetStep step)
    {
        var text = $"{step.Name} = {step.Formula.Replace("`", "")}";
        if (step.Substituted is not null) text += $" = {step.Substituted}";
        return text.EndsWith(step.Result, StringComparison.Ordinal) ? text : $"{text} = {step.Result}";
    }

    private static string CapText(CapResult cap)
    {
        var limit = cap.Limit is { } most ? Amounts.Short(most) : "待细则";
        var left = cap.Left is { } rest ? $"，余 {Amounts.Short(rest)}" : "";
        return $"{cap.Cap.Name}（{cap.Cap.ScopeName} {cap.Key}，{cap.Period}）：{limit}，" +
               $"已用 {Amounts.Short(cap.Used)}{left}" + (cap.Bites ? "　← 起作用" : "");
    }

    private static void Section<T>(TreeNode parent, string title, IReadOnlyList<T> entries, Action<TreeNode, T> add)
    {
        if (entries.Count == 0) return;
        var node = parent.AddNode(Plain(title));
        foreach (var entry in entries) add(node, entry);
    }

    private static Markup Plain(string text) => new(Markup.Escape(text));

    private static Markup Coloured(Outcome outcome, string text) =>
        new($"[{DecisionView.Colour(outcome)}]{Markup.Escape(text)}[/]");
}
