using System.Diagnostics;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Bench.Ledger;

/// <summary>Clients that make transfers between random accounts, each as fast as it is answered.</summary>
internal sealed class LedgerLoad(Database database)
{
    private const int Accounts = 100_000;
    private const int OpenedAtOnce = 5_000;
    private const long Plenty = 1_000_000_000_000;

    private static readonly Account Source = Account.Named("bench/source", "source", "CNY", AccountFlags.None);

    private readonly Account _budget =
        Account.Named("bench/budget", "budget", "CNY", AccountFlags.DebitsMustNotExceedCredits);

    private readonly Guid[] _accounts = [.. Enumerable.Range(0, Accounts).Select(i => NamedId.Of($"bench/{i}"))];

    /// <summary>Opens the accounts, and one limited one with plenty to spend.</summary>
    public async Task PrepareAsync()
    {
        await database.WriteAsync(async work =>
        {
            GeneralLedger.Open(work, [_budget, Source]);
            await GeneralLedger.PostAsync(work, [Between(Source.Id, _budget.Id, Plenty)]);
        });
        foreach (var part in Enumerable.Range(0, Accounts).Chunk(OpenedAtOnce))
            await database.WriteAsync(work =>
            {
                GeneralLedger.Open(work,
                    part.Select(i => Account.Named($"bench/{i}", "party", "CNY", AccountFlags.None)));
                return Task.CompletedTask;
            });
    }

    /// <summary>Transfers a second between two random accounts.</summary>
    /// <param name="atOnce">How many in one call and one commit.</param>
    public Task<double> MeasureAsync(int clients, int atOnce, TimeSpan time) => MeasureAsync(clients, time,
        () => [.. Enumerable.Range(0, atOnce).Select(_ => Random())]);

    /// <summary>Transfers a second out of one limited account, one a commit.</summary>
    public Task<double> MeasureHotAsync(int clients, TimeSpan time) => MeasureAsync(clients, time,
        () => [Between(_budget.Id, Any(), 1)]);

    private async Task<double> MeasureAsync(int clients, TimeSpan time, Func<IReadOnlyList<Transfer>> next)
    {
        // What is compiled when first called and prepared when used twice is not what is measured.
        foreach (var _ in Enumerable.Range(0, 5)) await PostAsync(next());
        var made = 0L;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < time)
            {
                var transfers = next();
                await PostAsync(transfers);
                Interlocked.Add(ref made, transfers.Count);
            }
        })));
        return made / watch.Elapsed.TotalSeconds;
    }

    private async Task PostAsync(IReadOnlyList<Transfer> transfers)
    {
        var results = await database.WriteAsync(work => GeneralLedger.PostAsync(work, transfers));
        foreach (var result in results)
            if (result.Status != TransferStatus.Created) throw new InvalidOperationException($"{result}");
    }

    private Transfer Random()
    {
        var debit = Any();
        var credit = Any();
        while (credit == debit) credit = Any();
        return Between(debit, credit, System.Random.Shared.Next(1, 10_000));
    }

    private Guid Any() => _accounts[System.Random.Shared.Next(Accounts)];

    private static Transfer Between(Guid debit, Guid credit, long amount) => new()
    {
        Id = Guid.CreateVersion7(), DebitId = debit, CreditId = credit, Amount = amount, Code = "bench",
        Reference = Guid.CreateVersion7(),
    };
}
