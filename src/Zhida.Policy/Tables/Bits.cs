using System.Numerics;

namespace Zhida.Policy.Tables;

/// <summary>Sets of rows as words of 64 bits: row i is bit i % 64 of word i / 64. Bits beyond the last row are zero.
/// </summary>
public static class Bits
{
    public static int Words(int rows) => (rows + 63) >> 6;

    public static ulong[] All(int rows)
    {
        var bits = new ulong[Words(rows)];
        Fill(bits, rows);
        return bits;
    }

    /// <summary>Sets the first <paramref name="rows"/> bits, clears the rest.</summary>
    public static void Fill(Span<ulong> bits, int rows)
    {
        bits.Clear();
        bits[..(rows >> 6)].Fill(ulong.MaxValue);
        if ((rows & 63) != 0) bits[rows >> 6] = (1UL << (rows & 63)) - 1;
    }

    public static bool Get(ReadOnlySpan<ulong> bits, int row) => (bits[row >> 6] >> (row & 63) & 1) != 0;

    public static void Set(Span<ulong> bits, int row) => bits[row >> 6] |= 1UL << (row & 63);

    public static void Clear(Span<ulong> bits, int row) => bits[row >> 6] &= ~(1UL << (row & 63));

    public static int Count(ReadOnlySpan<ulong> bits)
    {
        var count = 0;
        foreach (var word in bits) count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>Writes the rows that are set, ascending, and returns how many there are.</summary>
    public static int Rows(ReadOnlySpan<ulong> bits, Span<int> rows)
    {
        var n = 0;
        for (var w = 0; w < bits.Length; w++)
            for (var word = bits[w]; word != 0; word &= word - 1)
                rows[n++] = (w << 6) + BitOperations.TrailingZeroCount(word);
        return n;
    }
}
