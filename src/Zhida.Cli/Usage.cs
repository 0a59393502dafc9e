using System.CommandLine;
using System.CommandLine.Parsing;
using Zhida.Cli.Rendering;

namespace Zhida.Cli;

/// <summary>What is wrong with the arguments, in words of the user.</summary>
internal static class Usage
{
    public static int Report(ParseResult parsed)
    {
        foreach (var message in Messages(parsed).Distinct()) Screen.Error(message);
        var path = HelpPage.PathOf(parsed.CommandResult.Command);
        Console.Error.WriteLine($"用法见 ./zhida {path} --help".Replace("  ", " "));
        return ExitCode.BadInput;
    }

    private static IEnumerable<string> Messages(ParseResult parsed)
    {
        if (parsed.Tokens.Count == 0) yield return "没有写命令";
        foreach (var token in parsed.UnmatchedTokens) yield return $"不认识“{token}”";
        foreach (var error in parsed.Errors)
            switch (error.SymbolResult)
            {
                case ArgumentResult { Tokens.Count: 0 } argument:
                    yield return $"缺少 {argument.Argument.Name}";
                    break;
                case OptionResult option when option.Tokens.Count == 0:
                    yield return $"{option.Option.Name} 后面要写一个值";
                    break;
                case OptionResult option:
                    yield return $"{option.Option.Name} 的值“{string.Join(' ', option.Tokens)}”不合要求";
                    break;
                case CommandResult { Command.Subcommands.Count: > 0 } when parsed.UnmatchedTokens.Count == 0:
                    yield return "没有写命令";
                    break;
            }
    }
}
