using System.Diagnostics;

namespace Zhida.Bench;

/// <summary>Times an action on one thread: warm-up, then batches until the time is up; the median batch
/// counts.</summary>
internal static class Timing
{
    /// <summary>Nanoseconds a call, the median over batches, and bytes allocated a call.</summary>
    public static (double Nanoseconds, double Bytes) Measure(Action action, int milliseconds = 1500)
    {
        var batch = Calibrate(action);
        var times = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        long calls = 0;
        var total = Stopwatch.StartNew();
        while (total.ElapsedMilliseconds < milliseconds)
        {
            var watch = Stopwatch.GetTimestamp();
            for (var i = 0; i < batch; i++) action();
            times.Add(Stopwatch.GetElapsedTime(watch).TotalNanoseconds / batch);
            calls += batch;
        }
        times.Sort();
        return (times[times.Count / 2], (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)calls);
    }

    /// <summary>Runs for half a second, so that the compiler has seen the hot code, and finds a batch of about 10 ms.
    /// </summary>
    private static int Calibrate(Action action)
    {
        var watch = Stopwatch.StartNew();
        var calls = 0;
        while (watch.ElapsedMilliseconds < 500 || calls < 50)
        {
            action();
            calls++;
        }
        return Math.Max(1, (int)(calls * 10L / Math.Max(1, watch.ElapsedMilliseconds)));
    }
}
