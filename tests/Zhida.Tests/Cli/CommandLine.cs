using System.Diagnostics;
using System.Text;

namespace Zhida.Tests.Cli;

/// <summary>What a run of the command line returned and printed.</summary>
public sealed record CommandResult(int Code, string Output, string Error);

/// <summary>Runs the command line as a process of its own, as a user does.</summary>
public static class CommandLine
{
    public static CommandResult Run(params string[] arguments) => RunIn(Repository.Root, arguments);

    /// <summary>Runs with another tree of policies: <paramref name="home"/> is its root.</summary>
    public static CommandResult RunIn(string home, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "zhida.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = home, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["ZHIDA_HOME"] = home;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
