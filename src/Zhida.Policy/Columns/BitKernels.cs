using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>Comparisons of columns as bits, 64 rows a word, in the widest vectors the machine has or the tests allow.
/// </summary>
internal sealed class BitKernels(VectorWidth width)
{
    public VectorWidth Width { get; } = width;

    /// <summary>Sets the bits of the values from <paramref name="low"/> on that are at most <paramref name="span"/>
    /// greater: by one subtraction and one comparison without signs. Signed values are handed over as their
    /// unsigned bits.</summary>
    public void InRange<T>(ReadOnlySpan<T> values, T low, T span, Span<ulong> bits)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var word = 0;
        if (Width >= VectorWidth.Bits512 && Vector512.IsHardwareAccelerated)
        {
            var (lows, spans) = (Vector512.Create(low), Vector512.Create(span));
            for (; (word + 1) << 6 <= values.Length; word++)
            {
                ref var at = ref Unsafe.Add(ref first, word << 6);
                ulong set = 0;
                for (var k = 0; k < 64; k += Vector512<T>.Count)
                    set |= Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref at, (nuint)k) - lows, spans)
                        .ExtractMostSignificantBits() << k;
                bits[word] = set;
            }
        }
        else if (Width >= VectorWidth.Bits256 && Vector256.IsHardwareAccelerated)
        {
            var (lows, spans) = (Vector256.Create(low), Vector256.Create(span));
            for (; (word + 1) << 6 <= values.Length; word++)
            {
                ref var at = ref Unsafe.Add(ref first, word << 6);
                ulong set = 0;
                for (var k = 0; k < 64; k += Vector256<T>.Count)
                    set |= (ulong)Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref at, (nuint)k) - lows, spans)
                        .ExtractMostSignificantBits() << k;
                bits[word] = set;
            }
        }
        for (; word < Bits.Words(values.Length); word++)
        {
            ulong set = 0;
            for (var row = word << 6; row < Math.Min((word + 1) << 6, values.Length); row++)
                if (unchecked(Unsafe.Add(ref first, row) - low) <= span) set |= 1UL << (row & 63);
            bits[word] = set;
        }
    }

    /// <summary>Sets the bits of the rows in which the first value is less than the second, less or equal, or equal.
    /// </summary>
    public void Compare<TOrder>(ReadOnlySpan<long> a, ReadOnlySpan<long> b, Span<ulong> bits) where TOrder : IOrder
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var word = 0;
        if (Width >= VectorWidth.Bits512 && Vector512.IsHardwareAccelerated)
            for (; (word + 1) << 6 <= a.Length; word++)
            {
                ulong set = 0;
                for (var k = 0; k < 64; k += Vector512<long>.Count)
                    set |= TOrder.Holds(Vector512.LoadUnsafe(ref left, (nuint)((word << 6) + k)),
                        Vector512.LoadUnsafe(ref right, (nuint)((word << 6) + k))).ExtractMostSignificantBits() << k;
                bits[word] = set;
            }
        else if (Width >= VectorWidth.Bits256 && Vector256.IsHardwareAccelerated)
            for (; (word + 1) << 6 <= a.Length; word++)
            {
                ulong set = 0;
                for (var k = 0; k < 64; k += Vector256<long>.Count)
                    set |= (ulong)TOrder.Holds(Vector256.LoadUnsafe(ref left, (nuint)((word << 6) + k)),
                        Vector256.LoadUnsafe(ref right, (nuint)((word << 6) + k))).ExtractMostSignificantBits() << k;
                bits[word] = set;
            }
        for (; word < Bits.Words(a.Length); word++)
        {
            ulong set = 0;
            for (var row = word << 6; row < Math.Min((word + 1) << 6, a.Length); row++)
                if (TOrder.Holds(a[row], b[row])) set |= 1UL << (row & 63);
            bits[word] = set;
        }
    }
}

/// <summary>An order of two numbers.</summary>
internal interface IOrder
{
    static abstract bool Holds(Int128 a, Int128 b);

    static abstract Vector512<long> Holds(Vector512<long> a, Vector512<long> b);

    static abstract Vector256<long> Holds(Vector256<long> a, Vector256<long> b);
}

/// <summary>&lt;</summary>
internal readonly struct IsLess : IOrder
{
    public static bool Holds(Int128 a, Int128 b) => a < b;

    public static Vector512<long> Holds(Vector512<long> a, Vector512<long> b) => Vector512.LessThan(a, b);

    public static Vector256<long> Holds(Vector256<long> a, Vector256<long> b) => Vector256.LessThan(a, b);
}

/// <summary>≤</summary>
internal readonly struct IsLessOrEqual : IOrder
{
    public static bool Holds(Int128 a, Int128 b) => a <= b;

    public static Vector512<long> Holds(Vector512<long> a, Vector512<long> b) => Vector512.LessThanOrEqual(a, b);

    public static Vector256<long> Holds(Vector256<long> a, Vector256<long> b) => Vector256.LessThanOrEqual(a, b);
}

/// <summary>=</summary>
internal readonly struct IsEqual : IOrder
{
    public static bool Holds(Int128 a, Int128 b) => a == b;

    public static Vector512<long> Holds(Vector512<long> a, Vector512<long> b) => Vector512.Equals(a, b);

    public static Vector256<long> Holds(Vector256<long> a, Vector256<long> b) => Vector256.Equals(a, b);
}
