using System.Diagnostics;
using System.Globalization;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Bench.Ledger;

/// <summary>
/// Transfers a second beside pgbench's transactions on the same server: durable (fsync), PostgreSQL's own defaults.
/// Both runs of a pair take turns, several times, for the machine is noisy; the medians are compared.
/// </summary>
internal static class LedgerBench
{
    private const int Rounds = 3;
    private const int TigerBeetlesBatch = 8190;

    /// <param name="words">Seconds a run (10), or race.</param>
    public static async Task<int> RunAsync(string root, string[] words)
    {
        if (words is ["race"]) return Race(root);
        var seconds = words is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 10;
        if (!OwnServer.IsInstalled)
        {
            Console.WriteLine("not measured: needs Debian's postgresql");
            return 1;
        }
        Console.WriteLine(
            $"cores {Environment.ProcessorCount}, load {Load()}, {seconds} s a run, {Rounds} rounds, medians");
        await PostgresAsync(seconds);
        await SqliteAsync(seconds);
        return 0;
    }

    private static async Task PostgresAsync(int seconds)
    {
        using var server = new OwnServer();
        Pgbench.Prepare(server);
        server.Execute("CREATE DATABASE ledger");
        await using var database = Database.OfServer(server.ConnectionString.Replace("=postgres", "=ledger"));
        await Schema.MigrateAsync(database);
        var load = new LedgerLoad(database);
        await load.PrepareAsync();
        server.Execute("CHECKPOINT");
        var time = TimeSpan.FromSeconds(seconds);
        foreach (var clients in new[] { 8, 32 })
        {
            var (simple, prepared, single) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                simple.Add(Pgbench.Measure(server, clients, "simple", seconds));
                single.Add(await load.MeasureAsync(clients, 1, time));
                prepared.Add(Pgbench.Measure(server, clients, "prepared", seconds));
            }
            var ours = Median(single);
            Say($"PostgreSQL, {clients} clients, pgbench, simple", Median(simple), ours / Median(simple));
            Say($"PostgreSQL, {clients} clients, pgbench, prepared", Median(prepared), ours / Median(prepared));
            Say($"PostgreSQL, {clients} clients, one transfer one commit", ours);
            Say($"PostgreSQL, {clients} clients, one hot budget", await load.MeasureHotAsync(clients, time));
        }
        Say("PostgreSQL, 8 clients, 100 a commit", await load.MeasureAsync(8, 100, time));
        Say($"PostgreSQL, 1 client, {TigerBeetlesBatch} a commit", await load.MeasureAsync(1, TigerBeetlesBatch, time));
    }

    private static async Task SqliteAsync(int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("zhida-").FullName;
        await using (var database = Database.OfFile(Path.Combine(folder, "ledger.db")))
        {
            await Schema.MigrateAsync(database);
            var load = new LedgerLoad(database);
            await load.PrepareAsync();
            var time = TimeSpan.FromSeconds(seconds);
            foreach (var clients in new[] { 1, 8 })
                Say($"SQLite, {clients} clients, one transfer one commit", await load.MeasureAsync(clients, 1, time));
            Say("SQLite, 1 client, 100 a commit", await load.MeasureAsync(1, 100, time));
            Say($"SQLite, 1 client, {TigerBeetlesBatch} a commit", await load.MeasureAsync(1, TigerBeetlesBatch, time));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static void Say(string what, double tps, double? ratio = null)
    {
        var beside = ratio is { } r ? FormattableString.Invariant($"   ledger : pgbench {r:F2}") : "";
        Console.WriteLine(FormattableString.Invariant($"{what,-55} {tps,9:F0} /s{beside}"));
    }

    /// <summary>The race of the tests, all of its attempts.</summary>
    private static int Race(string root)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "--project", "tests/Zhida.Tests", "-c", "Release", "--",
            "--no-ansi", "--output", "Detailed", "--filter-method", "*RaceTests.A_hundred_thousand_race"])
            { WorkingDirectory = root };
        start.Environment["ZHIDA_LONG"] = "1";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Load() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
}
