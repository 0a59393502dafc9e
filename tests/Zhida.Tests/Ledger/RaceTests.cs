using Npgsql;
using Xunit;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework;

namespace Zhida.Tests.Ledger;

/// <summary>
/// Many clients race for the last of a budget, a quota and two stacked caps on PostgreSQL: each reserves on all of them
/// or on none, then posts (whole or in part) or voids.
/// </summary>
public sealed class RaceTests(TestDatabases databases)
{
    private const int Clients = 64;
    private const int Few = 2_000;
    private const int Many = 100_000;

    private static readonly Account Source = Account.Named("财政", "财政", "CNY", AccountFlags.None);
    private static readonly Account Used = Account.Named("已用", "已用", "CNY", AccountFlags.None);
    private static readonly Account Budget = Limit("预算");
    private static readonly Account Quota = Limit("额度");
    private static readonly Account[] Projects = [.. Enumerable.Range(0, 4).Select(i => Limit($"项目/{i}"))];
    private static readonly Account[] Firms = [.. Enumerable.Range(0, 8).Select(i => Limit($"企业/{i}"))];

    [Fact]
    public Task Some_thousands_race() => RaceAsync(Few);

    [Fact]
    public Task A_hundred_thousand_race()
    {
        Repository.OnlyWhenLong();
        return RaceAsync(Many);
    }

    private async Task RaceAsync(int attempts)
    {
        await using var database = databases.New(DatabaseKind.PostgreSql);
        // What they want together is about twice of what there is; the caps bind some, the budget all.
        var limit = attempts * 100L;
        await database.WriteAsync(work => OpenAsync(work, limit));
        var left = attempts;
        var tallies = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var (random, tally) = (new Random(client), new Tally());
            while (Interlocked.Decrement(ref left) >= 0) await TryAsync(database, random, random.Next(1, 400), tally);
            return tally;
        })));
        // What is left goes 分 by 分 to whoever still may.
        var last = new Tally();
        foreach (var (project, firm) in Projects.SelectMany(p => Firms.Select(f => (p, f))))
            while (await DrainAsync(database, project, firm, last)) { }
        await CompareAsync(database, limit, [.. tallies, last]);
    }

    private static async Task OpenAsync(UnitOfWork work, long limit)
    {
        Account[] limited = [Budget, Quota, .. Projects, .. Firms];
        GeneralLedger.Open(work, [Source, Used, .. limited]);
        var funds = limited.Select(a => Move(Source, a, a == Budget ? limit : a == Quota ? limit + 1
            : Projects.Contains(a) ? limit * 2 / 5 : limit / 4));
        Assert.All(await GeneralLedger.PostAsync(work, [.. funds]),
            r => Assert.Equal(TransferStatus.Created, r.Status));
    }

    private static async Task TryAsync(Database database, Random random, long amount, Tally tally)
    {
        var (project, firm) = (Projects[random.Next(Projects.Length)], Firms[random.Next(Firms.Length)]);
        var reserved = Chain(amount, TransferFlags.Pending, Budget, Quota, project, firm);
        if (!await PostAsync(database, reserved, tally)) return;
        var choice = random.Next(4);
        var paid = choice switch { 0 => 0, 1 => amount - amount / 3, _ => amount };
        var how = choice == 0 ? TransferFlags.VoidPending : TransferFlags.PostPending;
        var resolved = reserved.Select(r => new Transfer
        {
            Id = Guid.CreateVersion7(), PendingId = r.Id, Amount = choice == 0 ? amount : paid, Code = "兑现",
            Flags = how | r.Flags & TransferFlags.Linked,
        }).ToArray();
        Assert.True(await PostAsync(database, resolved, tally), "what was reserved could not be resolved");
        tally.Paid += paid;
    }

    private static async Task<bool> DrainAsync(Database database, Account project, Account firm, Tally tally)
    {
        var accounts = await database.WriteAsync(work =>
            GeneralLedger.LockAsync(work, [Budget.Id, Quota.Id, project.Id, firm.Id]));
        var rest = accounts.Values.Min(a => a.Available);
        Assert.False(await PostAsync(database,
            Chain(rest + 1, TransferFlags.None, Budget, Quota, project, firm), new Tally()));
        if (rest == 0) return false;
        Assert.True(await PostAsync(database, Chain(rest, TransferFlags.None, Budget, Quota, project, firm), tally));
        tally.Paid += rest;
        return true;
    }

    private static async Task<bool> PostAsync(Database database, Transfer[] chain, Tally tally)
    {
        var results = await database.WriteAsync(work => GeneralLedger.PostAsync(work, chain));
        if (results.All(r => r.Status == TransferStatus.Created)) return true;
        // The culprit was refused by a limit, and nothing else.
        Assert.Single(results, r => r.Status == TransferStatus.ExceedsCredits);
        Assert.Equal(chain.Length - 1, results.Count(r => r.Status == TransferStatus.LinkedEventFailed));
        tally.Refused++;
        return false;
    }

    private static async Task CompareAsync(Database database, long limit, Tally[] tallies)
    {
        Account[] all = [Source, Used, Budget, Quota, .. Projects, .. Firms];
        var found = await database.WriteAsync(work => GeneralLedger.LockAsync(work, all.Select(a => a.Id)));
        var paid = tallies.Sum(t => t.Paid);
        RandomHistoryTests.AssertInvariants([.. found.Values]);
        Assert.Equal((limit, limit), (paid, found[Budget.Id].DebitsPosted));
        Assert.Equal(paid, found[Quota.Id].DebitsPosted);
        Assert.Equal(paid, Projects.Sum(p => found[p.Id].DebitsPosted));
        Assert.Equal(paid, Firms.Sum(f => found[f.Id].DebitsPosted));
        Assert.All(found.Values, a => Assert.Equal((0, 0), (a.DebitsPending, a.CreditsPending)));
        Assert.True(tallies.Sum(t => t.Refused) > 0, "nobody was refused: there was no race");
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()", connection);
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    private static Transfer[] Chain(long amount, TransferFlags kind, params Account[] accounts) =>
    [
        .. accounts.Select((a, i) => Move(a, Used, amount) with
        {
            Flags = kind | (i < accounts.Length - 1 ? TransferFlags.Linked : TransferFlags.None),
        }),
    ];

    private static Transfer Move(Account from, Account to, long amount) => new()
    {
        Id = Guid.CreateVersion7(), DebitId = from.Id, CreditId = to.Id, Amount = amount, Code = "兑现",
    };

    private static Account Limit(string name) =>
        Account.Named(name, "上限", "CNY", AccountFlags.DebitsMustNotExceedCredits);

    /// <summary>What one client knows of.</summary>
    private sealed class Tally
    {
        public long Paid { get; set; }

        public int Refused { get; set; }
    }
}
