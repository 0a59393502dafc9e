using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>What the codes of a column of texts mean. Texts are only added. Spaces that live as long as the run carry
/// the look-up tables of the nodes that hang on such a column alone.</summary>
internal abstract class TextSpace
{
    private readonly Dictionary<Node, LookUp> _tables = new(ReferenceEqualityComparer.Instance);

    /// <summary>One more than the highest code.</summary>
    public abstract int Count { get; }

    public abstract string this[int code] { get; }

    /// <summary>Grows with what is added.</summary>
    public virtual int Version => Count;

    /// <summary>Whether tables over it pay: it outlives the chunk and is not too large.</summary>
    public virtual bool IsLasting => true;

    /// <summary>Whether a code below <see cref="Count"/> stands for a text.</summary>
    public virtual bool Has(int code) => true;

    /// <summary>The values of a node over this space, where it hangs on <paramref name="leaf"/> alone.</summary>
    public LookUp TableOf(Node node, Node leaf, NodeEvaluator evaluator)
    {
        if (!_tables.TryGetValue(node, out var table)) _tables[node] = table = new LookUp(node, leaf);
        table.Fill(this, evaluator);
        return table;
    }
}

/// <summary>The codes of a pool.</summary>
/// <param name="lasting">Whether the pool outlives the chunk.</param>
internal sealed class PoolSpace(Pool pool, bool lasting) : TextSpace
{
    public Pool Pool { get; } = pool;

    public override int Count => Pool.Count;

    public override string this[int code] => Pool[code];

    public override bool IsLasting => lasting;

    public override bool Has(int code) => code > 0;
}

/// <summary>Texts made row by row.</summary>
internal sealed class MadeTexts(string[] texts, int count) : TextSpace
{
    public override int Count => count;

    public override string this[int code] => texts[code];

    public override bool IsLasting => false;
}

/// <summary>Each text of another space through an operation on it alone, by the same codes.</summary>
internal sealed class MappedSpace(TextSpace source, Node node, Node leaf, NodeEvaluator evaluator) : TextSpace
{
    private readonly List<string> _texts = [];

    public override int Count => source.Count;

    public override bool Has(int code) => source.Has(code);

    public override string this[int code]
    {
        get
        {
            while (_texts.Count <= code)
                _texts.Add(source.Has(_texts.Count)
                    ? evaluator.Over(node, leaf, Cell.Of(source[_texts.Count])).Text ?? "" : "");
            return _texts[code];
        }
    }
}

/// <summary>Texts of two spaces: even codes are twice those of the first, odd ones of the second, so that both may
/// grow.
/// </summary>
internal sealed class JoinedSpace(TextSpace even, TextSpace odd) : TextSpace
{
    /// <summary>Spaces with more codes are not joined: joins of joins double them.</summary>
    public const int MostCodes = 1 << 28;

    private const int Most = 1 << 16;

    public override int Count => 2 * Math.Max(even.Count, odd.Count);

    public override int Version => even.Version + odd.Version;

    public override string this[int code] => (code & 1) == 0 ? even[code >> 1] : odd[code >> 1];

    public override bool IsLasting => even.IsLasting && odd.IsLasting && Count <= Most;

    public override bool Has(int code)
    {
        var of = (code & 1) == 0 ? even : odd;
        return code >> 1 < of.Count && of.Has(code >> 1);
    }
}

/// <summary>The values of a node for each code of a space, evaluated once.</summary>
internal sealed class LookUp(Node node, Node leaf)
{
    private Cell? _whenUnknown;
    private int _filled, _version = -1;

    /// <summary>The codes for which it holds.</summary>
    public CodeSet Holds { get; } = new();

    /// <summary>The codes for which it is known.</summary>
    public CodeSet Known { get; } = new();

    public long[] Numbers { get; private set; } = [];

    /// <summary>Whether every text gives a value; code 0 counts only where it is a text.</summary>
    public bool AllKnown { get; private set; } = true;

    /// <summary>Some value doesn't fit 64 bits: no table.</summary>
    public bool IsTooWide { get; private set; }

    /// <summary>The value where the text is unknown.</summary>
    public Cell WhenUnknown => _whenUnknown!.Value;

    public void Fill(TextSpace space, NodeEvaluator evaluator)
    {
        _whenUnknown ??= evaluator.Over(node, leaf, Cell.Unknown);
        var (count, version) = (space.Count, space.Version);
        if (_version == version) return;
        Known.Grow(count);
        Holds.Grow(count);
        if (node.Type != NodeType.Bool && Numbers.Length < count)
            Numbers = [.. Numbers, .. new long[count * 2 - Numbers.Length]];
        if (node.Op == Op.InSet && ReferenceEquals(node.Children[0], leaf) && space is PoolSpace { Pool: var pool })
        {
            // The members are fewer than the texts.
            for (var code = Math.Max(1, _filled); code < count; code++) Known.Add(code);
            foreach (var text in (string[])node.Payload!)
                if (pool.Find(text) is > 0 and var code && code < count) Holds.Add(code);
            (_filled, _version) = (count, version);
            return;
        }
        // A space of two fills its gaps later.
        for (var code = space is JoinedSpace ? 0 : _filled; code < count; code++)
            if (space.Has(code)) Put(code, evaluator.Over(node, leaf, Cell.Of(space[code])));
        (_filled, _version) = (count, version);
    }

    private void Put(int code, in Cell cell)
    {
        AllKnown &= cell.IsKnown;
        if (cell.IsKnown) Known.Add(code);
        if (node.Type == NodeType.Bool)
        {
            if (cell.IsTrue) Holds.Add(code);
        }
        else if (cell.Number < long.MinValue || cell.Number > long.MaxValue) IsTooWide = true;
        else Numbers[code] = (long)cell.Number;
    }
}
