using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Zhida.Evaluation.Matching;
using Zhida.Evaluation.Reports;
using Zhida.Policy.Deciding;

namespace Zhida.Cli.Rendering;

/// <summary>The report of a population run, for people or as JSON.</summary>
internal static class MatchView
{
    private const int ItemsShown = 12;

    public static void Print(MatchReport report, MatchRequest request, string layers)
    {
        var tally = report.Tally;
        Screen.Line($"判定日 {request.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}　{layers}");
        Screen.Line($"{Count(tally.Subjects)} 个主体，{Count(tally.Due + tally.Undecided + tally.NotDue)} 行：" +
            $"{Words.Of(Outcome.Due)} {Count(tally.Due)}，{Words.Of(Outcome.Undecided)} {Count(tally.Undecided)}，" +
            $"{Words.Of(Outcome.NotDue)} {Count(tally.NotDue)}");
        Screen.Line($"确定的金额合计 {Amounts.Text((decimal)tally.Fen / 100)}；上限或互斥减了 {Count(tally.Reduced)} 行");
        if (report.Drafts.Count > 0)
            Screen.Line($"未生效（预判）：{string.Join("、", report.Drafts)} 没有印发日，按判定日已在执行期内判定");
        foreach (var (backend, items) in report.Backends)
            Screen.Line($"判定后端 {backend}：{items.Count} 个事项" + (items.Count <= ItemsShown
                ? $"（{string.Join("、", items.Select(i => i.Number))}）" : ""));
        if (report.Rejects.Rows > 0)
            Screen.Line($"不合要求的数据 {Count(report.Rejects.Rows)} 处，没有采用，见 {report.Rejects.File}");
        if (report.Resumed.Chunks > 0)
            Screen.Line($"其中 {Count(report.Resumed.Subjects)} 个主体是上次运行完成的");
        Screen.Line($"用时 {Seconds(report)} 秒，每秒 {Count(Rate(report))} 个主体；{Shares(report.Times)}；" +
                    $"内存最多 {Count(report.PeakBytes >> 20)} MB");
        Screen.Line($"结果在 {request.Out.Name}（{Count(tally.Written)} 行）" +
            (report.Files.Count > 0 ? $"，另有 {string.Join("、", report.Files)}" : ""));
        if (request.Why) PrintReasons(WhyReport.Of(tally));
    }

    private static void PrintReasons(IReadOnlyList<ItemReasons> reasons)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("事项") { NoWrap = true });
        foreach (var name in new[] { "符合", "万元", "待补充", "差一点", "不符合" })
            table.AddColumn(new TableColumn(name) { NoWrap = true, Alignment = Justify.Right });
        table.AddColumn(new TableColumn("最多不符的条件（差多少，中位）"));
        table.AddColumn(new TableColumn("最缺的事实"));
        foreach (var item in reasons)
            table.AddRow(new Text(item.Item.Number), new Text(Count(item.Due.Lines)),
                new Text(WhyReport.Wan(item.Due.Fen)), new Text(Count(item.Undecided)), new Text(Count(item.Near)),
                new Text(Count(item.Failed)), new Text(Worst(item)),
                new Text(item.Missing.Count == 0 ? "" : $"{item.Missing[0].Fact} {Count(item.Missing[0].Lines)}"));
        Screen.Out.Write(table);
    }

    private static string Worst(ItemReasons item)
    {
        if (item.Conditions.MaxBy(c => c.Failed) is not { } worst) return "";
        return $"{worst.Condition.Label} {Count(worst.Failed)}" + (worst.Gap is { } gap ? $"（{gap.Middle}）" : "");
    }

    public static void PrintJson(MatchReport report, MatchRequest request) => JsonPage.Print(json =>
    {
        var tally = report.Tally;
        json.WriteString("bundle", request.Version);
        json.WriteString("on", request.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteNumber("subjects", tally.Subjects);
        json.WriteStartObject("lines");
        json.WriteNumber("due", tally.Due);
        json.WriteNumber("undecided", tally.Undecided);
        json.WriteNumber("notDue", tally.NotDue);
        json.WriteNumber("written", tally.Written);
        json.WriteEndObject();
        json.WriteString("amountFen", tally.Fen.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("reduced", tally.Reduced);
        Strings(json, "notInForce", report.Drafts);
        json.WriteStartObject("backends");
        foreach (var (backend, items) in report.Backends) Strings(json, backend, items.Select(i => i.Id));
        json.WriteEndObject();
        json.WriteNumber("rejects", report.Rejects.Rows);
        json.WriteString("rejectFile", report.Rejects.File);
        json.WriteNumber("resumedSubjects", report.Resumed.Subjects);
        json.WriteNumber("seconds", decimal.Round(report.Seconds, 3));
        json.WriteNumber("subjectsPerSecond", Rate(report));
        json.WriteStartObject("shares");
        foreach (var (name, _, part) in Parts(report.Times)) json.WriteNumber(name, part);
        json.WriteEndObject();
        json.WriteNumber("peakBytes", report.PeakBytes);
        json.WriteString("out", request.Out.Name);
        Strings(json, "files", report.Files);
    });

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Shares(RunTimes times) =>
        string.Join("，", Parts(times).Select(p => $"{p.Title} {decimal.Round(p.Part * 100)}%"));

    /// <summary>What the threads spent their time on, as parts of 1.</summary>
    private static IEnumerable<(string Name, string Title, decimal Part)> Parts(RunTimes times)
    {
        decimal all = Math.Max(1, times.Reading + times.Deciding + times.Caps + times.Writing);
        yield return ("reading", "读", decimal.Round(times.Reading / all, 3));
        yield return ("deciding", "判", decimal.Round(times.Deciding / all, 3));
        yield return ("caps", "上限", decimal.Round(times.Caps / all, 3));
        yield return ("writing", "写", decimal.Round(times.Writing / all, 3));
    }

    private static long Rate(MatchReport report) =>
        (long)((report.Tally.Subjects - report.Resumed.Subjects) / Math.Max(0.001m, report.Seconds));

    private static string Seconds(MatchReport report) =>
        report.Seconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
