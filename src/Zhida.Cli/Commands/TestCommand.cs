using System.CommandLine;
using Zhida.Cli.Rendering;
using Zhida.Policy.Desk;

namespace Zhida.Cli.Commands;

/// <summary>Runs the examples in the files; ends with "N passed, N failed"; exit code 1 where one fails.</summary>
internal static class TestCommand
{
    public static Command Build()
    {
        var policies = Inputs.PolicyArguments();
        var json = Inputs.Json();
        var command = new Command("test", "跑政策文件里的示例") { policies, json };
        command.SetAction(parsed => Run(parsed.GetValue(policies) ?? [], parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] ids, bool asJson)
    {
        var report = TreeTest.Run(Work.Tree(ids), ids);
        var passed = report.Results.Count(r => r.Passed);
        var failed = report.Results.Count - passed;
        if (asJson)
            JsonPage.Print(json =>
            {
                json.WriteNumber("passed", passed);
                json.WriteNumber("failed", failed);
                json.Objects("errors", report.Errors, Findings.Write);
                json.Objects("failures", report.Results.Where(r => !r.Passed), (j, result) =>
                {
                    j.WriteString("item", result.Example.ItemId);
                    j.WriteString("name", result.Example.Name);
                    j.WriteString("file", result.Example.Location.File);
                    j.WriteNumber("line", result.Example.Location.Line);
                    j.WriteStartArray("differences");
                    foreach (var difference in result.Differences) j.WriteStringValue(difference);
                    j.WriteEndArray();
                });
            });
        else
        {
            Findings.Print(report.Errors);
            foreach (var result in report.Results.Where(r => !r.Passed))
            {
                Screen.Line($"{result.Example.Location}  {result.Example.ItemId} “{result.Example.Name}”");
                foreach (var difference in result.Differences) Screen.Line($"    {difference}");
                if (result.Example.Arithmetic.Length > 0) Screen.Line($"    算式：{result.Example.Arithmetic}");
            }
            Screen.Line($"{passed} passed, {failed} failed");
        }
        return failed == 0 && report.Errors.Count == 0 ? ExitCode.Fine : ExitCode.Failed;
    }
}
