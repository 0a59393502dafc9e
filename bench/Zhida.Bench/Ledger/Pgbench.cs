using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Zhida.Ledger.Storage;

namespace Zhida.Bench.Ledger;

/// <summary>PostgreSQL's own bench: the TPC-B-like script (three updates, a select, an insert, one commit).</summary>
internal static partial class Pgbench
{
    private const int Scale = 50;

    public static void Prepare(OwnServer server)
    {
        server.Execute("CREATE DATABASE pgbench");
        Run(server, "-i", "-q", "-s", $"{Scale}");
    }

    /// <summary>Transactions a second.</summary>
    /// <param name="mode">simple (pgbench's default) or prepared.</param>
    public static double Measure(OwnServer server, int clients, string mode, int seconds)
    {
        var said = Run(server, "-c", $"{clients}", "-j", "2", "-M", mode, "-T", $"{seconds}", "-n");
        return double.Parse(Tps().Match(said).Groups["tps"].Value, CultureInfo.InvariantCulture);
    }

    private static string Run(OwnServer server, params string[] arguments)
    {
        string[] where = ["-h", "127.0.0.1", "-p", $"{server.Port}", "-U", "zhida"];
        var start = new ProcessStartInfo(Path.Combine(server.Programs, "pgbench"), [.. where, .. arguments, "pgbench"])
            { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said
            : throw new InvalidOperationException($"pgbench ended with {process.ExitCode}: {errors.Result}");
    }

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+)")]
    private static partial Regex Tps();
}
