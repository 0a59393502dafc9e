using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Proof;

/// <summary>
/// Takes notes of rows out of the journal and appends their seals to the chain: soon after the commit, never inside the
/// business transaction. A batch is one transaction under the lock of the chain's head, so that there is one sealer at
/// a time and a crash leaves the notes where they were.
/// </summary>
public sealed class Sealer(Database database)
{
    public const int Batch = 1000;

    private const string InsertSeal =
        "INSERT INTO audit_seals (position, kind, form, row_id, digest, hash, sealed_at) " +
        "VALUES ($1, $2, $3, $4, $5, $6, $7)";

    /// <summary>Seals a batch; how many rows. 0: nothing was noted.</summary>
    /// <param name="most">Of a batch.</param>
    public Task<int> SealAsync(int most = Batch) => database.WriteAsync(work => SealAsync(work, most));

    /// <summary>Seals all that is noted; how many rows.</summary>
    public async Task<long> SealAllAsync()
    {
        long all = 0;
        for (int some; (some = await SealAsync()) > 0;) all += some;
        return all;
    }

    internal static async Task<int> SealAsync(UnitOfWork work, int most)
    {
        var head = await ChainHead.LockAsync(work);
        // Rows of a kind that is not registered stay noted, and the verifier tells of them.
        var notes = await work.QueryAsync(
            $"DELETE FROM journal WHERE seq IN (SELECT seq FROM journal WHERE kind IN ({SealedKinds.Literals}) " +
            "ORDER BY seq LIMIT $1) RETURNING seq, kind, row_id",
            row => new JournalEntry { Seq = row.GetInt64(0), Kind = row.GetString(1), RowId = row.GetGuid(2) }, [most]);
        if (notes.Count == 0) return 0;
        var position = head.Position;
        var hash = head.Hash;
        var digests = await DigestsAsync(work, notes);
        foreach (var note in notes.OrderBy(n => n.Seq))
        {
            // Noted twice, or sealed already: a row is sealed once.
            if (!digests.Remove((note.Kind, note.RowId), out var found)) continue;
            var seal = new AuditSeal
            {
                Position = ++position, Kind = note.Kind, Form = found.Form, RowId = note.RowId, Digest = found.Digest,
                Hash = [], SealedAt = work.Now,
            };
            hash = seal.HashAfter(hash);
            work.Write(InsertSeal, position, seal.Kind, seal.Form, seal.RowId, seal.Digest, hash, seal.SealedAt);
        }
        ChainHead.Move(work, position, hash);
        return notes.Count;
    }

    /// <summary>What is to be sealed of each row that has no seal.</summary>
    private static async Task<Dictionary<(string Kind, Guid Row), (int Form, byte[] Digest)>> DigestsAsync(
        UnitOfWork work, List<JournalEntry> notes)
    {
        var found = new Dictionary<(string, Guid), (int, byte[])>();
        foreach (var group in notes.GroupBy(n => n.Kind))
        {
            var kind = SealedKinds.Newest.Single(k => k.Kind == group.Key);
            var ids = group.Select(n => n.RowId).Distinct().ToList();
            var digests = new Dictionary<Guid, byte[]>();
            var before = new HashSet<Guid>();
            await work.QueryAsync(
            [
                RowText.DigestsOf(work, kind, ids, digests),
                new Query($"SELECT row_id FROM audit_seals WHERE kind = $2 AND {work.Among("row_id", 1)}",
                    [work.Ids(ids), kind.Kind], row => before.Add(row.GetGuid(0))),
            ]);
            foreach (var id in ids.Where(id => !before.Contains(id)))
                found[(kind.Kind, id)] = (kind.Form, digests.GetValueOrDefault(id, RowText.Absent));
        }
        return found;
    }
}

/// <summary>The row of the chain's end.</summary>
internal static class ChainHead
{
    private const string Selection = "SELECT database, position, hash FROM audit_head WHERE id = 1";

    /// <summary>Nobody else's until the end of the transaction.</summary>
    public static async Task<AuditHead> LockAsync(UnitOfWork work) =>
        (await ReadAsync(work, work.ForUpdate)).FirstOrDefault()
        ?? throw new InvalidOperationException("the chain has no head: the database was not migrated");

    /// <summary>Null: there is none.</summary>
    public static async Task<AuditHead?> FindAsync(UnitOfWork work) => (await ReadAsync(work, "")).FirstOrDefault();

    public static void Move(UnitOfWork work, long position, byte[] hash) =>
        work.Write("UPDATE audit_head SET position = $1, hash = $2 WHERE id = 1", position, hash);

    private static Task<List<AuditHead>> ReadAsync(UnitOfWork work, string locking) => work.QueryAsync(
        Selection + locking, row => new AuditHead
        {
            Database = row.GetGuid(0), Position = row.GetInt64(1), Hash = row.GetFieldValue<byte[]>(2),
        }, []);
}
