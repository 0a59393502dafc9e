using System.Numerics.Tensors;

namespace Zhida.Policy.Columns;

/// <summary>The values of a node over some rows. Where a bit of <see cref="Known"/> is not set the value is
/// anything.</summary>
/// <param name="known">Bits; null: every row is known.</param>
internal abstract class Vec(ulong[]? known)
{
    public ulong[]? Known { get; } = known;
}

/// <summary>Truths as bits. Those of unknown rows, and those beyond the last, are not set.</summary>
/// <param name="everywhere">Whether it is known to hold in every row.</param>
internal sealed class BoolVec(ulong[] holds, ulong[]? known, bool everywhere = false) : Vec(known)
{
    public ulong[] Holds { get; } = holds;

    public bool Everywhere { get; } = everywhere;
}

/// <summary>Integers of a node's scale, or days: one for all rows, or in one of three widths.</summary>
internal sealed class NumberVec : Vec
{
    private readonly NumberVec? _among;
    private (Int128 Low, Int128 High)? _bounds;

    public NumberVec(Int128 constant) : base(null) => (Constant, _bounds) = (constant, (constant, constant));

    public NumberVec(int[] values, int count, ulong[]? known) : base(known) => (Ints, Count) = (values, count);

    /// <param name="bounds">What bounds the values, where it is known already.</param>
    /// <param name="among">Values among which these are.</param>
    public NumberVec(
        long[] values, int count, ulong[]? known, (Int128, Int128)? bounds = null, NumberVec? among = null)
        : base(known) =>
        (Longs, Count, _bounds, _among) = (values, count, bounds, among);

    public NumberVec(Int128[] values, int count, ulong[]? known) : base(known) => (Wides, Count) = (values, count);

    public Int128? Constant { get; }

    public int Count { get; }

    public int[]? Ints { get; }

    public long[]? Longs { get; private set; }

    public Int128[]? Wides { get; }

    public Int128 this[int row] =>
        Longs is { } longs ? longs[row] : Ints is { } ints ? ints[row] : Wides is { } wides ? wides[row]
        : Constant!.Value;

    /// <summary>What bounds the values, those of unknown rows included.</summary>
    public (Int128 Low, Int128 High) Bounds => _bounds ??= _among?.Bounds ?? Measure();

    /// <summary>Whether every value fits 64 bits.</summary>
    public bool IsNarrow => Wides is null && (Constant is not { } c || c >= long.MinValue && c <= long.MaxValue);

    /// <summary>The values in 64 bits; not for a constant.</summary>
    public ReadOnlySpan<long> Narrow(Arena arena)
    {
        if (Longs is null)
        {
            Longs = arena.Longs(Count);
            for (var i = 0; i < Count; i++) Longs[i] = Ints![i];
        }
        return Longs.AsSpan(0, Count);
    }

    /// <summary>The array, where it was made for this node and rows alone: its one user may write over it.</summary>
    public long[]? Own { get; init; }

    /// <summary>The same values with other bits for known; nobody's own.</summary>
    public NumberVec With(ulong[]? known) =>
        Longs is not null ? new NumberVec(Longs, Count, known, _bounds, _among)
        : Ints is not null ? new NumberVec(Ints, Count, known)
        : new NumberVec(Wides!, Count, known);

    /// <summary>The least and the greatest value there is.</summary>
    public (Int128 Low, Int128 High) Measure()
    {
        if (Constant is { } constant) return (constant, constant);
        if (Count == 0) return (0, 0);
        if (Wides is null)
        {
            ReadOnlySpan<long> longs = Longs.AsSpan(0, Longs is null ? 0 : Count);
            ReadOnlySpan<int> ints = Ints.AsSpan(0, Longs is null ? Count : 0);
            return Longs is null ? (TensorPrimitives.Min(ints), TensorPrimitives.Max(ints))
                : (TensorPrimitives.Min(longs), TensorPrimitives.Max(longs));
        }
        var (low, high) = (Wides[0], Wides[0]);
        foreach (var value in Wides.AsSpan(0, Count))
            if (value < low) low = value;
            else if (value > high) high = value;
        return (low, high);
    }
}

/// <summary>Texts as codes of a space of texts, in one of three widths.</summary>
internal sealed class TextVec : Vec
{
    public TextVec(TextSpace space, byte[] codes, ulong[]? known) : base(known) => (Space, Bytes) = (space, codes);

    public TextVec(TextSpace space, ushort[] codes, ulong[]? known) : base(known) => (Space, Shorts) = (space, codes);

    public TextVec(TextSpace space, int[] codes, ulong[]? known) : base(known) => (Space, Ints) = (space, codes);

    /// <summary>One text for all rows, by its code.</summary>
    public TextVec(TextSpace space, int one) : base(null) => (Space, _one) = (space, one);

    private readonly int _one;

    public TextSpace Space { get; }

    public byte[]? Bytes { get; }

    public ushort[]? Shorts { get; }

    public int[]? Ints { get; }

    /// <summary>The code of a row.</summary>
    public int this[int row] =>
        Ints is { } ints ? ints[row] : Shorts is { } shorts ? shorts[row] : Bytes is { } bytes ? bytes[row] : _one;

    public string Text(int row) => Space[this[row]];

    /// <summary>The same codes in another space.</summary>
    public TextVec In(TextSpace space) => Ints is not null ? new TextVec(space, Ints, Known)
        : Shorts is not null ? new TextVec(space, Shorts, Known)
        : Bytes is not null ? new TextVec(space, Bytes, Known) : new TextVec(space, _one);
}
