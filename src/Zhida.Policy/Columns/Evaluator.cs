using Zhida.Policy.Plans;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>
/// Evaluates nodes over rows of a chunk: over all rows of their domain, once a chunk, where that is cheap or several
/// items share it, else over the selection that an item still needs. Used by one thread.
/// </summary>
internal sealed partial class Evaluator
{
    private readonly NodeFacts _facts;
    private readonly NodeEvaluator _cells;
    private readonly BitKernels _bits;
    private readonly Dictionary<Pool, PoolSpace> _spaces = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(TextSpace, TextSpace), JoinedSpace> _joined = [];
    private readonly Dictionary<(TextSpace, Node), MappedSpace> _mapped = [];
    private readonly PoolSpace _literals = new(new Pool(), true);

    public Evaluator(NodeFacts facts, ReferenceTables tables, VectorWidth width)
    {
        (_facts, _cells, _bits) = (facts, new NodeEvaluator(tables), new BitKernels(width));
        Chunk = new ChunkRows(new Arena());
    }

    public ChunkRows Chunk { get; }

    /// <summary>Turns to a chunk and cuts its lines.</summary>
    public void Begin(Chunk chunk, IEnumerable<LineDomain> lines)
    {
        Chunk.Begin(chunk);
        foreach (var domain in lines)
            if (domain.Cuts)
            {
                var objects = Chunk.Whole(domain.Objects);
                Chunk.CutOf(domain).Cut(objects.Count, Number(domain.First, objects), Number(domain.Last, objects));
            }
    }

    public BoolVec Bool(Node node, Rows rows) => (BoolVec)Eval(node, rows);

    public NumberVec Number(Node node, Rows rows) => (NumberVec)Eval(node, rows);

    public TextVec Text(Node node, Rows rows) => (TextVec)Eval(node, rows);

    /// <summary>Whether a node is better evaluated over all rows of its domain than over so many of them.</summary>
    public bool PaysWhole(Node node, int rows)
    {
        if (node.Domain is null or PairDomain) return false;
        var whole = Chunk.Whole(node.Domain);
        if (node.Children.Count == 0 || whole.TryGet(node, out _)) return true;
        var info = _facts[node];
        // Picking rows out, and putting the result back, costs a few nanoseconds a row.
        return (long)whole.Count * info.Cost / info.Items <= (long)rows * (info.Cost + 300);
    }

    private Vec Eval(Node node, Rows rows)
    {
        if (rows.TryGet(node, out var vec)) return vec;
        if (node.Op == Op.Unknown) vec = Unknown(node, rows);
        else if (node.Op == Op.Constant) vec = Constant(node, rows);
        else if (rows.Index is { } index && PaysWhole(node, rows.Count))
            vec = Pick(Eval(node, Chunk.Whole(node.Domain!)), index, rows, null);
        else vec = Compute(node, rows);
        return rows.Keep(node, vec);
    }

    private Vec Compute(Node node, Rows rows)
    {
        switch (node.Op)
        {
            case Op.Fact: return Fact(node, (Fact)node.Payload!, rows);
            case Op.Lift: return Lift(node, (Hop)node.Payload!, rows);
            case Op.LineYear: return LineYear((LineDomain)node.Domain!, rows);
            case Op.LineFirst: return Chunk.CutOf((LineDomain)node.Domain!).First;
            case Op.LineLast: return Chunk.CutOf((LineDomain)node.Domain!).Last;
            case Op.ListKnown: return ListKnown((ObjectDomain)node.Domain!, (ChildList)node.Payload!, rows);
            case Op.ReferenceKnown: return ReferenceKnown((int)node.Payload!, rows);
            case Op.Sum or Op.Least or Op.Most or Op.Count or Op.Some or Op.Every: return OverPairs(node, rows);
        }
        if (_facts[node].Leaf is { } leaf && !ReferenceEquals(leaf, node) &&
            Eval(leaf, rows) is TextVec { Space.IsLasting: true } text &&
            ByTable(node, leaf, text, rows) is { } found) return found;
        return node.Type switch
        {
            NodeType.Bool => Truth(node, rows),
            NodeType.Text => MakeText(node, rows),
            _ => Arithmetic(node, rows),
        };
    }

    private Vec Lift(Node node, Hop hop, Rows rows)
    {
        var landing = Chunk.Land(rows, hop);
        if (landing.Rows is null) return Unknown(node, rows);
        var vec = Eval(node.Children[0], landing.Rows);
        if (landing is not { At: null, Known: null }) return Pick(vec, landing.At, rows, landing.Known);
        return vec is NumberVec { Own: not null } number ? number.With(number.Known) : vec;
    }

