using System.CommandLine;
using Zhida.Cli.Rendering;

namespace Zhida.Cli;

/// <summary>The command line: each command reads, calls one function of the engine and prints.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        Screen.Prepare();
        var root = CommandTree.Build();
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpPage)
            return Usage.Report(parsed);
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (BadInputException e)
        {
            Screen.Error(e.Message, e.Mend);
            return ExitCode.BadInput;
        }
    }
}
