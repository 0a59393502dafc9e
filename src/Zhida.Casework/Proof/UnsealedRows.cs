using Zhida.Ledger.Storage;

namespace Zhida.Casework.Proof;

/// <summary>What the chain doesn't prove: rows that are noted and wait, and those that are neither noted nor sealed.
/// </summary>
internal sealed class UnsealedRows(UnitOfWork work, FaultList faults)
{
    public long Count { get; private set; }

    /// <summary>UTC ticks.</summary>
    public long? Oldest { get; private set; }

    public async Task RunAsync()
    {
        foreach (var kind in SealedKinds.Newest)
        {
            foreach (var row in await work.QueryAsync(
                $"SELECT t.id FROM {kind.Table} t LEFT JOIN audit_seals s ON s.kind = $1 AND s.row_id = t.id " +
                "LEFT JOIN journal j ON j.kind = $1 AND j.row_id = t.id " +
                "WHERE s.position IS NULL AND j.seq IS NULL", r => Convert.ToString(r.GetValue(0)), [kind.Kind]))
                faults.Add(FaultKind.Inserted, null, kind.Kind, row, "没有封记，也没有待封的记录：不是程序写入的，或封记被删去");
            foreach (var row in await work.QueryAsync(
                $"SELECT j.row_id FROM journal j LEFT JOIN {kind.Table} t ON t.id = j.row_id " +
                "WHERE j.kind = $1 AND t.id IS NULL", r => Convert.ToString(r.GetValue(0)), [kind.Kind]))
                faults.Add(FaultKind.Removed, null, kind.Kind, row, "待封的行已被删除");
            if (!kind.Fields.Contains(("at", "integer"))) continue;
            var oldest = (await work.QueryAsync(
                $"SELECT MIN(t.at) FROM journal j JOIN {kind.Table} t ON t.id = j.row_id WHERE j.kind = $1",
                r => r.IsDBNull(0) ? (long?)null : r.GetInt64(0), [kind.Kind]))[0];
            if (oldest < (Oldest ?? long.MaxValue)) Oldest = oldest;
        }
        Count = (await work.QueryAsync("SELECT COUNT(*) FROM journal", r => r.GetInt64(0), []))[0];
        foreach (var kind in await work.QueryAsync(
            $"SELECT DISTINCT kind FROM journal WHERE kind NOT IN ({SealedKinds.Literals})", r => r.GetString(0), []))
            faults.Add(FaultKind.UnknownKind, null, kind, null, $"待封的行属于没有登记的种类“{kind}”，封存程序不会封它");
    }
}