    /// <summary>The values at positions of other rows.</summary>
    /// <param name="at">Null: at the same positions.</param>
    /// <param name="known">Where there is such a position; null: everywhere.</param>
    private static Vec Pick(Vec vec, int[]? at, Rows rows, ulong[]? known)
    {
        if (vec is BoolVec { Everywhere: true } && known is null) return Is(rows, null, null, false);
        var count = rows.Count;
        var both = Both(vec.Known is null || at is null ? vec.Known : PickBits(vec.Known, at, rows), known, rows);
        switch (vec)
        {
            case BoolVec truth:
                var holds = at is null ? truth.Holds : PickBits(truth.Holds, at, rows);
                return new BoolVec(known is null ? holds : And(holds, known, rows), both);
            case NumberVec number:
                if (at is null) return number.Constant is null ? number.With(both) : Spread(number, rows, both);
                if (number.Constant is not null) return known is null ? number : Spread(number, rows, both);
                if (number.Wides is { } wides)
                {
                    var picked = rows.Arena.Wides(count);
                    for (var i = 0; i < count; i++) picked[i] = wides[at[i]];
                    return new NumberVec(picked, count, both);
                }
                var longs = rows.Arena.Longs(count);
                if (number.Longs is { } from) PickLongs(from, at.AsSpan(0, count), longs);
                else for (var i = 0; i < count; i++) longs[i] = number.Ints![at[i]];
                return new NumberVec(longs, count, both, null, number) { Own = longs };
            default:
                var text = (TextVec)vec;
                var codes = rows.Arena.Ints(count);
                for (var i = 0; i < count; i++) codes[i] = text[at is null ? i : at[i]];
                return new TextVec(text.Space, codes, both);
        }
    }

    private static void PickLongs(long[] from, ReadOnlySpan<int> at, long[] to)
    {
        for (var i = 0; i < at.Length; i++) to[i] = from[at[i]];
    }

    private static NumberVec Spread(NumberVec constant, Rows rows, ulong[]? known)
    {
        if (!constant.IsNarrow)
        {
            var wides = rows.Arena.Wides(rows.Count);
            wides.AsSpan(0, rows.Count).Fill(constant.Constant!.Value);
            return new NumberVec(wides, rows.Count, known);
        }
        var longs = rows.Arena.Longs(rows.Count);
        longs.AsSpan(0, rows.Count).Fill((long)constant.Constant!.Value);
        return new NumberVec(longs, rows.Count, known);
    }

    private static ulong[] PickBits(ulong[] bits, int[] at, Rows rows)
    {
        var picked = rows.Arena.Bits(rows.Count);
        for (var word = 0; word < rows.Words; word++)
        {
            ulong set = 0;
            var some = at.AsSpan(word << 6, Math.Min(64, rows.Count - (word << 6)));
            for (var i = 0; i < some.Length; i++) set |= (bits[some[i] >> 6] >> (some[i] & 63) & 1) << i;
            picked[word] = set;
        }
        return picked;
    }

    private static ulong[] And(ulong[] a, ulong[] b, Rows rows)
    {
        var both = rows.Arena.Bits(rows.Count);
        for (var i = 0; i < rows.Words; i++) both[i] = a[i] & b[i];
        return both;
    }

    /// <summary>Where both are known.</summary>
    private static ulong[]? Both(ulong[]? a, ulong[]? b, Rows rows) =>
        a is null ? b : b is null || ReferenceEquals(a, b) ? a : And(a, b, rows);

    private Vec Unknown(Node node, Rows rows)
    {
        var none = rows.Arena.Bits(rows.Count);
        none.AsSpan(0, rows.Words).Clear();
        switch (node.Type)
        {
            case NodeType.Bool: return new BoolVec(none, none);
            case NodeType.Text:
                var codes = rows.Arena.Ints(rows.Count);
                codes.AsSpan(0, rows.Count).Clear();
                return new TextVec(_literals, codes, none);
            default:
                var zeros = rows.Arena.Longs(rows.Count);
                zeros.AsSpan(0, rows.Count).Clear();
                return new NumberVec(zeros, rows.Count, none);
        }
    }

    private Vec Constant(Node node, Rows rows)
    {
        switch (node.Constant)
        {
            case bool truth:
                var bits = rows.Arena.Bits(rows.Count);
                Bits.Fill(bits.AsSpan(0, rows.Words), truth ? rows.Count : 0);
                return new BoolVec(bits, null);
            case string text:
                return new TextVec(_literals, _literals.Pool.Add(text));
            default: return new NumberVec(NodeEvaluator.Constant(node).Number);
        }
    }

    /// <summary>The cell of a position, for what is done row by row.</summary>
    private static Cell CellOf(Vec vec, int at)
    {
        if (vec.Known is { } known && !Bits.Get(known, at)) return Cell.Unknown;
        return vec switch
        {
            BoolVec truth => Cell.Of(Bits.Get(truth.Holds, at)),
            NumberVec number => Cell.Of(number[at]),
            _ => Cell.Of(((TextVec)vec).Text(at)),
        };
    }
}
