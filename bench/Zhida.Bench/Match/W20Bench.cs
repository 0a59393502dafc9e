using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using Zhida.Policy.Batch;
using Zhida.Policy.Desk;
using Zhida.Policy.Plans;
using Zhida.Policy.Sql;

namespace Zhida.Bench.Match;

/// <summary>W20: all items of liaoning-2026 with the demo layer over made-up subjects with all that they have, from
/// Parquet to a results Parquet: <c>./zhida match</c> beside DuckDB running the generated SQL. Each run is a process of
/// its own, so that times and peaks are whole.</summary>
internal static class W20Bench
{
    private const string Policy = "liaoning-2026", Layer = "liaoning-2026-demo", Day = "2026-06-30";

    private sealed record Measured(double Seconds, double Cpu, double PeakMiB, string Note);

    /// <param name="root">The project.</param>
    /// <param name="arguments">Sizes in millions of subjects; none: 1 and 5. Or, within a run of its own: duckdb, the
    /// folder, the result, the threads.</param>
    public static int Run(string root, string[] arguments)
    {
        if (arguments is ["duckdb", var folder, var result, var threads]) return Sql(root, folder, result, threads);
        var sizes = arguments.Length > 0 ? arguments.Select(a => int.Parse(a, CultureInfo.InvariantCulture)) : [1, 5];
        var place = Path.Combine(Path.GetTempPath(), "zhida-w20");
        Console.WriteLine(
            $"W20: all items, demo layer, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
        var firsts = new Dictionary<int, (int Millions, double Seconds)>();
        foreach (var millions in sizes)
        {
            var population = Population(root, place, millions);
            var bytes = Directory.GetFiles(population, "*.parquet").Sum(f => new FileInfo(f).Length);
            Console.WriteLine($"== {millions} million subjects, {bytes >> 20} MiB of Parquet; " +
                $"read once beforehand in {Touch(population):F1} s");
            foreach (var count in new[] { 2, 1 })
            {
                var ours = Columns(root, population, Path.Combine(place, "ours.parquet"), count);
                Report("columns", count, millions, ours);
                firsts.TryAdd(count, (millions, ours.Seconds));
                var (first, seconds) = firsts[count];
                var more = ours.Seconds / millions / (seconds / first) - 1;
                Console.WriteLine($"   against linear from {first} million: {more:+0%;-0%}");
                // The slower one takes minutes: on one thread only the smallest, and never the largest.
                if (millions > 5 || count == 1 && millions > 1) continue;
                var sql = DuckDb(population, Path.Combine(place, "duckdb.parquet"), count);
                Report("DuckDB, generated SQL", count, millions, sql);
                Console.WriteLine(
                    $"   DuckDB / columns {sql.Seconds / ours.Seconds:F1}, by CPU time {sql.Cpu / ours.Cpu:F1}");
            }
        }
        return 0;
    }

    private static string Population(string root, string place, int millions)
    {
        var folder = Path.Combine(place, $"{millions}m");
        if (File.Exists(Path.Combine(folder, "done"))) return folder;
        Directory.CreateDirectory(folder);
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(root, "zhida"),
            ["population", "--size", $"{millions}000000", "--seed", "1", "--out", folder])
            { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        File.WriteAllText(Path.Combine(folder, "done"), "");
        return folder;
    }

    /// <summary>So that no run pays for the disk.</summary>
    private static double Touch(string folder)
    {
        var watch = Stopwatch.StartNew();
        var buffer = new byte[1 << 20];
        foreach (var file in Directory.GetFiles(folder))
            using (var stream = File.OpenRead(file))
                while (stream.Read(buffer) > 0) { }
        return watch.Elapsed.TotalSeconds;
    }

    private static Measured Columns(string root, string population, string result, int threads)
    {
        foreach (var old in Directory.GetFiles(Path.GetDirectoryName(result)!, Path.GetFileName(result) + "*"))
            File.Delete(old);
        var (output, seconds, cpu) = Timed(Path.Combine(root, "artifacts", "zhida", "zhida"),
            ["match", population, "--out", result, "--policy", Policy, "--layer", Layer, "--on", Day, "--threads",
                $"{threads}", "--json"]);
        using var json = JsonDocument.Parse(output);
        var shares = json.RootElement.GetProperty("shares").EnumerateObject()
            .Select(s => $"{s.Name} {s.Value.GetDouble():P0}");
        return new Measured(seconds, cpu, json.RootElement.GetProperty("peakBytes").GetInt64() / 1048576.0,
            string.Join(", ", shares));
    }

    private static Measured DuckDb(string population, string result, int threads)
    {
        var (output, seconds, cpu) = Timed(Environment.ProcessPath!,
            ["match", "W20", "duckdb", population, result, $"{threads}"]);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new Measured(seconds, cpu, double.Parse(lines[^1], CultureInfo.InvariantCulture),
            string.Join("; ", lines[..^1]));
    }

    /// <summary>By bash, which also tells the processor time of what it ran.</summary>
    private static (string Output, double Seconds, double Cpu) Timed(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash",
            ["-c", "TIMEFORMAT='%R %U %S'; time \"$@\"", "_", program, .. arguments])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Result}{output}");
        var times = error.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ')
            .Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return (output, times[0], times[1] + times[2]);
    }

    /// <summary>DuckDB by itself: views over the files, the script as it is printed, its result and counts.</summary>
    private static int Sql(string root, string folder, string result, string threads)
    {
        var tree = PolicyTree.Read(root);
        var (maker, _) = DecisionMaker.Open(tree.Files, [Policy], [Layer], new Dictionary<string, string>());
        var context = new RunContext(maker!.Program, maker.Tables, DateOnly.Parse(Day, CultureInfo.InvariantCulture),
            [.. maker.Program.Policies.SelectMany(p => p.Items)]);
        var script = SqlGenerator.Generate(context, PlanCompiler.Compile(context), SqlDialect.DuckDb,
            SqlSource.Of(context.Program.Dictionary));
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
        Execute($"SET threads = {threads}; SET memory_limit = '8GB'; SET preserve_insertion_order = false; " +
            $"SET temp_directory = '{Path.GetDirectoryName(result)}/spill'");
        foreach (var file in Directory.GetFiles(folder, "*.parquet"))
            Execute($"CREATE VIEW \"{Path.GetFileNameWithoutExtension(file)}\" AS FROM read_parquet('{file}')");
        Execute(script.Text([]));
        Execute($"COPY (FROM {SqlScript.Due}) TO '{result}' (FORMAT parquet, COMPRESSION zstd)");
        Execute($"COPY (FROM {SqlScript.Counts}) TO '{result}.counts.csv'");
        Console.WriteLine(
            $"without {string.Join(", ", script.Refusals.Select(r => r.Item.Number))}, which it can't do");
        Console.WriteLine((Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0).ToString(
            CultureInfo.InvariantCulture));
        return 0;
    }

    private static void Report(string name, int threads, int millions, Measured m) => Console.WriteLine(
        $"{name,-24} {threads} threads {m.Seconds,8:F1} s {m.Cpu,8:F1} s CPU " +
        $"{m.Seconds / millions,7:F2} µs a subject {m.PeakMiB,6:F0} MiB  {m.Note}");
}
