using System.CommandLine;
using Zhida.Cli.Rendering;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Cli.Commands;

/// <summary>An item on a page: text, rule, parameters, examples; or the program that is decided.</summary>
internal static class ExplainCommand
{
    public static Command Build()
    {
        var id = new Argument<string>("事项") { Description = "编号，如 4.1 或 liaoning-2026:4.1" };
        var program = new Option<bool>("--program") { Description = "印出判定的程序（节点），而不是规则的文字" };
        var which = new Selection();
        var json = Inputs.Json();
        var command = new Command("explain", "说明一个事项：原文、规则、参数、示例") { id };
        which.AddTo(command);
        command.Add(program);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var item = parsed.GetRequiredValue(id);
            return Run(which.Open(parsed, PolicyOf(item), withExamples: true), item, parsed.GetValue(program),
                parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>The items that a number or an id means; bad input where there is none.</summary>
    public static IReadOnlyList<Item> Find(DecisionMaker maker, string id)
    {
        var found = maker.Find(id);
        if (found.Count > 0) return found;
        var all = maker.Program.Policies.SelectMany(p => p.Items).Select(i => i.Number).Distinct();
        throw new BadInputException($"没有事项“{id}”", $"有：{string.Join("、", all)}；别的政策加 --policy");
    }

    /// <summary>The policy that a full id names: tutorial:1.1.</summary>
    private static string? PolicyOf(string id) => id.IndexOf(':') is > 0 and var at ? id[..at] : null;

    private static int Run(DecisionMaker maker, string id, bool asProgram, bool asJson)
    {
        var source = new ItemSource(maker.Bundle.Files);
        foreach (var item in Find(maker, id))
            if (asProgram && asJson) JsonPage.Print(json => json.WriteString("program", ProgramText.Of(item)));
            else if (asProgram) Screen.Line(ProgramText.Of(item).TrimEnd());
            else if (asJson) JsonPage.Print(json => ItemJson.Write(json, item, source));
            else ItemPage.Print(item, source);
        return ExitCode.Fine;
    }
}
