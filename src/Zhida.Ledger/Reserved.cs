using Zhida.Ledger.Storage;

namespace Zhida.Ledger;

/// <summary>What callers ask of a thing's transfers.</summary>
public static class Reserved
{
    /// <summary>Pending transfers of a reference (a case) that are neither posted nor voided, oldest first.</summary>
    public static Task<List<Transfer>> OfAsync(UnitOfWork work, Guid reference) => work.QueryAsync(
        $"SELECT {GeneralLedger.TransferColumns} FROM transfers p WHERE reference = $1 AND (flags & 2) <> 0 AND " +
        "NOT EXISTS (SELECT 1 FROM transfers r WHERE r.pending_id = p.id) ORDER BY at, id",
        GeneralLedger.ReadTransfer, [reference]);

    /// <summary>The transfers of a reference that posted pending ones, oldest first.</summary>
    public static Task<List<Transfer>> PostedAsync(UnitOfWork work, Guid reference) => work.QueryAsync(
        $"SELECT {GeneralLedger.TransferColumns} FROM transfers WHERE reference = $1 AND (flags & 4) <> 0 " +
        "ORDER BY at, id", GeneralLedger.ReadTransfer, [reference]);

    /// <summary>The transfers of a reference under a code, oldest first.</summary>
    public static Task<List<Transfer>> MadeAsync(UnitOfWork work, Guid reference, string code) => work.QueryAsync(
        $"SELECT {GeneralLedger.TransferColumns} FROM transfers WHERE reference = $1 AND code = $2 ORDER BY at, id",
        GeneralLedger.ReadTransfer, [reference, code]);

    /// <summary>Locks accounts as <see cref="GeneralLedger.LockAsync"/>, and tells what some of them were credited
    /// under a code (0 is left out): in one round trip, for others wait for what is locked.</summary>
    public static async Task<(IReadOnlyDictionary<Guid, Account> Locked, IReadOnlyDictionary<Guid, long> Credited)>
        LockAsync(UnitOfWork work, IEnumerable<Guid> ids, IEnumerable<Guid> credited, string code)
    {
        var (locked, sums) = (new Dictionary<Guid, Account>(), new Dictionary<Guid, long>());
        await work.QueryAsync(
        [
            new Query(GeneralLedger.LockAccounts(work), [work.Ids(ids.Distinct())], row =>
            {
                var account = GeneralLedger.ReadAccount(work, row);
                locked[account.Id] = account;
            }),
            new Query(
                $"SELECT credit_id, SUM(amount) FROM transfers WHERE {work.Among("credit_id", 1)} AND code = $2 " +
                "GROUP BY credit_id", [work.Ids(credited), code],
                row => sums[row.GetGuid(0)] = (long)row.GetDecimal(1)),
        ]);
        return (locked, sums);
    }
}
