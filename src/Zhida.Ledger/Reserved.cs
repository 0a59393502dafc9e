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

    /// <summary>What accounts were credited under a code, by account; 0 is left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, long>> CreditedAsync(
        UnitOfWork work, IEnumerable<Guid> accounts, string code)
    {
        var sums = await work.QueryAsync(
            $"SELECT credit_id, SUM(amount) FROM transfers WHERE {work.Among("credit_id", 1)} AND code = $2 " +
            "GROUP BY credit_id", row => (Id: row.GetGuid(0), Sum: (long)row.GetDecimal(1)),
            [work.Ids(accounts), code]);
        return sums.ToDictionary(s => s.Id, s => s.Sum);
    }
}
