using System.Globalization;
using Spectre.Console;
using Zhida.Policy.Deciding;

namespace Zhida.Cli.Rendering;

/// <summary>A decision as a page: a head, a row an item, what to ask next.</summary>
internal static class DecisionView
{
    private const int QuestionsShown = 3;

    public static void Print(Decision decision, string subject)
    {
        Screen.Line($"{subject}　判定日 {decision.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" +
                    (decision.Layers.Count > 0 ? $"　层 {string.Join("、", decision.Layers)}" : "　只按正文"));
        foreach (var note in decision.LayerNotes) Screen.Line(note);
        Screen.Out.Write(TableOf(decision));
        Screen.Line(Totals(decision));
        if (decision.Items.SelectMany(i => i.Lines).Any(l => l.AsIfInForce))
            Screen.Line("政策尚未印发：以上按判定日已在执行期内预判，未生效。");
        PrintQuestions(decision.NextQuestions.Take(QuestionsShown));
    }

    public static void PrintQuestions(IEnumerable<Question> questions)
    {
        var number = 0;
        foreach (var question in questions)
        {
            if (number++ == 0) Screen.Line("接着问：");
            Screen.Line($"  {number}. {question.Text}（{question.Path}）");
            Screen.Line($"     {question.Reason}");
        }
    }

    private static Table TableOf(Decision decision)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("编号") { NoWrap = true });
        table.AddColumn(new TableColumn("事项") { Width = 28 });
        table.AddColumn(new TableColumn("结果") { Width = 6, NoWrap = true });
        table.AddColumn(new TableColumn("金额") { Width = 22 });
        table.AddColumn(new TableColumn("为什么"));
        foreach (var item in decision.Items)
            table.AddRow(
                Cell(item.Item.Number),
                Cell(item.Item.Title),
                new Markup($"[{Colour(item.Outcome)}]{Words.Of(item.Outcome)}[/]"),
                Cell((item is { Outcome: Outcome.Undecided, Amount: not null } ? "若符合 " : "") +
                     Amounts.Text(item.AmountState, item.Amount, item.Bound)),
                Cell(Why(item)));
        return table;
    }

    /// <summary>One sentence: what the result rests on, what failed with its gap, or what is missing.</summary>
    private static string Why(ItemResult item)
    {
        if (item.NoObject) return $"没有{item.Item.Object.Name}";
        if (item.Outcome == Outcome.Due) return Basis(item);
        return item.Outcome == Outcome.NotDue ? Failed(item) : Undecided(item);
    }

    private static string Basis(ItemResult item)
    {
        var due = item.Lines.First(l => l.Outcome == Outcome.Due);
        var quote = (item.Item.Amount.Basis is { Layer: null } basis ? basis.Quote : null)
            ?? due.Conditions.Select(c => c.Source).LastOrDefault(s => s is not null);
        var given = item.Lines.Where(l => l.GivenUp is not null).Select(l => l.GivenUp!).FirstOrDefault();
        var open = item.Lines.SelectMany(l => l.OpenPlaces).Distinct().ToList();
        var parts = new List<string>();
        if (quote is not null) parts.Add($"“{quote.Replace("**", "")}”");
        if (given is not null) parts.Add(given);
        if (item.AmountState is AmountState.Open && open.Count > 0) parts.Add($"待细则：{string.Join("、", open.Take(3))}");
        if (item.AmountState is AmountState.Missing) parts.Add(MissingOf(item));
        if (item.Lines.Any(l => l.Readings.Count > 0)) parts.Add("另有口径会改变结果");
        return string.Join("；", parts.Where(p => p.Length > 0));
    }

    private static string Failed(ItemResult item)
    {
        var failed = item.Lines.Where(l => l.FirstFailed >= 0)
            .Select(l =>
                (Condition: l.Item.Conditions[l.FirstFailed], Result: l.Conditions.ElementAtOrDefault(l.FirstFailed)))
            .DistinctBy(f => f.Condition.Label).Take(2)
            .Select(f => $"不符：{f.Condition.Label}" + (f.Result?.Gap is { } gap ? $"（{gap}）" : ""));
        return string.Join("；", failed);
    }

    private static string Undecided(ItemResult item)
    {
        var missing = MissingOf(item);
        if (missing.Length > 0) return missing;
        var reasons = item.Lines.SelectMany(l => l.Conditions).Where(c => c.Outcome == Outcome.Undecided)
            .SelectMany(c => c.Reasons).Distinct().Take(3);
        return string.Join("；", reasons);
    }

    private static string MissingOf(ItemResult item)
    {
        var paths = item.Lines.SelectMany(l => l.Missing).Select(m => m.Path).Distinct().ToList();
        return paths.Count == 0 ? ""
            : $"缺：{string.Join("、", paths.Take(4))}{(paths.Count > 4 ? $"等{paths.Count}项" : "")}";
    }

    private static string Totals(Decision decision)
    {
        var counts = new[] { Outcome.Due, Outcome.Undecided, Outcome.NotDue }
            .Select(o => $"{Words.Of(o)} {decision.Items.Count(i => i.Outcome == o)}");
        var sum = decision.Items.Where(i => i.Outcome == Outcome.Due).Sum(i => i.Amount ?? 0);
        return $"{decision.Items.Count} 个事项：{string.Join("，", counts)}；确定的金额合计 {Amounts.Text(sum)}";
    }

    internal static string Colour(Outcome outcome) => outcome switch
    {
        Outcome.Due => "green",
        Outcome.NotDue => "grey",
        _ => "yellow",
    };

    private static Text Cell(string text) => new(text);
}
