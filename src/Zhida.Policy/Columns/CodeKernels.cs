using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>Which rows' codes are in a set.</summary>
internal static class CodeKernels
{
    /// <summary>The most codes of which a set fits four vectors of 512 bits.</summary>
    public const int MostPermuted = 2048;

    /// <param name="codes">Each below <paramref name="count"/>.</param>
    /// <param name="set">With room for so many codes.</param>
    public static void InSet<T>(ReadOnlySpan<T> codes, CodeSet set, int count, Span<ulong> bits, VectorWidth width)
        where T : unmanaged, IBinaryInteger<T>
    {
        var word = 0;
        if (width == VectorWidth.WithBytePermutes && codes.Length >= 64 && count <= MostPermuted)
        {
            if (typeof(T) == typeof(byte)) word = Permuted(MemoryMarshal.Cast<T, byte>(codes), set.Bits, bits);
            else if (typeof(T) == typeof(ushort)) word = Permuted(MemoryMarshal.Cast<T, ushort>(codes), set.Bits, bits);
        }
        ref var first = ref MemoryMarshal.GetArrayDataReference(set.Bytes);
        for (; word < Bits.Words(codes.Length); word++)
        {
            ulong found = 0;
            var some = codes[(word << 6)..Math.Min((word + 1) << 6, codes.Length)];
            for (var i = 0; i < some.Length; i++)
                found |= (ulong)Unsafe.Add(ref first, int.CreateTruncating(some[i])) << i;
            bits[word] = found;
        }
    }

    /// <summary>64 bytes at a time: the byte of the set that has a code's bit by its upper bits, the bit by the lower
    /// three.</summary>
    private static int Permuted(ReadOnlySpan<byte> codes, ReadOnlySpan<byte> set, Span<ulong> bits)
    {
        var table = Vector512.Create(set[..64]);
        var word = 0;
        for (; (word + 1) << 6 <= codes.Length; word++)
        {
            var some = Vector512.Create(codes.Slice(word << 6, 64));
            var bytes = Avx512Vbmi.PermuteVar64x8(table, (some.AsUInt16() >>> 3).AsByte() & Vector512.Create((byte)31));
            bits[word] = Test(bytes, some);
        }
        return word;
    }

    /// <summary>The same with codes of 16 bits, of which eleven count.</summary>
    private static int Permuted(ReadOnlySpan<ushort> codes, ReadOnlySpan<byte> set, Span<ulong> bits)
    {
        var (a, b) = (Vector512.Create(set[..64]), Vector512.Create(set[64..128]));
        var (c, d) = (Vector512.Create(set[128..192]), Vector512.Create(set[192..256]));
        var word = 0;
        for (; (word + 1) << 6 <= codes.Length; word++)
        {
            var low = Vector512.Create(codes.Slice(word << 6, 32));
            var high = Vector512.Create(codes.Slice((word << 6) + 32, 32));
            var upper = Vector512.Narrow(low >>> 3, high >>> 3);
            var lower = Vector512.Narrow(low, high);
            // The seven low bits of an index pick a byte of two vectors, the eighth which two.
            var bytes = Vector512.ConditionalSelect(
                Vector512.LessThan(upper.AsSByte(), Vector512<sbyte>.Zero).AsByte(),
                Avx512Vbmi.PermuteVar64x8x2(c, upper, d), Avx512Vbmi.PermuteVar64x8x2(a, upper, b));
            bits[word] = Test(bytes, lower);
        }
        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Test(Vector512<byte> bytes, Vector512<byte> codes)
    {
        var bit = Avx512BW.Shuffle(Vector512.Create(0x8040201008040201UL).AsByte(), codes & Vector512.Create((byte)7));
        return ~Vector512.Equals(bytes & bit, Vector512<byte>.Zero).ExtractMostSignificantBits();
    }
}
