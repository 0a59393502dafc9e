using Xunit;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework;

namespace Zhida.Tests.Ledger;

/// <summary>The ledger on both databases.</summary>
public sealed class GeneralLedgerTests(TestDatabases databases)
{
    private static readonly Account Budget =
        Account.Named("预算", "预算", "CNY", AccountFlags.DebitsMustNotExceedCredits);

    private static readonly Account Source = Account.Named("财政", "财政", "CNY", AccountFlags.None);
    private static readonly Account Firm = Account.Named("企业", "主体", "CNY", AccountFlags.None);

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_budget_is_never_overspent(DatabaseKind kind)
    {
        await using var database = await FundedAsync(kind, 100);
        var first = Pay(60);
        Assert.Equal(TransferStatus.Created, await PostAsync(database, first));
        Assert.Equal(TransferStatus.Exists, await PostAsync(database, first));
        Assert.Equal(TransferStatus.ExistsWithDifferentAmount, await PostAsync(database, first with { Amount = 61 }));
        Assert.Equal(TransferStatus.ExceedsCredits, await PostAsync(database, Pay(41)));
        Assert.Equal(TransferStatus.Created, await PostAsync(database, Pay(40)));
        Assert.Equal(0, (await AccountAsync(database, Budget)).Available);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_reservation_is_posted_in_part_or_voided(DatabaseKind kind)
    {
        await using var database = await FundedAsync(kind, 100);
        var (kept, dropped) = (Pay(70, TransferFlags.Pending), Pay(30, TransferFlags.Pending));
        Assert.Equal(TransferStatus.Created, await PostAsync(database, kept));
        Assert.Equal(TransferStatus.Created, await PostAsync(database, dropped));
        Assert.Equal(0, (await AccountAsync(database, Budget)).Available);
        var before = (await AccountAsync(database, Budget)).ChangedAt;
        Assert.Equal(TransferStatus.Created,
            await PostAsync(database, Resolve(kept, 50, TransferFlags.PostPending)));
        Assert.Equal(TransferStatus.PendingTransferAlreadyPosted,
            await PostAsync(database, Resolve(kept, 70, TransferFlags.VoidPending)));
        Assert.Equal(TransferStatus.Created,
            await PostAsync(database, Resolve(dropped, 30, TransferFlags.VoidPending)));
        var after = await AccountAsync(database, Budget);
        Assert.Equal((50, 50, 0), (after.Available, after.DebitsPosted, after.DebitsPending));
        var then = await database.ReadAsync(work => GeneralLedger.AsOfAsync(work, Budget.Id, before));
        Assert.Equal((0, 0, 100), (then!.Available, then.DebitsPosted, then.DebitsPending));
        var now = await database.ReadAsync(work => GeneralLedger.AsOfAsync(work, Budget.Id, long.MaxValue));
        Assert.Equal(after, now);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_chain_stands_whole_or_not_at_all(DatabaseKind kind)
    {
        await using var database = await FundedAsync(kind, 100);
        var chain = new[] { Pay(60) with { Flags = TransferFlags.Linked }, Pay(60) };
        var results = await database.WriteAsync(work => GeneralLedger.PostAsync(work, chain));
        Assert.Equal([TransferStatus.LinkedEventFailed, TransferStatus.ExceedsCredits],
            results.Select(r => r.Status));
        Assert.Equal(100, (await AccountAsync(database, Budget)).Available);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Racing_clients_share_what_there_is(DatabaseKind kind)
    {
        await using var database = await FundedAsync(kind, 100);
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            var created = 0;
            for (var i = 0; i < 20; i++)
                if (await PostAsync(database, Pay(1)) == TransferStatus.Created) created++;
            return created;
        })));
        Assert.Equal(100, results.Sum());
        Assert.Equal(100, (await AccountAsync(database, Firm)).CreditsPosted);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task The_same_transfer_from_many_is_made_once(DatabaseKind kind)
    {
        await using var database = await FundedAsync(kind, 100);
        var one = Pay(10);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Task.Run(() => PostAsync(database, one))));
        Assert.Single(statuses, TransferStatus.Created);
        Assert.Equal(15, statuses.Count(s => s == TransferStatus.Exists));
    }

    private async Task<Database> FundedAsync(DatabaseKind kind, long amount)
    {
        var database = databases.New(kind);
        await database.WriteAsync(async work =>
        {
            GeneralLedger.Open(work, [Budget, Source, Firm]);
            await GeneralLedger.PostAsync(work, [new Transfer
            {
                Id = Guid.CreateVersion7(), DebitId = Source.Id, CreditId = Budget.Id, Amount = amount, Code = "下达",
            }]);
        });
        return database;
    }

    private static Transfer Pay(long amount, TransferFlags flags = TransferFlags.None) => new()
    {
        Id = Guid.CreateVersion7(), DebitId = Budget.Id, CreditId = Firm.Id, Amount = amount, Code = "兑现",
        Flags = flags,
    };

    private static Transfer Resolve(Transfer pending, long amount, TransferFlags flags) => new()
    {
        Id = Guid.CreateVersion7(), PendingId = pending.Id, Amount = amount, Code = "兑现", Flags = flags,
    };

    private static async Task<TransferStatus> PostAsync(Database database, Transfer transfer) =>
        (await database.WriteAsync(work => GeneralLedger.PostAsync(work, [transfer])))[0].Status;

    private static async Task<Account> AccountAsync(Database database, Account account) =>
        (await database.WriteAsync(work => GeneralLedger.LockAsync(work, [account.Id])))[account.Id];
}
