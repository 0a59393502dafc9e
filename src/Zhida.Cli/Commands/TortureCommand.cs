using System.CommandLine;
using Zhida.Cli.Rendering;
using Zhida.Cli.Torture;
using Zhida.Ledger.Storage;

namespace Zhida.Cli.Commands;

/// <summary>Kills the server process and its database under clients at work, and proves that no acknowledged step is
/// lost and none is done twice (docs/torture.md).</summary>
internal static class TortureCommand
{
    private const string Both = "both", Sqlite = "sqlite", Postgres = "postgres";

    private const int MostClients = 64;

    public static Command Build()
    {
        var kills = Count("--kills", 200, "杀死服务进程多少次（每种数据库）");
        var restarts = Count("--restarts", 20, "重启PostgreSQL多少次，多数是崩溃");
        var clients = Count("--clients", 8, "同时办理的客户端");
        var seconds = Count("--seconds", 0, "至少办多少秒");
        var seed = Count("--seed", 1, "随机数种子");
        var database = new Option<string>("--database")
            { HelpName = "库", Description = "sqlite、postgres 或 both", DefaultValueFactory = _ => Both };
        var command = new Command("torture", "反复杀死服务进程和数据库，核对答复过的一步不少、一步不重")
            { kills, restarts, clients, seconds, seed, database };
        command.SetAction(parsed => Run(KindsOf(parsed.GetRequiredValue(database)), new TortureOptions(
            parsed.GetValue(kills), parsed.GetValue(restarts), ClientsOf(parsed.GetValue(clients)),
            parsed.GetValue(seconds), parsed.GetValue(seed))));
        return command;
    }

    private static int Run(DatabaseKind[] kinds, TortureOptions options)
    {
        var sample = File.ReadAllText(Path.Combine(Home.Root, "samples", "low-altitude.json"));
        var failed = false;
        foreach (var kind in kinds)
        {
            using var target = new TortureTarget(kind);
            using var run = new TortureRun(target, options, sample);
            var result = run.RunAsync().GetAwaiter().GetResult();
            TortureView.Print(result);
            failed |= result.Findings.Count > 0;
        }
        return failed ? ExitCode.Failed : ExitCode.Fine;
    }

    private static DatabaseKind[] KindsOf(string text)
    {
        DatabaseKind[] kinds = text switch
        {
            Sqlite => [DatabaseKind.Sqlite],
            Postgres => [DatabaseKind.PostgreSql],
            Both => [DatabaseKind.Sqlite, DatabaseKind.PostgreSql],
            _ => throw new BadInputException($"--database：不认识“{text}”", $"写 {Sqlite}、{Postgres} 或 {Both}"),
        };
        return !kinds.Contains(DatabaseKind.PostgreSql) || OwnServer.IsInstalled ? kinds
            : throw new BadInputException("没有PostgreSQL", $"安装Debian的postgresql，或写 --database {Sqlite}");
    }

    private static int ClientsOf(int clients) => clients is > 0 and <= MostClients ? clients
        : throw new BadInputException($"--clients：{clients}不行", $"写 1 到 {MostClients}");

    private static Option<int> Count(string name, int usual, string description) => new(name)
        { HelpName = "数", Description = $"{description}；不写是{usual}", DefaultValueFactory = _ => usual };
}
