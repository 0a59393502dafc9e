using Zhida.Casework.Cases;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Money;

/// <summary>What becomes of what a case has reserved: given back, posted when it is paid, taken back when the money
/// has come back.</summary>
internal static class Release
{
    private const string VoidCode = "释放";
    private const string PostCode = "兑现";
    public const string BackCode = "追回";
    public const string ReturnCode = "退汇";

    /// <summary>Gives back all that is reserved.</summary>
    public static async Task<IReadOnlyList<Transfer>> VoidAsync(UnitOfWork work, Case file, Guid move) =>
        await ResolveAsync(
            work, file, move, await Reserved.OfAsync(work, file.Id), VoidCode, TransferFlags.VoidPending);

    /// <summary>Posts all that is reserved: it is paid.</summary>
    public static async Task<IReadOnlyList<Transfer>> PostAsync(UnitOfWork work, Case file, Guid move) =>
        await ResolveAsync(
            work, file, move, await Reserved.OfAsync(work, file.Id), PostCode, TransferFlags.PostPending);

    /// <summary>Gives back to budgets, caps and groups what was posted and has come back.</summary>
    /// <param name="amount">分 that came back, less than what is paid; null: all that is left.</param>
    public static async Task<IReadOnlyList<Transfer>> TakeBackAsync(
        UnitOfWork work, Case file, Guid move, long? amount = null)
    {
        var paid = await PaidLegs.OfAsync(work, file);
        return await MakeAsync(work, file, move, Back(amount is { } part ? paid.Part(part) : paid.Legs, BackCode));
    }

    /// <summary>The bank sent the money back (退汇): what was posted is taken back and reserved again in one chain, so
    /// that nobody gets in between.</summary>
    public static async Task<IReadOnlyList<Transfer>> ReturnAsync(UnitOfWork work, Case file, Guid move)
    {
        var legs = (await PaidLegs.OfAsync(work, file)).Legs;
        return await MakeAsync(work, file, move, [
            .. Back(legs, ReturnCode),
            .. legs.Select(leg => New(Reservation.Code, leg.Amount) with
            {
                DebitId = leg.From, CreditId = leg.To, Flags = TransferFlags.Pending,
            }),
        ]);
    }

    private static List<Transfer> Back(IReadOnlyList<PaidLeg> legs, string code) => [.. legs.Select(leg =>
        New(code, leg.Amount) with { DebitId = leg.To, CreditId = leg.From })];

    /// <summary>A transfer that gets its id from the move.</summary>
    private static Transfer New(string code, long amount) => new() { Id = Guid.Empty, Amount = amount, Code = code };

    private static Task<IReadOnlyList<Transfer>> ResolveAsync(
        UnitOfWork work, Case file, Guid move, List<Transfer> own, string code, TransferFlags flag) =>
        MakeAsync(work, file, move, [.. own.Select(pending =>
            New(code, pending.Amount) with { PendingId = pending.Id, Flags = flag })]);

    /// <summary>Makes transfers as one chain of a move: the same again is made once.</summary>
    private static async Task<IReadOnlyList<Transfer>> MakeAsync(
        UnitOfWork work, Case file, Guid move, List<Transfer> transfers)
    {
        if (transfers.Count == 0) return [];
        var chain = transfers.Select((transfer, i) => transfer with
        {
            Id = NamedId.Of($"{move}/{i}"), Reference = file.Id,
            Flags = i < transfers.Count - 1 ? transfer.Flags | TransferFlags.Linked : transfer.Flags,
        }).ToList();
        var results = await GeneralLedger.PostAsync(work, chain);
        return results.All(r => r.Stands) ? chain
            : throw new InvalidOperationException($"case {file.Id}: {string.Join(", ", results)}");
    }
}
