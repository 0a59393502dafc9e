using System.Diagnostics;
using CsCheck;
using Xunit;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework;

namespace Zhida.Tests.Ledger;

/// <summary>Clients that call at the same time get answers that some order of their calls explains.</summary>
public sealed class LinearisabilityTests(TestDatabases databases)
{
    private const int Few = 100;
    private const int Many = 3_000;

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public void Some_concurrent_histories(DatabaseKind kind) => Run(kind, Few);

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public void Thousands_of_concurrent_histories(DatabaseKind kind)
    {
        Repository.OnlyWhenLong();
        Run(kind, Many);
    }

    [Fact]
    public void What_no_order_explains_is_found()
    {
        var reference = Funded();
        var all = Pay(1, 9);
        RecordedCall Made(long called, long returned, Transfer transfer, TransferStatus status) =>
            new(called, returned, [transfer], [status]);
        bool Explained(params RecordedCall[] calls) => Linearisation.Exists(reference, calls, _ => true);
        var taken = Made(1, 4, all, TransferStatus.Created);
        Assert.True(Explained(taken, Made(2, 3, Pay(2, 9), TransferStatus.ExceedsCredits)));
        Assert.False(Explained(taken, Made(2, 3, Pay(2, 9), TransferStatus.Created)));
        Assert.True(Explained(taken, Made(2, 3, all, TransferStatus.Exists)));
        Assert.False(Explained(taken, Made(5, 6, Pay(2, 1), TransferStatus.Created)));
        // What returned before the other was called can't have come after it.
        Assert.False(Explained(Made(1, 2, Pay(2, 9), TransferStatus.ExceedsCredits), taken with { Called = 3 }));
    }

    private static Transfer Pay(int id, long amount) => new()
    {
        Id = new Guid(id, 0, 0, new byte[8]), Amount = amount, Code = "兑现",
        DebitId = Histories.Accounts[0].Id, CreditId = Histories.Accounts[3].Id,
    };

    private static ReferenceLedger Funded()
    {
        var reference = new ReferenceLedger(Histories.Accounts);
        reference.Post(Histories.Funding, now: 0);
        return reference;
    }

    private void Run(DatabaseKind kind, int histories)
    {
        var database = databases.New(kind);
        var overlaps = 0;
        Histories.Concurrent.Sample(
            clients => overlaps += RunAsync(database, clients).GetAwaiter().GetResult(), iter: histories, threads: 1);
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Assert.True(overlaps > histories, $"only {overlaps} calls overlapped");
    }

    /// <summary>How many calls began while another was under way.</summary>
    private static async Task<int> RunAsync(Database database, List<List<List<Transfer>>> clients)
    {
        await database.WriteAsync(Histories.BeginAsync);
        using var start = new Barrier(clients.Count);
        var recorded = await Task.WhenAll(clients.Select(calls => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            return calls.ConvertAll(call => CallAsync(database, call).GetAwaiter().GetResult());
        }, TaskCreationOptions.LongRunning)));
        var all = recorded.SelectMany(c => c).ToList();
        var ended = await database.WriteAsync(work =>
            GeneralLedger.LockAsync(work, Histories.Accounts.Select(a => a.Id)));
        RandomHistoryTests.AssertInvariants([.. ended.Values]);
        // Times are the machine's own, in one order only along each account.
        static (long, long, long, long) Sums(Account a) =>
            (a.DebitsPending, a.DebitsPosted, a.CreditsPending, a.CreditsPosted);
        bool Ends(ReferenceLedger reference) => ended.Values.All(a => Sums(a) == Sums(reference.Balance(a.Id)));
        Assert.True(Linearisation.Exists(Funded(), all, Ends), string.Join('\n', all.OrderBy(c => c.Called).Select(c =>
            $"{c.Called}..{c.Returned}: {string.Join(", ", c.Statuses)}")));
        return all.Count(c => all.Any(other => other != c && other.Called < c.Called && c.Called < other.Returned));
    }

    private static async Task<RecordedCall> CallAsync(Database database, List<Transfer> transfers)
    {
        var called = Stopwatch.GetTimestamp();
        var results = await database.WriteAsync(work => GeneralLedger.PostAsync(work, transfers));
        return new RecordedCall(called, Stopwatch.GetTimestamp(), transfers, [.. results.Select(r => r.Status)]);
    }
}
