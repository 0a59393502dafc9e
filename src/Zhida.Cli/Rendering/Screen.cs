using System.Text;
using Spectre.Console;

namespace Zhida.Cli.Rendering;

/// <summary>Where the commands print: tables and trees to the output, what went wrong to the error stream.</summary>
internal static class Screen
{
    private const int WidthOfFiles = 120;

    public static IAnsiConsole Out { get; private set; } = AnsiConsole.Console;

    /// <summary>UTF-8 without a byte order mark; a fixed width where the output is not a terminal.</summary>
    public static void Prepare()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), utf8, 1 << 14) { AutoFlush = false });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.Out.Flush();
        var toFile = Console.IsOutputRedirected;
        Out = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = toFile ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = toFile ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (toFile) Out.Profile.Width = WidthOfFiles;
        Out.Profile.Capabilities.Unicode = true;
    }

    public static void Line(string text = "") => Console.Out.WriteLine(text);

    public static void Error(string message, string? mend = null)
    {
        Console.Out.Flush();
        Console.Error.WriteLine($"错误：{message}");
        if (mend is not null) Console.Error.WriteLine($"  怎样改：{mend}");
    }
}
