using Zhida.Policy.Plans;

namespace Zhida.Policy.Columns;

/// <summary>Rows of a domain for which nodes are evaluated: all of them, or a selection, with what has been evaluated
/// so far. Positions count from 0 to <see cref="Count"/>; bits and values stand by position.</summary>
internal sealed class Rows
{
    private readonly Dictionary<Node, Vec> _values = new(ReferenceEqualityComparer.Instance);

    public Rows(Domain domain, int count, int[]? index, Arena arena) =>
        (Domain, Count, Index, Arena) = (domain, count, index, arena);

    public Domain Domain { get; }

    public int Count { get; }

    /// <summary>The row of each position; null: all rows in their order, or pairs.</summary>
    public int[]? Index { get; }

    /// <summary>Where their values live: as long as the rows do.</summary>
    public Arena Arena { get; }

    /// <summary>For pairs: the rows they come from, the position among them of each pair, the children, and where each
    /// outer position's pairs begin (one more entry at the end).</summary>
    public (Rows Outer, int[] At, Rows Children, int[] First)? Pair { get; init; }

    public int Words => Tables.Bits.Words(Count);

    public bool TryGet(Node node, out Vec vec) => _values.TryGetValue(node, out vec!);

    public Vec Keep(Node node, Vec vec) => _values[node] = vec;

    /// <summary>Where hops lead that have been followed.</summary>
    public Dictionary<Hop, Landing> Landings => field ??= new(ReferenceEqualityComparer.Instance);

    /// <summary>The pairs that have been made of these rows.</summary>
    public Dictionary<PairDomain, Rows> Pairs => field ??= new(ReferenceEqualityComparer.Instance);
}

/// <summary>Where a hop leads.</summary>
/// <param name="Rows">The rows it leads to; null: nowhere, for every position.</param>
/// <param name="At">The position among these of each position; null: the same.</param>
/// <param name="Known">Bits of the positions for which it leads somewhere; null: all.</param>
internal sealed record Landing(Rows? Rows, int[]? At, ulong[]? Known);
