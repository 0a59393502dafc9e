using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Zhida.Cli.Rendering;

/// <summary>How far a run is, on the error stream: a bar on a terminal, else a line every few seconds.</summary>
internal sealed class RunProgress(Func<long> done, Func<long?> all, string unit)
{
    private const int BarMilliseconds = 200;
    private const int LineMilliseconds = 5000;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long _before = done();

    /// <summary>Shows the run until it ends.</summary>
    public void Watch(Task run)
    {
        if (Console.IsErrorRedirected) Lines(run);
        else Bar(run);
    }

    private void Lines(Task run)
    {
        while (!Ended(run, LineMilliseconds)) Console.Error.WriteLine(Text());
    }

    private void Bar(Task run)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
            .Start(context =>
            {
                var task = context.AddTask("", maxValue: 1);
                do
                {
                    task.IsIndeterminate = all() is null;
                    (task.MaxValue, task.Value) = (Math.Max(1, all() ?? 1), done());
                    task.Description = Markup.Escape(Text());
                }
                while (!Ended(run, BarMilliseconds));
            });
    }

    private static bool Ended(Task run, int milliseconds) => ((IAsyncResult)run).AsyncWaitHandle.WaitOne(milliseconds);

    /// <summary>1,200,000/5,000,000 个主体，每秒 310,000，还要 12 秒.</summary>
    private string Text()
    {
        var (now, total) = (done(), all());
        var ticks = Stopwatch.GetTimestamp() - _start;
        var rate = (now - _before) * Stopwatch.Frequency / Math.Max(1, ticks);
        var left = total is { } most && rate > 0 ? $"，还要 {Time((most - now) / rate)}" : "";
        return $"{Count(now)}{(total is { } t ? "/" + Count(t) : "")} {unit}，每秒 {Count(rate)}{left}";
    }

    private static string Time(long seconds) => seconds < 90 ? $"{seconds} 秒" : $"{(seconds + 30) / 60} 分";

    private static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
