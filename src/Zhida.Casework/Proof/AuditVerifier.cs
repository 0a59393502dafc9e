using Zhida.Ledger.Storage;

namespace Zhida.Casework.Proof;

/// <summary>
/// Walks the whole chain and says what is wrong with it. Reads one state of the database, page by page: the memory it
/// takes doesn't grow with the chain, and a sealer that works meanwhile raises no false alarm.
/// </summary>
public sealed class AuditVerifier
{
    /// <summary>Faults that a report lists; the others are only counted.</summary>
    public const int MostListed = 1000;

    private readonly UnitOfWork _work;
    private readonly FaultList _faults = new(MostListed);
    private readonly CheckpointCheck _checkpoints;

    private AuditVerifier(UnitOfWork work, CheckpointCheck checkpoints) => (_work, _checkpoints) = (work, checkpoints);

    /// <param name="exported">What <see cref="Checkpoints.Read"/> gave; the stored ones are compared too.</param>
    /// <param name="key">Null: signatures are not checked, and checkpoints prove nothing.</param>
    public static Task<AuditReport> VerifyAsync(
        Database database, IReadOnlyList<(string Place, Checkpoint? Checkpoint)>? exported = null,
        AuditPublicKey? key = null) =>
        database.ReadAsync(work => new AuditVerifier(work, new CheckpointCheck(exported ?? [], key)).RunAsync());

    private async Task<AuditReport> RunAsync()
    {
        var head = await ChainHead.FindAsync(_work);
        if (head is null) _faults.Add(FaultKind.Cut, null, null, null, "没有链头（audit_head）");
        await _checkpoints.BeginAsync(_work, head?.Database, _faults);
        var walk = new ChainWalk(_work, _faults, head is null ? null : AuditHead.Genesis(head.Database));
        await walk.RunAsync(_checkpoints.Compare);
        CompareHead(head, walk);
        _checkpoints.End(walk.Position);
        var tail = new UnsealedRows(_work, _faults);
        await tail.RunAsync();
        return new AuditReport
        {
            Database = head?.Database, Seals = walk.Count, Hash = AuditSeal.Hex(walk.Hash), Faults = _faults.Kept,
            FaultCount = _faults.Count, Unsealed = tail.Count, OldestUnsealed = tail.Oldest,
            Checkpoints = _checkpoints.Count, ProvedUpTo = _checkpoints.ProvedUpTo,
        };
    }

    private void CompareHead(AuditHead? head, ChainWalk walk)
    {
        if (head is null) return;
        if (walk.Position < head.Position)
            _faults.Add(FaultKind.Cut, walk.Position, null, null, $"链头记到第{head.Position}号，封记只到第{walk.Position}号");
        else if (walk.Position > head.Position)
            _faults.Add(FaultKind.BrokenLink, head.Position, null, null,
                $"链头记到第{head.Position}号，封记却到第{walk.Position}号");
        else if (walk.Position > 0 && !head.Hash.AsSpan().SequenceEqual(walk.Hash))
            _faults.Add(FaultKind.BrokenLink, head.Position, null, null, "链头的散列值与最后一号封记不同");
    }
}
