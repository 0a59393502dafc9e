using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>The rows of a chunk by domain, and how they lead to one another.</summary>
internal sealed class ChunkRows(Arena arena)
{
    private readonly Dictionary<Domain, Rows> _whole = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<LineDomain, LineCut> _cuts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(ObjectTable, int), (int[] First, int[] Children)> _lists = [];

    public Chunk Chunk { get; private set; } = null!;

    public Arena Arena { get; } = arena;

    public void Begin(Chunk chunk)
    {
        Chunk = chunk;
        Arena.Reset();
        _whole.Clear();
        _lists.Clear();
    }

    public ObjectTable? Table(Domain domain) => Chunk.Tables.GetValueOrDefault(domain.Object);

    /// <summary>All rows of a domain; those of lines that are cut after <see cref="LineCut.Cut"/>.</summary>
    public Rows Whole(Domain domain)
    {
        if (_whole.TryGetValue(domain, out var rows)) return rows;
        rows = domain switch
        {
            PairDomain pairs => Pairs(pairs, Whole(pairs.Outer)),
            LineDomain { Cuts: true } lines => new Rows(domain, CutOf(lines).Count, null, Arena),
            _ => new Rows(domain, Table(domain)?.Count ?? 0, null, Arena),
        };
        return _whole[domain] = rows;
    }

    public bool IsWhole(Rows rows) => _whole.TryGetValue(rows.Domain, out var whole) && ReferenceEquals(whole, rows);

    public LineCut CutOf(LineDomain lines) =>
        _cuts.TryGetValue(lines, out var cut) ? cut : _cuts[lines] = new LineCut(lines);

    /// <summary>Where a hop leads from rows.</summary>
    public Landing Land(Rows rows, Hop hop)
    {
        if (rows.Landings.TryGetValue(hop, out var landing)) return landing;
        return rows.Landings[hop] = hop.Kind switch
        {
            HopKind.Outer => new Landing(rows.Pair!.Value.Outer, rows.Pair.Value.At, null),
            HopKind.Child => new Landing(rows.Pair!.Value.Children, null, null),
            HopKind.Object when hop.From is LineDomain { Cuts: false } => new Landing(
                rows.Index is null ? Whole(hop.To) : new Rows(hop.To, rows.Count, rows.Index, rows.Arena), null, null),
            HopKind.Object => To(rows, hop, CutOf((LineDomain)hop.From).Object),
            HopKind.Subject => To(rows, hop, Table(hop.From)!.Subject),
            _ => ByReference(rows, hop),
        };
    }

    private static Landing To(Rows rows, Hop hop, int[] to)
    {
        var index = to;
        if (rows.Index is { } from)
        {
            index = rows.Arena.Ints(rows.Count);
            for (var i = 0; i < rows.Count; i++) index[i] = to[from[i]];
        }
        return new Landing(new Rows(hop.To, rows.Count, index, rows.Arena), null, null);
    }

    private Landing ByReference(Rows rows, Hop hop)
    {
        if (Table(hop.To) is not { Count: > 0 }) return new Landing(null, null, null);
        var to = Table(hop.From)!.References[hop.Reference];
        var (index, known) = (rows.Arena.Ints(rows.Count), rows.Arena.Bits(rows.Count));
        known.AsSpan(0, rows.Words).Clear();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = to[rows.Index is { } from ? from[i] : i];
            if (row >= 0) Bits.Set(known, i);
            index[i] = Math.Max(row, 0);
        }
        return new Landing(new Rows(hop.To, rows.Count, index, rows.Arena), null, known);
    }

    /// <summary>The row to which a path leads from each position; −1: nowhere.</summary>
    public int[] Follow(Rows rows, IReadOnlyList<Hop> path)
    {
        var to = rows.Arena.Ints(rows.Count);
        for (var i = 0; i < rows.Count; i++) to[i] = rows.Index is { } index ? index[i] : i;
        var pairs = rows;
        foreach (var hop in path)
        {
            var next = hop.Kind switch
            {
                HopKind.Object when hop.From is LineDomain { Cuts: false } => null,
                HopKind.Object => CutOf((LineDomain)hop.From).Object,
                HopKind.Subject => Table(hop.From)!.Subject,
                HopKind.Reference => Table(hop.From)!.References[hop.Reference],
                HopKind.Outer => pairs.Pair!.Value.At,
                _ => pairs.Pair!.Value.Children.Index,
            };
            if (next is null) continue;
            for (var i = 0; i < rows.Count; i++)
                if (to[i] >= 0) to[i] = next[to[i]];
            if (hop.Kind != HopKind.Outer) continue;
            // From a position among the outer rows to the row that stands there.
            pairs = pairs.Pair!.Value.Outer;
            if (pairs.Index is { } outer)
                for (var i = 0; i < rows.Count; i++) to[i] = outer[to[i]];
        }
        return to;
    }

    /// <summary>The pairs of some outer rows and their children.</summary>
    public Rows Pairs(PairDomain domain, Rows outer)
    {
        if (outer.Pairs.TryGetValue(domain, out var pairs)) return pairs;
        var owners = Follow(outer, domain.Path);
        var (first, children) = ListsOf(domain);
        var starts = outer.Arena.Ints(outer.Count + 1);
        var count = 0;
        for (var i = 0; i < outer.Count; i++)
        {
            starts[i] = count;
            if (owners[i] >= 0 && first.Length > 0) count += first[owners[i] + 1] - first[owners[i]];
        }
        starts[outer.Count] = count;
        var (at, index) = (outer.Arena.Ints(count), outer.Arena.Ints(count));
        for (var i = 0; i < outer.Count; i++)
            for (var n = starts[i]; n < starts[i + 1]; n++)
                (at[n], index[n]) = (i, children[first[owners[i]] + n - starts[i]]);
        return outer.Pairs[domain] = new Rows(domain, count, null, outer.Arena)
        {
            Pair = (outer, at, new Rows(domain.Children, count, index, outer.Arena), starts),
        };
    }

    /// <summary>The children of each owner: where they begin, and which they are; virtual ones are none.</summary>
    private (int[] First, int[] Children) ListsOf(PairDomain domain)
    {
        if (Table(domain.Children) is not { } table) return ([], []);
        var key = (table, domain.Reference);
        if (_lists.TryGetValue(key, out var lists)) return lists;
        var owners = domain.Reference < 0 ? table.Subject : table.References[domain.Reference];
        var count = domain.Reference < 0 ? Chunk.Subjects.Count
            : Chunk.Tables.GetValueOrDefault(domain.Children.Object.References[domain.Reference].Target)?.Count ?? 0;
        var (first, children) = (Arena.Ints(count + 1), Arena.Ints(table.Count));
        Array.Clear(first);
        for (var row = 0; row < table.Count; row++)
            if (owners[row] >= 0 && !Bits.Get(table.Virtual, row)) first[owners[row] + 1]++;
        for (var i = 0; i < count; i++) first[i + 1] += first[i];
        var next = Arena.Ints(count);
        first.AsSpan(0, count).CopyTo(next);
        for (var row = 0; row < table.Count; row++)
            if (owners[row] >= 0 && !Bits.Get(table.Virtual, row)) children[next[owners[row]]++] = row;
        return _lists[key] = (first, children);
    }
}
