namespace Zhida.Casework.Proof;

/// <summary>What is wrong at a place of the audit chain.</summary>
public enum FaultKind
{
    /// <summary>改动: the row, or the seal, holds something else than what was sealed.</summary>
    Changed,

    /// <summary>删除: a sealed or noted row is gone.</summary>
    Removed,

    /// <summary>插入: a row that was neither noted nor sealed.</summary>
    Inserted,

    /// <summary>调换: a seal that belongs to another position.</summary>
    Reordered,

    /// <summary>缺号: a seal is gone.</summary>
    Gap,

    /// <summary>断链: a seal doesn't follow from the one before it.</summary>
    BrokenLink,

    /// <summary>截尾: the chain ends before where it was known to reach.</summary>
    Cut,

    /// <summary>重造: the chain is another one than a checkpoint has signed.</summary>
    Rebuilt,

    /// <summary>签名不符: a checkpoint that the key didn't sign, or that can't be read.</summary>
    Signature,

    /// <summary>不认识: a kind of rows that this version of the program doesn't know.</summary>
    UnknownKind,
}

/// <summary>A fault: what, and where.</summary>
/// <param name="Position">In the chain, where there is one.</param>
/// <param name="RowKind">transfer, move, ….</param>
/// <param name="Row">The row's id as it is stored.</param>
/// <param name="What">For people.</param>
public sealed record AuditFault(FaultKind Kind, long? Position, string? RowKind, string? Row, string What);

/// <summary>What came of a verification.</summary>
public sealed record AuditReport
{
    public required Guid? Database { get; init; }

    /// <summary>Seals that were walked through.</summary>
    public required long Seals { get; init; }

    /// <summary>The end of the chain, in hex.</summary>
    public required string Hash { get; init; }

    /// <summary>The first ones, up to <see cref="AuditVerifier.MostListed"/>.</summary>
    public required IReadOnlyList<AuditFault> Faults { get; init; }

    /// <summary>All of them.</summary>
    public required long FaultCount { get; init; }

    /// <summary>Rows that are noted and not sealed yet: not proved.</summary>
    public required long Unsealed { get; init; }

    /// <summary>When the oldest of them was written, in UTC ticks; null: there is none.</summary>
    public required long? OldestUnsealed { get; init; }

    /// <summary>Checkpoints that were compared.</summary>
    public required int Checkpoints { get; init; }

    /// <summary>The highest position that a checkpoint with a good signature proves; 0: none.</summary>
    public required long ProvedUpTo { get; init; }

    public bool IsWhole => FaultCount == 0;
}

/// <summary>Collects faults: counts all, keeps the first.</summary>
internal sealed class FaultList(int most)
{
    private readonly List<AuditFault> _kept = [];

    public long Count { get; private set; }

    public IReadOnlyList<AuditFault> Kept => _kept;

    public void Add(FaultKind kind, long? position, string? rowKind, string? row, string what)
    {
        if (Count++ < most) _kept.Add(new AuditFault(kind, position, rowKind, row, what));
    }
}
