using System.Globalization;
using Zhida.Bench.Ledger;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;

namespace Zhida.Bench.Cases;

/// <summary>Cases filed to paid a second beside pgbench's transactions on the same server, and what a million stored
/// cases do to the pages of queues.</summary>
internal static class CasesBench
{
    private const int Rounds = 3;
    private const int CasesOfParts = 200;

    /// <summary>A day of it on which the demo layer is in force.</summary>
    private static readonly DateTimeOffset Start = new(2026, 6, 30, 2, 0, 0, TimeSpan.Zero);

    /// <param name="words">paid, stored (without: both), and the seconds of a run (10).</param>
    public static async Task<int> RunAsync(string root, string[] words)
    {
        if (!OwnServer.IsInstalled)
        {
            Console.WriteLine("not measured: needs Debian's postgresql");
            return 1;
        }
        var seconds = words.Select(w => int.TryParse(w, CultureInfo.InvariantCulture, out var s) ? s : 0)
            .FirstOrDefault(s => s > 0, 10);
        if (!words.Contains("stored")) await PaidAsync(root, seconds);
        if (!words.Contains("paid")) await StoredCases.MeasureAsync();
        return 0;
    }

    private static async Task PaidAsync(string root, int seconds)
    {
        var maker = DecisionMaker.Open(PolicyTree.Read(root).Files, [], ["liaoning-2026-demo"],
            new Dictionary<string, string>()).Maker!;
        var sample = await File.ReadAllTextAsync(Path.Combine(root, "samples", "low-altitude.json"));
        var folder = Directory.CreateTempSubdirectory("zhida-").FullName;
        using var server = new OwnServer();
        Pgbench.Prepare(server);
        server.Execute("CREATE DATABASE cases");
        Console.WriteLine($"cores {Environment.ProcessorCount}, {seconds} s a run, {Rounds} rounds, medians");
        await using var postgres =
            Database.OfServer(server.ConnectionString.Replace("=postgres", "=cases"), new Clock());
        await using var sqlite = Database.OfFile(Path.Combine(folder, "cases.db"), new Clock());
        foreach (var database in new[] { postgres, sqlite })
        {
            await Schema.MigrateAsync(database);
            var load = new CaseLoad(database, maker, sample, folder);
            await load.PrepareAsync();
            foreach (var clients in new[] { 8, 32 }) await MeasureAsync(server, load, database.Kind, clients, seconds);
            foreach (var (step, micros) in await load.PartsAsync(CasesOfParts))
                Console.WriteLine(
                    FormattableString.Invariant($"  {database.Kind}, one client, {step,-20} {micros,8:F0} µs"));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task MeasureAsync(
        OwnServer server, CaseLoad load, DatabaseKind kind, int clients, int seconds)
    {
        var (peer, ours) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            peer.Add(Pgbench.Measure(server, clients, "simple", seconds));
            ours.Add(await load.MeasureAsync(clients, TimeSpan.FromSeconds(seconds)));
        }
        var (tps, cases) = (Median(peer), Median(ours));
        Console.WriteLine(FormattableString.Invariant(
            $"{kind}, {clients,2} clients: pgbench {tps,6:F0} /s, cases filed to paid {cases,6:F1} /s, ") +
            FormattableString.Invariant($"cases : pgbench {cases / tps:F3}, ") +
            FormattableString.Invariant($"their transactions : pgbench {cases * CaseLoad.MovesOfACase / tps:F2}"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Clock : TimeProvider
    {
        private readonly TimeSpan _offset = Start - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _offset;
    }
}
