using System.CommandLine;
using System.Text;
using Spectre.Console;
using Zhida.Cli.Rendering;
using Zhida.Feel.Dmn;

namespace Zhida.Cli.Commands;

/// <summary>Runs a folder of the DMN TCK; exit code 1 where a case fails. What is not run is counted as
/// skipped.</summary>
internal static class TckCommand
{
    private const int FailuresShown = 20;

    public static Command Build()
    {
        var folder = new Argument<string>("DIR") { Description = "TCK 的文件夹" };
        var csv = new Option<string?>("--csv") { HelpName = "FILE", Description = "把每个结果写成CSV" };
        var json = Inputs.Json();
        var command = new Command("tck", "运行 DMN TCK（标准的一致性测试）的一个文件夹") { folder, csv, json };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(folder), parsed.GetValue(csv), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string folder, string? csv, bool asJson)
    {
        if (!Directory.Exists(folder)) throw new BadInputException($"没有文件夹 {folder}");
        var results = Tck.Run(folder);
        if (csv is not null) Inputs.WriteFile(csv, Csv(results));
        if (asJson) PrintJson(results);
        else PrintTable(results);
        return Count(results, TckOutcome.Failed) == 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    private static int Count(IEnumerable<TckResult> results, TckOutcome outcome) =>
        results.Count(r => r.Outcome == outcome);

    private static void PrintTable(IReadOnlyList<TckResult> results)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("模型", "通过", "未通过", "未运行");
        foreach (var group in results.GroupBy(r => Path.GetDirectoryName(r.Model) ?? ""))
            table.AddRow(Markup.Escape(group.Key), $"{Count(group, TckOutcome.Passed)}",
                $"{Count(group, TckOutcome.Failed)}", $"{Count(group, TckOutcome.NotRun)}");
        Screen.Out.Write(table);
        foreach (var failed in results.Where(r => r.Outcome == TckOutcome.Failed).Take(FailuresShown))
            Screen.Line($"未通过 {failed.Model} {failed.Case} {failed.Node}：{failed.Message}");
        foreach (var group in results.Where(r => r.Outcome == TckOutcome.NotRun).GroupBy(r => r.Model))
            Screen.Line($"未运行 {group.Key} {group.Count()} 例，如：{group.First().Message}");
        Screen.Line($"{Count(results, TckOutcome.Passed)} passed, {Count(results, TckOutcome.Failed)} failed, " +
                    $"{Count(results, TckOutcome.NotRun)} skipped");
    }

    private static void PrintJson(IReadOnlyList<TckResult> results) => JsonPage.Print(json =>
    {
        json.WriteNumber("passed", Count(results, TckOutcome.Passed));
        json.WriteNumber("failed", Count(results, TckOutcome.Failed));
        json.WriteNumber("skipped", Count(results, TckOutcome.NotRun));
        json.Objects("results", results, (j, result) =>
        {
            j.WriteString("model", result.Model);
            j.WriteString("case", result.Case);
            j.WriteString("node", result.Node);
            j.WriteString("outcome", Word(result.Outcome));
            j.WriteString("message", result.Message);
        });
    });

    private static string Csv(IReadOnlyList<TckResult> results)
    {
        static string Cell(string? text) => $"\"{text?.Replace("\"", "\"\"")}\"";
        var csv = new StringBuilder("model,case,node,outcome,message\n");
        foreach (var r in results)
            csv.AppendJoin(',', Cell(r.Model), Cell(r.Case), Cell(r.Node), Word(r.Outcome), Cell(r.Message))
                .Append('\n');
        return csv.ToString();
    }

    private static string Word(TckOutcome outcome) => outcome switch
    {
        TckOutcome.Passed => "passed",
        TckOutcome.Failed => "failed",
        _ => "skipped",
    };
}
