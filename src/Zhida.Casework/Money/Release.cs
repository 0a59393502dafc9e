using Zhida.Casework.Cases;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Money;

/// <summary>What becomes of what a case has reserved: given back, posted when it is paid, taken back when it is
/// recalled.</summary>
internal static class Release
{
    private const string VoidCode = "释放";
    private const string PostCode = "兑现";
    private const string BackCode = "追回";

    /// <summary>Gives back all that is reserved.</summary>
    public static async Task<IReadOnlyList<Transfer>> VoidAsync(UnitOfWork work, Case file, Guid move) =>
        await ChainAsync(work, file, move, await Reserved.OfAsync(work, file.Id), (own, next) => next with
        {
            PendingId = own.Id, Amount = own.Amount, Code = VoidCode, Flags = TransferFlags.VoidPending,
        });

    /// <summary>Posts all that is reserved: it is paid.</summary>
    public static async Task<IReadOnlyList<Transfer>> PostAsync(UnitOfWork work, Case file, Guid move) =>
        await ChainAsync(work, file, move, await Reserved.OfAsync(work, file.Id), (own, next) => next with
        {
            PendingId = own.Id, Amount = own.Amount, Code = PostCode, Flags = TransferFlags.PostPending,
        });

    /// <summary>Gives back to budgets, caps and groups what was posted: the money has come back.</summary>
    public static async Task<IReadOnlyList<Transfer>> TakeBackAsync(UnitOfWork work, Case file, Guid move) =>
        await ChainAsync(work, file, move, await Reserved.PostedAsync(work, file.Id), (paid, next) => next with
        {
            DebitId = paid.CreditId, CreditId = paid.DebitId, Amount = paid.Amount, Code = BackCode,
        });

    private static async Task<IReadOnlyList<Transfer>> ChainAsync(
        UnitOfWork work, Case file, Guid move, List<Transfer> of, Func<Transfer, Transfer, Transfer> next)
    {
        if (of.Count == 0) return [];
        var chain = of.Select((transfer, i) =>
        {
            var made = next(transfer, new Transfer
            {
                Id = NamedId.Of($"{move}/{i}"), Amount = 0, Code = VoidCode, Reference = file.Id,
            });
            return i < of.Count - 1 ? made with { Flags = made.Flags | TransferFlags.Linked } : made;
        }).ToList();
        var results = await GeneralLedger.PostAsync(work, chain);
        return results.All(r => r.Stands) ? chain
            : throw new InvalidOperationException($"case {file.Id}: {string.Join(", ", results)}");
    }
}
