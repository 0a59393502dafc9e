using System.CommandLine;
using Zhida.Cli.Rendering;
using Zhida.Policy.Desk;

namespace Zhida.Cli.Commands;

/// <summary>Proves what can be proved of policies and layers; exit code 1 where there is an error.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var policies = Inputs.PolicyArguments();
        var json = Inputs.Json();
        var command = new Command("check", "检查政策文件：规则承接原文、类型单位、分档、可证明的性质") { policies, json };
        command.SetAction(parsed => Run(parsed.GetValue(policies) ?? [], parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] ids, bool asJson)
    {
        var report = TreeCheck.Run(Work.Tree(ids), ids, prove: true);
        if (asJson)
            JsonPage.Print(json =>
            {
                json.WriteNumber("policies", report.Policies);
                json.WriteNumber("items", report.Items);
                json.WriteNumber("errors", report.Errors);
                json.WriteNumber("notes", report.Notes);
                json.Objects("findings", report.Findings, Findings.Write);
            });
        else
        {
            Findings.Print(report.Findings);
            Screen.Line($"{report.Policies} 个政策，{report.Items} 个事项：{report.Errors} 个错误，{report.Notes} 条提示" +
                        Kinds(report));
        }
        return report.Errors == 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    private static string Kinds(CheckReport report)
    {
        int Count(string code) => report.Findings.Count(f => f.Code.StartsWith(code, StringComparison.Ordinal));
        return report.Notes == 0 ? ""
            : $"（待细则 {Count("open")}，口径待确认 {Count("reading.unconfirmed")}，其他 " +
              $"{report.Notes - Count("open") - Count("reading.unconfirmed")}）";
    }
}
