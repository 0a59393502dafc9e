using System.CommandLine;
using System.CommandLine.Invocation;
using Zhida.Cli.Rendering;

namespace Zhida.Cli;

/// <summary>The help of a command: usage, arguments, options, subcommands.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        Screen.Line(command.Description ?? "");
        Screen.Line();
        Screen.Line($"用法：./zhida {PathOf(command)} {UsageOf(command)}".Replace("  ", " "));
        Section("命令", command.Subcommands.Where(c => !c.Hidden)
            .Select(c => ($"{c.Name} {UsageOf(c)}", c.Description)));
        Section("参数", command.Arguments.Select(a => (a.Name, a.Description)));
        Section("选项", command.Options.Where(o => !o.Hidden).Select(o => (Form(o), o.Description)));
        if (command is RootCommand)
        {
            Screen.Line();
            Screen.Line("返回码：0 正常（只有提示也是）；1 发现错误或测试未通过；2 输入有误；130 被 Ctrl-C 停下。");
        }
        return ExitCode.Fine;
    }

    /// <summary>The names from below the root to the command: "bench decide"; empty for the root.</summary>
    public static string PathOf(Command command) => command is RootCommand
        ? ""
        : string.Join(' ', command.Parents.OfType<Command>().Select(PathOf).Append(command.Name)).Trim();

    private static string UsageOf(Command command)
    {
        var arguments = command.Arguments.Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : a.Name);
        var options = command.Options.Where(o => !o.Hidden && !o.Recursive).Select(o => $"[{Form(o)}]{Repeated(o)}");
        var below = command.Subcommands.Count > 0 ? ["<命令>"] : Array.Empty<string>();
        return string.Join(' ', below.Concat(arguments).Concat(options));
    }

    private static string Repeated(Option option) => option.Arity.MaximumNumberOfValues > 1 ? "…" : "";

    private static string Form(Option option) =>
        option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}";

    private static void Section(string title, IEnumerable<(string Name, string? Text)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0) return;
        Screen.Line();
        Screen.Line($"{title}：");
        foreach (var (name, text) in list) Screen.Line($"  {name}\n      {text}");
    }
}
