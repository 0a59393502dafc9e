using CsCheck;
using Xunit;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework;

namespace Zhida.Tests.Ledger;

/// <summary>Random histories, each call and all that stands afterwards compared with <see cref="ReferenceLedger"/>.
/// </summary>
public sealed class RandomHistoryTests(TestDatabases databases)
{
    private const int Few = 100;
    private const int Many = 5_000;

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public void Some_histories(DatabaseKind kind) => Run(kind, Few);

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public void Thousands_of_histories(DatabaseKind kind)
    {
        Repository.OnlyWhenLong();
        Run(kind, Many);
    }

    private void Run(DatabaseKind kind, int histories)
    {
        var clock = new TestClock(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks);
        var database = databases.New(kind, clock);
        var seen = new HashSet<TransferStatus>();
        Histories.Sequential.Sample(history => RunAsync(database, clock, history, seen).GetAwaiter().GetResult(),
            iter: histories, threads: 1);
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        // A history that never meets a limit, a chain or an expiry would show nothing.
        TransferStatus[] wanted =
        [
            TransferStatus.Created, TransferStatus.LinkedEventFailed, TransferStatus.LinkedEventChainOpen,
            TransferStatus.Exists, TransferStatus.ExceedsCredits, TransferStatus.ExceedsDebits,
            TransferStatus.PendingTransferExpired, TransferStatus.PendingTransferAlreadyPosted,
            TransferStatus.PendingTransferAlreadyVoided, TransferStatus.ExceedsPendingAmount,
        ];
        Assert.Empty(wanted.Except(seen));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", seen.Order()));
    }

    private static async Task RunAsync(
        Database database, TestClock clock, List<(int Pause, List<Histories.Wish> Wishes)> history,
        HashSet<TransferStatus> seen)
    {
        var begin = ++clock.Ticks;
        await database.WriteAsync(Histories.BeginAsync);
        var reference = new ReferenceLedger([.. Histories.Accounts.Select(a => a with { OpenedAt = begin })]);
        reference.Post(Histories.Funding, begin);
        foreach (var (pause, wishes) in history)
        {
            clock.Ticks += pause;
            if (wishes.Count == 0)
            {
                var over = await database.WriteAsync(work => GeneralLedger.ExpireAsync(work));
                Assert.Equal(reference.Expire(clock.Ticks).Order(), over.Order());
                continue;
            }
            var call = wishes.ConvertAll(w => w.Life == 0 ? w.Transfer
                : w.Transfer with { ExpiresAt = clock.Ticks + w.Life });
            var results = await database.WriteAsync(work => GeneralLedger.PostAsync(work, call));
            Assert.Equal(reference.Post(call, clock.Ticks), results.Select(r => r.Status));
            seen.UnionWith(results.Select(r => r.Status));
        }
        await database.ReadAsync(async work =>
        {
            await CompareAsync(work, reference, begin);
            return true;
        });
    }

    /// <summary>Balances now and at every moment; debits equal credits; no limit is passed at any of them.</summary>
    private static async Task CompareAsync(UnitOfWork work, ReferenceLedger reference, long begin)
    {
        var moments = reference.Standing.SelectMany(t => new[] { t.At - 1, t.At }).Where(at => at >= begin)
            .Append(long.MaxValue).Distinct().ToList();
        foreach (var moment in moments)
        {
            var then = new List<Account>();
            foreach (var account in reference.Accounts)
            {
                var found = await GeneralLedger.AsOfAsync(work, account.Id, moment);
                Assert.Equal(reference.Balance(account.Id, moment), found);
                then.Add(found!);
            }
            AssertInvariants(then);
        }
        var now = await GeneralLedger.LockAsync(work, reference.Accounts.Select(a => a.Id));
        foreach (var account in reference.Accounts)
        {
            Assert.Equal(reference.Balance(account.Id), now[account.Id]);
            var expected = reference.Standing.Where(t => t.DebitId == account.Id || t.CreditId == account.Id)
                .OrderBy(t => t.At).Select(t => (t.At, t.Amount, t.Flags, t.PendingId));
            Assert.Equal(expected, (await PagesAsync(work, account.Id))
                .Select(t => (t.At, t.Amount, t.Flags, t.PendingId)));
        }
        Assert.Null(await GeneralLedger.AsOfAsync(work, reference.Accounts[0].Id, begin - 1));
        var notes = await work.QueryAsync("SELECT row_id FROM journal", row => row.GetGuid(0), []);
        Assert.Equal(reference.Standing.Count, notes.Distinct().Count());
        Assert.Equal(notes.Count, (await GeneralLedger.FindAsync(work, notes)).Count);
    }

    private static async Task<List<Transfer>> PagesAsync(UnitOfWork work, Guid account)
    {
        var all = new List<Transfer>();
        while (true)
        {
            var page = await GeneralLedger.HistoryAsync(work, account, all.Count == 0 ? 0 : all[^1].At, most: 3);
            if (page.Count == 0) return all;
            Assert.InRange(page.Count, 1, 3);
            all.AddRange(page);
        }
    }

    internal static void AssertInvariants(IReadOnlyCollection<Account> all)
    {
        foreach (var accounts in all.GroupBy(a => a.Currency))
        {
            Assert.Equal(accounts.Sum(a => a.DebitsPosted), accounts.Sum(a => a.CreditsPosted));
            Assert.Equal(accounts.Sum(a => a.DebitsPending), accounts.Sum(a => a.CreditsPending));
        }
        Assert.All(all, a =>
        {
            Assert.True(a is { DebitsPending: >= 0, DebitsPosted: >= 0, CreditsPending: >= 0, CreditsPosted: >= 0 });
            if (a.Flags == AccountFlags.DebitsMustNotExceedCredits) Assert.True(a.Available >= 0, $"{a}");
            if (a.Flags == AccountFlags.CreditsMustNotExceedDebits)
                Assert.True(a.CreditsPosted + a.CreditsPending <= a.DebitsPosted, $"{a}");
        });
    }
}
