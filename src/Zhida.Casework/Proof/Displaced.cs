namespace Zhida.Casework.Proof;

/// <summary>Seals that don't follow from the one before them: which of them belong to another's position, which are
/// broken for another reason.</summary>
internal sealed class Displaced
{
    /// <summary>Comparing is quadratic; with more of them the chain is beyond telling which went where.</summary>
    private const int MostCompared = 256;

    private readonly List<(AuditSeal Seal, byte[]? Previous)> _broken = [];
    private readonly List<(long Position, string Kind, Guid Row)> _others = [];

    /// <summary>A seal, with the hash stored before it.</summary>
    public void Pass(AuditSeal seal, byte[]? previous, bool follows)
    {
        if (follows) return;
        if (_broken.Count < MostCompared) _broken.Add((seal, previous));
        else _others.Add((seal.Position, seal.Kind, seal.RowId));
    }

    public void Tell(FaultList faults)
    {
        foreach (var (seal, _) in _broken)
            if (HomeOf(seal) is { } home)
                faults.Add(FaultKind.Reordered, seal.Position, seal.Kind, seal.RowId.ToString(),
                    $"封记被调换：原在第{home}号");
            else Break(faults, seal.Position, seal.Kind, seal.RowId);
        foreach (var (position, kind, row) in _others) Break(faults, position, kind, row);
    }

    private static void Break(FaultList faults, long position, string kind, Guid row) =>
        faults.Add(FaultKind.BrokenLink, position, kind, row.ToString(), "封记被改动，或不接前一号：散列值不符");

    /// <summary>The position at which the seal's content fits, with the hash it carries or with the one stored there.
    /// </summary>
    private long? HomeOf(AuditSeal seal)
    {
        foreach (var (other, previous) in _broken)
        {
            if (other.Position == seal.Position) continue;
            // Of neighbours that were exchanged whole, the hash before the second now stands at the second's place.
            foreach (var before in new[] { previous, other.Hash, seal.Hash })
            {
                if (before is null) continue;
                var hash = seal.HashAt(other.Position, before).AsSpan();
                if (hash.SequenceEqual(seal.Hash) || hash.SequenceEqual(other.Hash)) return other.Position;
            }
        }
        return null;
    }
}
