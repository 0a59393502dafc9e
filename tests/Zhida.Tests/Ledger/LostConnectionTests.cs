using System.Data.Common;
using System.Diagnostics;
using Npgsql;
using Xunit;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework;

namespace Zhida.Tests.Ledger;

/// <summary>Connections that end at every moment of a change: whoever does not get an answer asks again with the same
/// ids, and it is done once.</summary>
public sealed class LostConnectionTests(TestDatabases databases)
{
    private static readonly Account Source = Account.Named("财政", "财政", "CNY", AccountFlags.None);

    private static readonly Account Budget =
        Account.Named("预算", "预算", "CNY", AccountFlags.DebitsMustNotExceedCredits);

    [Fact]
    public async Task Ended_before_the_commit_it_is_tried_again_unseen()
    {
        await using var database = await OpenAsync();
        var (transfer, tries) = (Move(5), 0);
        var results = await database.WriteAsync(async work =>
        {
            var done = await GeneralLedger.PostAsync(work, [transfer]);
            if (tries++ == 0) await EndAsync(work);
            await work.FlushAsync();
            return done;
        });
        Assert.Equal((2, TransferStatus.Created, 5), (tries, results[0].Status, await GivenAsync(database)));
    }

    [Fact]
    public async Task Ended_at_the_commit_the_caller_is_told_and_asks_again()
    {
        await using var database = await OpenAsync();
        var transfer = Move(5);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => database.WriteAsync(async work =>
        {
            await GeneralLedger.PostAsync(work, [transfer]);
            await EndAsync(work);
        }));
        Assert.Equal(0, await GivenAsync(database));
        Assert.Equal(TransferStatus.Created, await PostAsync(database, transfer));
        Assert.Equal(5, await GivenAsync(database));
    }

    [Fact]
    public async Task Done_and_unheard_of_it_stands_and_asking_again_says_so()
    {
        await using var database = await OpenAsync();
        using var line = new Severing(new NpgsqlConnectionStringBuilder(database.ConnectionString).Port);
        var through = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = line.Port };
        await using var client = Database.OfServer(through.ToString());
        var transfer = Move(5);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => client.WriteAsync(async work =>
        {
            await GeneralLedger.PostAsync(work, [transfer]);
            line.SwallowNextAnswer();
        }));
        // The server may still be at it when the line is cut.
        for (var i = 0; i < 100 && await GivenAsync(database) == 0; i++) await Task.Delay(20);
        Assert.Equal(5, await GivenAsync(database));
        Assert.Equal(TransferStatus.Exists, await PostAsync(client, transfer));
        Assert.Equal(5, await GivenAsync(database));
    }

    [Fact]
    public async Task While_connections_end_at_random_each_transfer_is_made_once()
    {
        await using var database = await OpenAsync();
        var (watch, lost, made) = (Stopwatch.StartNew(), 0, 0);
        var time = TimeSpan.FromSeconds(Repository.IsLong ? 60 : 2);
        var clients = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < time)
            {
                var transfer = Move(1);
                while (true)
                {
                    try
                    {
                        var status = await PostAsync(database, transfer);
                        Assert.True(status is TransferStatus.Created or TransferStatus.Exists, $"{status}");
                        break;
                    }
                    catch (DbException)
                    {
                        Interlocked.Increment(ref lost);
                    }
                }
                Interlocked.Increment(ref made);
            }
        })).ToList();
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await using (var killer = await databases.ConnectAsync())
            while (watch.Elapsed < time)
            {
                await using var kill = new NpgsqlCommand(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' " +
                    "AND datname = $1 ORDER BY random() LIMIT 1", killer)
                {
                    Parameters = { new() { Value = name } },
                };
                await kill.ExecuteNonQueryAsync();
                await Task.Delay(2);
            }
        await Task.WhenAll(clients);
        Assert.True(lost > 0, "no client lost a commit");
        Assert.Equal(made, await GivenAsync(database));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_change_that_hides_a_failure_is_not_taken_for_done(DatabaseKind kind)
    {
        await using var database = await OpenAsync(kind);
        var hidden = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(async work =>
        {
            await GeneralLedger.PostAsync(work, [Move(5)]);
            await work.FlushAsync();
            await Assert.ThrowsAnyAsync<DbException>(() => work.QueryAsync("SELECT nothing", _ => 0, []));
            hidden++;
        }));
        Assert.Equal((1, 0), (hidden, await GivenAsync(database)));
        // Nor one of somebody else's on the same connection.
        if (kind == DatabaseKind.PostgreSql)
            await Assert.ThrowsAnyAsync<PostgresException>(() => database.WriteAsync(async work =>
            {
                await GeneralLedger.PostAsync(work, [Move(5)]);
                await work.FlushAsync();
                await using var other = new NpgsqlCommand("SELECT nothing", (NpgsqlConnection)work.Connection);
                await Assert.ThrowsAsync<PostgresException>(() => other.ExecuteNonQueryAsync());
            }));
        Assert.Equal(0, await GivenAsync(database));
    }

    private async Task<Database> OpenAsync(DatabaseKind kind = DatabaseKind.PostgreSql)
    {
        var database = databases.New(kind);
        await database.WriteAsync(work =>
        {
            GeneralLedger.Open(work, [Source, Budget]);
            return Task.CompletedTask;
        });
        return database;
    }

    /// <summary>Ends the connection of a unit of work from outside.</summary>
    private async Task EndAsync(UnitOfWork work)
    {
        var backend = ((NpgsqlConnection)work.Connection).ProcessID;
        await using var connection = await databases.ConnectAsync();
        await using var kill = new NpgsqlCommand($"SELECT pg_terminate_backend({backend}, 5000)", connection);
        Assert.Equal(true, await kill.ExecuteScalarAsync());
    }

    private static Transfer Move(long amount) => new()
    {
        Id = Guid.CreateVersion7(), DebitId = Source.Id, CreditId = Budget.Id, Amount = amount, Code = "下达",
    };

    private static async Task<TransferStatus> PostAsync(Database database, Transfer transfer) =>
        (await database.WriteAsync(work => GeneralLedger.PostAsync(work, [transfer])))[0].Status;

    private static async Task<long> GivenAsync(Database database)
    {
        while (true)
        {
            try
            {
                return (await database.ReadAsync(work =>
                    GeneralLedger.AsOfAsync(work, Budget.Id, long.MaxValue)))!.CreditsPosted;
            }
            catch (NpgsqlException e) when (e.IsTransient)
            {
                // A pooled connection that was ended before.
            }
        }
    }
}
