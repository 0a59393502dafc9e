using System.Diagnostics;
using System.Globalization;

namespace Zhida.Bench.Match;

/// <summary>W60: five million rows of 24 columns, sixty rules, every peer in one run and all with the same result.
/// </summary>
internal static class MatchBench
{
    private const int RuleCount = 60, ChunkSize = 16_384, Times = 5, Sample = 500;

    /// <param name="root">The project.</param>
    /// <param name="arguments">How many rows; sparse or dense where only one is wanted; a third: only by hand and by
    /// columns.</param>
    public static int Run(string root, string[] arguments)
    {
        if (arguments is ["W60", ..]) arguments = arguments[1..];
        var rows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 5_000_000;
        Write($"W60: {rows} rows, {RuleCount} rules, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
        Write($"the best of {Times} each; CPU time is that of all threads");
        var data = new W60Data(rows);
        var same = true;
        foreach (var dense in new[] { false, true })
            if (arguments.Length < 2 || arguments[1] == (dense ? "dense" : "sparse"))
                same &= Compare(data, W60Rule.Make(RuleCount, dense), dense, root, arguments.Length < 3);
        return same ? 0 : 1;
    }

    private static bool Compare(W60Data data, W60Rule[] rules, bool dense, string root, bool others)
    {
        var expected = HandWritten.Run(data, rules, 1);
        var due = expected.Sum(t => t.Count) / ((double)data.Rows * RuleCount);
        Write($"== {(dense ? "dense" : "sparse")}: {due:P1} due");
        var columns = new ColumnsPeer(data, rules, root, ChunkSize);
        using var duck = others ? new DuckDbPeer(data, rules) : null;
        var same = duck is null || duck.Tallies(duck.Sums(2)).AsSpan().SequenceEqual(expected);
        foreach (var threads in new[] { 1, 2 })
        {
            var hand = Measure(() => HandWritten.Run(data, rules, threads), out var byHand);
            var column = Measure(() => columns.Run(threads), out var byColumns);
            same &= byHand.AsSpan().SequenceEqual(expected) && byColumns.AsSpan().SequenceEqual(expected);
            Report("by hand, Vector256", threads, hand, data.Rows, hand);
            Report("columns", threads, column, data.Rows, hand);
            if (duck is not null)
            {
                var sql = Measure(() => duck.Sums(threads), out var sums);
                same &= sums.Zip(expected).All(s => s.First == s.Second.Sum);
                Report("DuckDB", threads, sql, data.Rows, hand);
                Write($"   DuckDB / columns {sql.Seconds / column.Seconds:F1}, by CPU time {sql.Cpu / column.Cpu:F1}");
            }
            if (others && threads == 1) same &= Samples(data, rules, root, column.Seconds / data.Rows, hand);
        }
        if (!same) Write($"counts or sums DIFFER");
        return same;
    }

    /// <summary>The engines for single decisions, on some rows.</summary>
    private static bool Samples(W60Data data, W60Rule[] rules, string root, double columns, (double, double) hand)
    {
        W60Row[] some = [.. Enumerable.Range(0, Math.Min(Sample, data.Rows)).Select(i => W60Row.Of(data, i))];
        var expected = rules.Select(rule => some.Select((_, i) => i).Where(i => IsDue(rule, data, i)).Aggregate(
            default(Tally), (tally, i) => new Tally(tally.Count + 1,
                tally.Sum + rule.Amount(data.Principal[rule.Principal][i], data.Days[rule.Days][i])))).ToArray();
        var same = true;
        foreach (var (name, peer) in new[]
        {
            ("RulesEngine 6.0.1", (Func<(double, Tally[])?>)(() => SamplePeers.RulesEngine(some, rules))),
            ("zen-engine 0.54.0", () => SamplePeers.Zen(some, rules, root)),
        })
        {
            if (peer() is not var (seconds, tallies))
            {
                Write($"{name}: not measured, run `npm install` in bench/peers/zen first");
                continue;
            }
            Report(name, 1, (seconds, seconds), some.Length, (hand.Item1 * some.Length / data.Rows, 0));
            Write($"   {name} / columns {seconds / some.Length / columns:F0}");
            if (tallies.AsSpan().SequenceEqual(expected)) continue;
            same = false;
            Write($"{name}: counts or sums DIFFER");
        }
        return same;
    }

    private static bool IsDue(W60Rule rule, W60Data data, int row)
    {
        var (region, day) = (data.Region[rule.Region][row], data.Date[rule.Date][row]);
        return region >= rule.RegionFirst && region <= rule.RegionLast && data.Flag[rule.Flag][row] == 0 &&
            day >= rule.DateFirst && day <= rule.DateLast && rule.Set[data.Industry[rule.Industry][row]] == 1;
    }

    private static (double Seconds, double Cpu) Measure<T>(Func<T> run, out T result)
    {
        var (seconds, cpu) = (double.MaxValue, double.MaxValue);
        result = default!;
        for (var i = 0; i < Times; i++)
        {
            var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            result = run();
            seconds = Math.Min(seconds, watch.Elapsed.TotalSeconds);
            cpu = Math.Min(cpu, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }
        return (seconds, cpu);
    }

    private static void Report(string name, int threads, (double Seconds, double Cpu) time, int rows,
        (double Seconds, double Cpu) hand)
    {
        var each = 1e9 / ((double)rows * RuleCount);
        var (taken, cpu, times) = (time.Seconds * each, time.Cpu * each, time.Seconds / hand.Seconds);
        Write($"{name,-19}{threads} thread(s) {taken,9:F2} ns a row and rule (CPU {cpu,9:F2}) {times,8:F2} × by hand");
    }

    private static void Write(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
