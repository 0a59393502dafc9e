using Xunit;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework;

namespace Zhida.Tests.Ledger;

/// <summary>Time in the ledger: expiry, and accounts as they were.</summary>
public sealed class MomentTests(TestDatabases databases)
{
    private static readonly Account Source = Account.Named("财政", "财政", "CNY", AccountFlags.None);

    private static readonly Account Budget =
        Account.Named("预算", "预算", "CNY", AccountFlags.DebitsMustNotExceedCredits);

    private static readonly Account Firm = Account.Named("企业", "主体", "CNY", AccountFlags.None);

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task What_is_over_is_told_so_whether_swept_or_not_and_is_given_back_once(DatabaseKind kind)
    {
        var clock = new TestClock(TimeSpan.TicksPerDay);
        await using var database = await FundedAsync(kind, clock);
        var reserved = Pay(60) with { Flags = TransferFlags.Pending, ExpiresAt = clock.Ticks + 100 };
        Assert.Equal(TransferStatus.Created, await PostAsync(database, reserved));
        clock.Ticks += 99;
        Assert.Empty(await database.WriteAsync(work => GeneralLedger.ExpireAsync(work)));
        clock.Ticks++;
        for (var sweep = 0; sweep < 2; sweep++)
        {
            foreach (var how in new[] { TransferFlags.PostPending, TransferFlags.VoidPending })
                Assert.Equal(TransferStatus.PendingTransferExpired, await PostAsync(database, new Transfer
                {
                    Id = Guid.CreateVersion7(), PendingId = reserved.Id, Amount = 60, Code = "兑现", Flags = how,
                }));
            Assert.Equal(sweep == 0 ? 40 : 100, (await AccountAsync(database, Budget)).Available);
            Assert.Equal(sweep == 0 ? [reserved.Id] : [],
                await database.WriteAsync(work => GeneralLedger.ExpireAsync(work)));
        }
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Who_holds_an_account_sees_it_as_it_is_told_of_ever_after(DatabaseKind kind)
    {
        await using var database = await FundedAsync(kind, TimeProvider.System);
        var seen = new List<(long At, Account Then)>();
        var payers = Task.WhenAll(Enumerable.Range(0, 7).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++) await PostAsync(database, Pay(i % 3));
        })));
        do
            seen.Add(await database.WriteAsync(async work =>
            {
                var then = await GeneralLedger.LockAsync(work, [Budget.Id]);
                return (DateTime.UtcNow.Ticks, then[Budget.Id]);
            }));
        while (!payers.IsCompleted);
        await payers;
        Assert.True(seen.Select(s => s.Then).Distinct().Count() > 1, "nothing happened meanwhile");
        foreach (var (at, then) in seen)
            Assert.Equal(then, await database.ReadAsync(work => GeneralLedger.AsOfAsync(work, Budget.Id, at)));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task An_account_that_stands_is_not_taken_for_another(DatabaseKind kind)
    {
        await using var database = await FundedAsync(kind, TimeProvider.System);
        foreach (var other in new[] { Budget with { Flags = AccountFlags.None }, Budget with { Currency = "USD" } })
            await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(async work =>
            {
                GeneralLedger.Open(work, [other]);
                await GeneralLedger.PostAsync(work, [Pay(1)]);
            }));
        foreach (var wrong in new[] { Budget with { Flags = (AccountFlags)3 }, Budget with { Kind = "" } })
            await Assert.ThrowsAsync<ArgumentException>(() => database.WriteAsync(work =>
            {
                GeneralLedger.Open(work, [wrong]);
                return Task.CompletedTask;
            }));
        Assert.Equal(100, (await AccountAsync(database, Budget)).Available);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_large_call_is_what_its_transfers_are_one_by_one(DatabaseKind kind)
    {
        await using var database = await FundedAsync(kind, TimeProvider.System);
        var reserved = Enumerable.Range(0, 40).Select(_ => Pay(2) with { Flags = TransferFlags.Pending }).ToArray();
        var call = reserved.Concat(reserved.Select(r => new Transfer
        {
            Id = Guid.CreateVersion7(), PendingId = r.Id, Amount = 1, Code = "兑现", Flags = TransferFlags.PostPending,
            Reference = r.Id,
        })).ToArray();
        var results = await database.WriteAsync(work => GeneralLedger.PostAsync(work, call));
        Assert.All(results, r => Assert.Equal(TransferStatus.Created, r.Status));
        results = await database.WriteAsync(work => GeneralLedger.PostAsync(work, call));
        Assert.All(results, r => Assert.Equal(TransferStatus.Exists, r.Status));
        var budget = await AccountAsync(database, Budget);
        Assert.Equal((60, 40, 0), (budget.Available, budget.DebitsPosted, budget.DebitsPending));
        var stands = await database.ReadAsync(work => GeneralLedger.FindAsync(work, call.Select(t => t.Id)));
        Assert.Equal(call.Select(t => t with { DebitId = Budget.Id, CreditId = Firm.Id }).OrderBy(t => t.Id),
            stands.Select(t => t with { At = 0 }).OrderBy(t => t.Id));
    }

    private async Task<Database> FundedAsync(DatabaseKind kind, TimeProvider clock)
    {
        var database = databases.New(kind, clock);
        await database.WriteAsync(async work =>
        {
            GeneralLedger.Open(work, [Budget, Source, Firm]);
            await GeneralLedger.PostAsync(work, [Pay(100) with { DebitId = Source.Id, CreditId = Budget.Id }]);
        });
        return database;
    }

    private static Transfer Pay(long amount) => new()
    {
        Id = Guid.CreateVersion7(), DebitId = Budget.Id, CreditId = Firm.Id, Amount = amount, Code = "兑现",
    };

    private static async Task<TransferStatus> PostAsync(Database database, Transfer transfer) =>
        (await database.WriteAsync(work => GeneralLedger.PostAsync(work, [transfer])))[0].Status;

    private static async Task<Account> AccountAsync(Database database, Account account) =>
        (await database.WriteAsync(work => GeneralLedger.LockAsync(work, [account.Id])))[account.Id];
}
