using Zhida.Ledger.Storage;

namespace Zhida.Casework.Proof;

/// <summary>Compares signed checkpoints, exported and stored, with the chain that is walked through.</summary>
internal sealed class CheckpointCheck(
    IReadOnlyList<(string Place, Checkpoint? Checkpoint)> exported, AuditPublicKey? key)
{
    /// <summary>Those to come, by position.</summary>
    private readonly SortedDictionary<long, List<(string Place, string Hash, bool Signed)>> _ahead = [];
    private FaultList _faults = null!;

    public int Count { get; private set; }

    public long ProvedUpTo { get; private set; }

    /// <param name="database">Null: the chain doesn't say which it is.</param>
    public async Task BeginAsync(UnitOfWork work, Guid? database, FaultList faults)
    {
        _faults = faults;
        var stored = await work.QueryAsync(
            "SELECT position, database, hash, at, key, signature FROM audit_checkpoints ORDER BY position",
            row => new Checkpoint
            {
                Position = row.GetInt64(0), Database = row.GetGuid(1), Hash = row.GetString(2), At = row.GetInt64(3),
                Key = row.GetString(4), Signature = row.GetString(5),
            }, []);
        foreach (var (place, checkpoint) in exported.Concat(stored.Select(c =>
            ($"audit_checkpoints {c.Position}", (Checkpoint?)c)))) Take(place, checkpoint, database);
    }

    private void Take(string place, Checkpoint? checkpoint, Guid? database)
    {
        Count++;
        if (checkpoint is null)
        {
            _faults.Add(FaultKind.Signature, null, null, null, $"检查点 {place} 读不出来");
            return;
        }
        if (key is not null && Fault(checkpoint, key) is { } fault)
        {
            _faults.Add(FaultKind.Signature, checkpoint.Position, null, null, $"检查点 {place} {fault}");
            return;
        }
        if (database is { } own && checkpoint.Database != own)
        {
            _faults.Add(FaultKind.Rebuilt, checkpoint.Position, null, null,
                $"检查点 {place} 属于另一个库（{checkpoint.Database}）");
            return;
        }
        if (!_ahead.TryGetValue(checkpoint.Position, out var here)) _ahead[checkpoint.Position] = here = [];
        here.Add((place, checkpoint.Hash, key is not null));
    }

    private static string? Fault(Checkpoint checkpoint, AuditPublicKey key) =>
        checkpoint.Key != key.Fingerprint ? "是用另一把密钥签的" : key.Verifies(checkpoint) ? null : "的签名不对";

    /// <summary>A seal that was walked past.</summary>
    public void Compare(long position, byte[] hash, FaultList faults)
    {
        if (!_ahead.Remove(position, out var here)) return;
        var own = AuditSeal.Hex(hash);
        foreach (var (place, signedHash, signed) in here)
            if (signedHash != own)
                faults.Add(FaultKind.Rebuilt, position, null, null, $"链与检查点 {place} 不同：链在签发之后被重造");
            else if (signed) ProvedUpTo = position;
    }

    /// <summary>The chain is over: what it doesn't reach was cut off.</summary>
    /// <param name="last">The last seal's position.</param>
    public void End(long last)
    {
        foreach (var (position, here) in _ahead)
        foreach (var (place, _, _) in here)
            _faults.Add(position > last ? FaultKind.Cut : FaultKind.Gap, position, null, null, position > last
                ? $"检查点 {place} 签到第{position}号，封记只到第{last}号" : $"检查点 {place} 所签的第{position}号封记不在了");
    }
}
