using System.Data.Common;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Proof;

/// <summary>From the first seal to the last: each follows from the one before it, and its row holds what was sealed.
/// Behind a fault it goes on from the stored hash, so that one change is told of once.</summary>
/// <param name="genesis">Null: the chain's beginning is not known.</param>
internal sealed class ChainWalk(UnitOfWork work, FaultList faults, byte[]? genesis)
{
    private const int Page = 1000;

    /// <summary>SQLite keeps any type in any column; a seal of other types was not written by the sealer.</summary>
    private const string Types =
        "typeof(kind) || typeof(form) || typeof(row_id) || typeof(digest) || typeof(hash) || typeof(sealed_at)";

    private readonly Displaced _displaced = new();

    /// <summary>Null: the hash before the next seal is not known.</summary>
    private byte[]? _previous = genesis;

    /// <summary>Of the last seal; 0: there is none.</summary>
    public long Position { get; private set; }

    public long Count { get; private set; }

    /// <summary>As the last seal has it.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <param name="compare">Is told of each seal.</param>
    public async Task RunAsync(Action<long, byte[], FaultList> compare)
    {
        var after = long.MinValue;
        while (true)
        {
            var page = await PageAsync(after);
            if (page.Count == 0) break;
            after = page[^1].Position;
            await CheckAsync([.. page.Where(s => s.Seal is not null).Select(s => s.Seal!)]);
            foreach (var (position, seal) in page) Follow(position, seal, compare);
        }
        _displaced.Tell(faults);
    }

    private void Follow(long position, AuditSeal? seal, Action<long, byte[], FaultList> compare)
    {
        Count++;
        if (position != Position + 1)
        {
            faults.Add(FaultKind.Gap, Position + 1, null, null, position == Position + 2
                ? $"缺第{Position + 1}号封记" : $"缺第{Position + 1}号至第{position - 1}号封记");
            _previous = null;
        }
        Position = position;
        if (seal is null)
        {
            faults.Add(FaultKind.Changed, position, null, null, "封记的类型被改动，读不出来");
            _previous = null;
            return;
        }
        var follows = _previous is null || seal.HashAfter(_previous).AsSpan().SequenceEqual(seal.Hash);
        _displaced.Pass(seal, _previous, follows);
        compare(position, seal.Hash, faults);
        (_previous, Hash) = (seal.Hash, seal.Hash);
    }

    private Task<List<(long Position, AuditSeal? Seal)>> PageAsync(long after) => work.QueryAsync(
        "SELECT position, kind, form, row_id, digest, hash, sealed_at, " +
        $"{(work.Kind == DatabaseKind.Sqlite ? Types : "''")} FROM audit_seals WHERE position > $1 " +
        $"ORDER BY position LIMIT {Page}", row => (row.GetInt64(0), Read(row)), [after]);

    private static AuditSeal? Read(DbDataReader row)
    {
        if (row.GetString(7) is not ("" or "textintegertextblobblobinteger")) return null;
        try
        {
            return new AuditSeal
            {
                Position = row.GetInt64(0), Kind = row.GetString(1), Form = row.GetInt32(2), RowId = row.GetGuid(3),
                Digest = row.GetFieldValue<byte[]>(4), Hash = row.GetFieldValue<byte[]>(5),
                SealedAt = row.GetInt64(6),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The rows of a page's seals.</summary>
    private async Task CheckAsync(List<AuditSeal> page)
    {
        foreach (var group in page.GroupBy(s => (s.Kind, s.Form)))
        {
            if (SealedKinds.Find(group.Key.Kind, group.Key.Form) is not { } kind)
            {
                foreach (var seal in group)
                    faults.Add(FaultKind.UnknownKind, seal.Position, seal.Kind, seal.RowId.ToString(),
                        $"这个版本不认识种类“{seal.Kind}”第{seal.Form}式");
                continue;
            }
            var digests = new Dictionary<Guid, byte[]>();
            await work.QueryAsync([RowText.DigestsOf(work, kind, group.Select(s => s.RowId), digests)]);
            foreach (var seal in group) Compare(seal, digests.GetValueOrDefault(seal.RowId));
        }
    }

    private void Compare(AuditSeal seal, byte[]? digest)
    {
        var row = seal.RowId.ToString();
        if (digest is null)
            faults.Add(FaultKind.Removed, seal.Position, seal.Kind, row,
                seal.Digest.AsSpan().SequenceEqual(RowText.Absent) ? "封存之前就已被删除" : "已封存的行被删除");
        else if (!digest.AsSpan().SequenceEqual(seal.Digest))
            faults.Add(FaultKind.Changed, seal.Position, seal.Kind, row, "行的内容与封存时不同");
    }
}
