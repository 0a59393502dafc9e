using System.Diagnostics;

namespace Zhida.Bench.Match;

/// <summary>W60: five million rows of 24 columns, sixty rules, every peer in one run and all with the same result.
/// </summary>
internal static class MatchBench
{
    private const int RuleCount = 60, ChunkSize = 8192;

    public static int Run(string root, string[] arguments)
    {
        var rows = arguments.Length > 0 ? int.Parse(arguments[0], System.Globalization.CultureInfo.InvariantCulture) : 5_000_000;
        var data = new W60Data(rows);
        Console.WriteLine(Invariant($"W60: {rows} rows, {RuleCount} rules, cores {Environment.ProcessorCount}, {Environment.Version}"));
        var same = true;
        foreach (var dense in new[] { false, true })
        {
            if (arguments.Length > 1 && arguments[1] != (dense ? "dense" : "sparse")) continue;
            var rules = W60Rule.Make(RuleCount, dense);
            Console.WriteLine(dense ? "== dense: a quarter to a third due" : "== sparse: one in two hundred due");
            var expected = HandWritten.Run(data, rules, 1);
            var columns = new ColumnsPeer(data, rules, root, ChunkSize);
            foreach (var threads in new[] { 1, 2 })
            {
                var hand = Measure(() => HandWritten.Run(data, rules, threads), expected, ref same, out var fastest);
                Report("by hand, Vector256", threads, fastest, fastest, rows, hand);
                var result = Measure(() => columns.Run(threads), expected, ref same, out var seconds);
                Report("columns", threads, seconds, fastest, rows, result);
            }
        }
        return same ? 0 : 1;
    }

    private static bool Measure(Func<Tally[]> run, Tally[] expected, ref bool same, out double seconds)
    {
        seconds = double.MaxValue;
        var equal = true;
        for (var i = 0; i < 6; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var result = run();
            seconds = Math.Min(seconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
            equal &= result.AsSpan().SequenceEqual(expected);
        }
        same &= equal;
        return equal;
    }

    private static void Report(string name, int threads, double seconds, double hand, int rows, bool equal) =>
        Console.WriteLine(Invariant(
            $"{name,-24} {threads} thread(s) {seconds,8:F3} s {seconds * 1e9 / ((double)rows * RuleCount),8:F3} ns a row and rule {seconds / hand,8:F2} x by hand{(equal ? "" : "   DIFFERS")}"));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
