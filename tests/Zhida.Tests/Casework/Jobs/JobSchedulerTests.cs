using System.Collections.Concurrent;
using Npgsql;
using Xunit;
using Zhida.Casework.Jobs;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Jobs;

public sealed class JobSchedulerTests(TestDatabases databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Taken once, or a schedule would change with the minute.</summary>
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task In_memory_a_job_runs_at_its_interval_and_goes_on_after_it_threw()
    {
        var (runs, failures) = (new Runs(), new ConcurrentQueue<string>());
        var job = ScheduledJob.Every("催办", TimeSpan.FromMilliseconds(50), (at, _) =>
        {
            runs.Add("一", at);
            return runs.Count == 1 ? throw new InvalidOperationException("first") : Task.CompletedTask;
        });
        await using (await JobScheduler.StartAsync(DatabaseKind.Sqlite, "", [job],
            (name, e) => failures.Enqueue($"{name}: {e.Message}"), TestContext.Current.CancellationToken))
            await runs.WaitForAsync(3);

        Assert.Equal(["催办: first"], failures);
        var count = runs.Count;
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(count, runs.Count); // disposed: stopped
        Assert.InRange(runs.First, DateTimeOffset.UtcNow - Patience, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task In_memory_a_daily_job_runs_at_the_start_for_nobody_knows_what_was_missed()
    {
        var runs = new Runs();
        for (var start = 1; start <= 2; start++)
            await using (await JobScheduler.StartAsync(DatabaseKind.Sqlite, "", [runs.Daily("一", InHours(6))], Throw,
                TestContext.Current.CancellationToken))
                await runs.WaitForAsync(start);

        Assert.Equal(2, runs.Count);
    }

    [Fact]
    public async Task Of_a_cluster_one_runs_what_is_due_once()
    {
        await using var database = databases.New(DatabaseKind.PostgreSql);
        var runs = new Runs();
        // The first time both make tables and schedule at once, the second time both find the same run due.
        for (var start = 1; start <= 2; start++)
        {
            if (start == 2) await MakeDueAsync(database, minutes: 0);
            var nodes = await Task.WhenAll(StartAsync(database, runs.Daily("一", InHours(6))),
                StartAsync(database, runs.Daily("二", InHours(6))));
            await runs.WaitForAsync(start - 1);
            await Task.Delay(1500, TestContext.Current.CancellationToken);
            foreach (var node in nodes) await node.DisposeAsync();
        }
        Assert.Equal(1, runs.Count);
        Assert.Equal(1L, await CountAsync(database, "SELECT count(*) FROM qrtz_triggers"));
    }

    [Fact]
    public async Task A_run_that_was_missed_while_nothing_ran_is_made_up_once()
    {
        await using var database = databases.New(DatabaseKind.PostgreSql);
        var runs = new Runs();
        await using (await StartAsync(database, runs.Daily("一", InHours(6)))) { }
        Assert.Equal(0, runs.Count);
        await MakeDueAsync(database, minutes: 3 * 24 * 60);

        await using (await StartAsync(database, runs.Daily("一", InHours(6))))
        {
            await runs.WaitForAsync(1);
            await Task.Delay(1000, TestContext.Current.CancellationToken);
        }
        await using (await StartAsync(database, runs.Daily("一", InHours(6))))
            await Task.Delay(1000, TestContext.Current.CancellationToken);

        Assert.Equal(1, runs.Count);
    }

    [Fact]
    public async Task A_changed_time_and_a_job_that_is_no_more_leave_nothing_behind()
    {
        await using var database = databases.New(DatabaseKind.PostgreSql);
        var runs = new Runs();
        await using (await StartAsync(database, runs.Daily("一", InHours(6)), runs.Daily("一", InHours(7), "封存"))) { }
        await using (await StartAsync(database, runs.Daily("一", InHours(8)))) { }

        Assert.Equal(1L, await CountAsync(database, "SELECT count(*) FROM qrtz_triggers"));
        Assert.Equal(1L, await CountAsync(database, "SELECT count(*) FROM qrtz_job_details"));
        var next = new DateTimeOffset(await CountAsync(database, "SELECT next_fire_time FROM qrtz_triggers"),
            TimeSpan.Zero).ToOffset(TimeSpan.FromHours(8));
        Assert.Equal(InHours(8), TimeOnly.FromDateTime(next.DateTime));
    }

    private static Task<JobScheduler> StartAsync(Database database, params ScheduledJob[] jobs) =>
        JobScheduler.StartAsync(database.Kind, database.ConnectionString, jobs, Throw,
            TestContext.Current.CancellationToken);

    private static void Throw(string job, Exception e) => throw new InvalidOperationException(job, e);

    /// <summary>A time of day in Beijing that does not come while the test runs.</summary>
    private static TimeOnly InHours(int hours)
    {
        var then = Now.AddHours(8 + hours);
        return new TimeOnly(then.Hour, then.Minute);
    }

    /// <summary>Moves what is scheduled into the past, as if that time had gone by.</summary>
    private static async Task MakeDueAsync(Database database, int minutes)
    {
        var due = DateTimeOffset.UtcNow.AddMinutes(-minutes).UtcTicks;
        await CountAsync(database, $"UPDATE qrtz_triggers SET next_fire_time = {due} RETURNING 1::bigint");
    }

    private static async Task<long> CountAsync(Database database, string sql)
    {
        await using var connection = (NpgsqlConnection)await database.ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Who ran when.</summary>
    private sealed class Runs
    {
        private readonly ConcurrentQueue<(string Node, DateTimeOffset At)> _runs = [];

        public int Count => _runs.Count;

        public DateTimeOffset First => _runs.First().At;

        public void Add(string node, DateTimeOffset at) => _runs.Enqueue((node, at));

        public ScheduledJob Daily(string node, TimeOnly at, string job = "催办") => ScheduledJob.Daily(job, at,
            (when, _) =>
            {
                Add(node, when);
                return Task.CompletedTask;
            });

        public async Task WaitForAsync(int runs)
        {
            var until = DateTimeOffset.UtcNow + Patience;
            while (Count < runs && DateTimeOffset.UtcNow < until) await Task.Delay(20);
            Assert.True(Count >= runs, $"{Count} of {runs} runs after {Patience}");
        }
    }
}
