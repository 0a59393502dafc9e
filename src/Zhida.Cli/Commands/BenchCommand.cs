using System.CommandLine;
using System.Diagnostics;
using Zhida.Cli.Rendering;

namespace Zhida.Cli.Commands;

/// <summary>Hands over to bench/, which measures in a process of its own, built for Release.</summary>
internal static class BenchCommand
{
    private const string Project = "bench/Zhida.Bench";

    public static Command Build()
    {
        var json = Inputs.Json();
        var decide = new Command("decide", "判定有多快：全部事项、一条规则，与同类引擎并列") { json };
        decide.SetAction(parsed => Run("decide", parsed.GetValue(json)));
        var which = new Argument<string[]>("负载")
        {
            Description = "W60：六十条规则、五百万行（不写就是它）；W20 1 5：全部事项、一百万和五百万个主体", Arity = ArgumentArity.ZeroOrMore,
        };
        var match = new Command("match", "批量判定有多快：列式、手写、DuckDB与同类引擎并列") { which, json };
        var load = new Argument<string[]>("负载")
        {
            Description = "每次测多少秒（不写是10）；race：64个客户端争抢，十万次", Arity = ArgumentArity.ZeroOrMore,
        };
        match.SetAction(parsed => Run("match", parsed.GetValue(json), parsed.GetValue(which) ?? []));
        var ledger = new Command("ledger", "账户每秒记多少笔：与同一台PostgreSQL上的pgbench并列") { load, json };
        ledger.SetAction(parsed => Run("ledger", parsed.GetValue(json), parsed.GetValue(load) ?? []));
        var part = new Argument<string[]>("部分")
        {
            Description = "paid：每秒办结多少件；stored：一百万件时列表多快；不写都测。再写每次测多少秒（不写是10）",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var cases = new Command("cases", "办件从申报到拨付每秒多少件，列表在一百万件时多快") { part, json };
        cases.SetAction(parsed => Run("cases", parsed.GetValue(json), parsed.GetValue(part) ?? []));
        return new Command("bench", "测量速度") { decide, match, ledger, cases };
    }

    private static int Run(string workload, bool asJson, params string[] more)
    {
        if (!Directory.Exists(Path.Combine(Home.Root, Project)))
            throw new BadInputException($"没有 {Project}", "在项目的源码目录里运行");
        string[] words = ["run", "-c", "Release", "--project", Project, "--", workload, .. more];
        var start = new ProcessStartInfo("dotnet", words)
            { WorkingDirectory = Home.Root, RedirectStandardOutput = asJson };
        using var process = Start(start);
        var lines = new List<string>();
        while (asJson && process.StandardOutput.ReadLine() is { } line) lines.Add(line);
        process.WaitForExit();
        if (asJson)
            JsonPage.Print(json =>
            {
                json.WriteString("workload", workload);
                json.WriteStartArray("lines");
                foreach (var line in lines) json.WriteStringValue(line);
                json.WriteEndArray();
            });
        return process.ExitCode == 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new BadInputException("启动不了 dotnet");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BadInputException("找不到 dotnet", "安装 global.json 所写的 .NET SDK");
        }
    }
}
