using System.CommandLine;
using Zhida.Cli.Rendering;
using Zhida.Policy.Desk;

namespace Zhida.Cli.Commands;

/// <summary>Makes a stored decision again and compares; exit code 1 where it differs, 2 where it can't be made.
/// </summary>
internal static class VerifyCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("DECISION.json") { Description = "decide --json 的输出；- 为标准输入" };
        var json = Inputs.Json();
        var command = new Command("verify", "用存档的版本重新判定，逐项比较") { file, json };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string file, bool asJson)
    {
        var result = Verifier.Verify(Inputs.BytesOf(file), Home.Bundles);
        if (asJson)
            JsonPage.Print(json =>
            {
                json.WriteBoolean("same", result.Same);
                json.WriteString("bundle", result.Bundle);
                json.WriteString("problem", result.Problem);
                json.WriteString("difference", result.Difference);
            });
        else if (result.Problem is not null) throw new BadInputException($"{file}：{result.Problem}");
        else Screen.Line(result.Same ? $"相同：版本 {result.Bundle}" : $"不同：{result.Difference}");
        return result.Problem is not null ? ExitCode.BadInput : result.Same ? ExitCode.Fine : ExitCode.Failed;
    }
}
