using Quartz;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Jobs;

/// <summary>
/// Runs jobs at their times (Quartz). On PostgreSQL all processes over one database are one cluster: each run is made
/// by one of them, and the schedule outlives them. On SQLite, which one process owns, the schedule lives in memory.
/// No host is needed.
/// </summary>
public sealed class JobScheduler : IAsyncDisposable
{
    private const string Cluster = "zhida";

    private readonly StandaloneSchedulerFactory _factory;
    private readonly IScheduler _scheduler;

    private JobScheduler(StandaloneSchedulerFactory factory, IScheduler scheduler) =>
        (_factory, _scheduler) = (factory, scheduler);

    /// <summary>Starts the jobs. On PostgreSQL Quartz's tables (qrtz_…) are made where they are missing.</summary>
    /// <param name="connectionString">As <see cref="Database.ConnectionString"/> gives it.</param>
    /// <param name="failed">Told the name of a job whose run threw, and what; the next run comes at its time.</param>
    public static async Task<JobScheduler> StartAsync(DatabaseKind kind, string connectionString,
        IReadOnlyList<ScheduledJob> jobs, Action<string, Exception> failed, CancellationToken cancellation = default)
    {
        var factory = QuartzSchedulerBuilder.Create(builder =>
        {
            builder.ConfigureScheduler(options => options.InstanceName = Cluster);
            if (kind == DatabaseKind.PostgreSql)
                builder.UsePersistentStore(store => store.UsePostgres(connectionString).ProvisionSchema()
                    .UseClustering());
            else builder.UseInMemoryStore();
            foreach (var job in jobs) Add(builder, job, failed);
            // Memory does not know whether the last run was missed; a job may run twice for a day, so it does.
            if (kind == DatabaseKind.Sqlite)
                foreach (var job in jobs.Where(j => j.IsDaily)) builder.RunAtStartup(new JobKey(job.Name));
        }).Build();
        var scheduler = await factory.GetScheduler(cancellation);
        var running = new JobScheduler(factory, scheduler);
        try
        {
            await running.ScheduleAsync(jobs, cancellation);
            await scheduler.Start(cancellation);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the jobs that run, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _scheduler.Shutdown(waitForJobsToComplete: true);
        await _factory.DisposeAsync();
    }

    private static void Add(IQuartzBuilder builder, ScheduledJob job, Action<string, Exception> failed) =>
        builder.AddJob(job.Name, async (IJobExecutionContext context, CancellationToken cancellation) =>
        {
            try
            {
                await job.RunAsync(context.FireTimeUtc, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                failed(job.Name, e);
            }
        }, configure => configure.DisallowConcurrentExecution());

    /// <summary>Gives each job its trigger, named by the schedule. One that is there stays, with the run that it may
    /// have missed; those of other schedules and of jobs that are no more go.</summary>
    private async Task ScheduleAsync(IReadOnlyList<ScheduledJob> jobs, CancellationToken cancellation)
    {
        var triggers = jobs.Select(job => TriggerBuilder.Create().WithIdentity(job.When, job.Name)
            .ForJob(new JobKey(job.Name)).WithSchedule(job.Schedule).StartNow().Build()).ToList();
        foreach (var old in (await _scheduler.QueryJobs(new JobQuery(), cancellation)).Items)
            if (!jobs.Any(j => j.Name == old.Key.Name)) await _scheduler.DeleteJob(old.Key, cancellation);
        foreach (var old in (await _scheduler.QueryTriggers(new TriggerQuery(), cancellation)).Items)
            if (!triggers.Exists(t => t.Key.Equals(old.Key))) await _scheduler.UnscheduleJob(old.Key, cancellation);
        foreach (var trigger in triggers)
            if (!await _scheduler.Exists(trigger.Key, cancellation))
                await _scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellation);
    }
}
