using Quartz;
using Zhida.Casework.Clock;

namespace Zhida.Casework.Jobs;

/// <summary>Something to be done again and again. It must be able to run twice for one day without doing anything
/// twice: a node may die after the work and before it is noted.</summary>
public sealed class ScheduledJob
{
    private ScheduledJob(string name, string when, IScheduleBuilder schedule, bool isDaily,
        Func<DateTimeOffset, CancellationToken, Task> runAsync) =>
        (Name, When, Schedule, IsDaily, RunAsync) = (name, when, schedule, isDaily, runAsync);

    /// <summary>Unique among the jobs of a scheduler, and the same on every node of a cluster.</summary>
    public string Name { get; }

    /// <summary>The schedule as text: a changed schedule has another.</summary>
    internal string When { get; }

    internal IScheduleBuilder Schedule { get; }

    internal bool IsDaily { get; }

    /// <summary>The work; gets the moment at which it was started.</summary>
    internal Func<DateTimeOffset, CancellationToken, Task> RunAsync { get; }

    /// <summary>Once a day at a time in Beijing. A run that was missed, because nothing was running, is made up once at
    /// the next start.</summary>
    public static ScheduledJob Daily(string name, TimeOnly at, Func<DateTimeOffset, CancellationToken, Task> runAsync)
    {
        // In UTC, for the store names a zone, and not every machine knows Beijing's by the same name.
        var utc = at.Add(-BeijingTime.Offset);
        return new ScheduledJob(name, $"daily {at:HH\\:mm}",
            CronScheduleBuilder.Create($"0 {utc.Minute} {utc.Hour} * * ?").InTimeZone(TimeZoneInfo.Utc)
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed), isDaily: true, runAsync);
    }

    /// <summary>Every so often, beginning with the start.</summary>
    public static ScheduledJob Every(
        string name, TimeSpan interval, Func<DateTimeOffset, CancellationToken, Task> runAsync) =>
        new(name, $"every {interval:c}", SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever()
            .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount), isDaily: false, runAsync);
}
