using CsCheck;
using Xunit;
using Zhida.Policy.Columns;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Policy.Columns;

/// <summary>The innermost loops, on vectors of every width the machine has.</summary>
public sealed class KernelTests
{
    private static IEnumerable<VectorWidth> Widths => Enum.GetValues<VectorWidth>().Where(w => w <= Machine.Widest);

    [Fact]
    public void Ranges_of_every_type() =>
        Gen.Select(Gen.UInt.Array[0, 300], Gen.UInt, Gen.UInt).Sample((values, low, span) =>
        {
            foreach (var width in Widths)
            {
                var kernels = new BitKernels(width);
                Same(values.Length, bits => kernels.InRange(values, low, span, bits), i => values[i] - low <= span);
                var bytes = Array.ConvertAll(values, v => (byte)v);
                Same(values.Length, bits => kernels.InRange(bytes, (byte)low, (byte)span, bits),
                    i => (byte)(bytes[i] - (byte)low) <= (byte)span);
                var shorts = Array.ConvertAll(values, v => (ushort)v);
                Same(values.Length, bits => kernels.InRange(shorts, (ushort)low, (ushort)span, bits),
                    i => (ushort)(shorts[i] - (ushort)low) <= (ushort)span);
                var longs = Array.ConvertAll(values, v => v * 0x1_0000_0001UL);
                Same(values.Length, bits => kernels.InRange(longs, (ulong)low << 32, (ulong)span << 32, bits),
                    i => longs[i] - ((ulong)low << 32) <= (ulong)span << 32);
            }
        });

    [Fact]
    public void Codes_in_a_set() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int[0, 300], Gen.Int).Sample((codes, rows, seed) =>
        {
            var random = new Random(seed);
            var set = new CodeSet();
            set.Grow(codes);
            for (var code = 0; code < codes; code++)
                if (random.Next(2) == 0) set.Add(code);
            var shorts = Enumerable.Range(0, rows).Select(_ => (ushort)random.Next(codes)).ToArray();
            var bytes = Array.ConvertAll(shorts, c => (byte)(c % Math.Min(codes, 256)));
            foreach (var width in Widths)
            {
                Same(rows, bits => CodeKernels.InSet<ushort>(shorts, set, codes, bits, width),
                    i => set.Bytes[shorts[i]] != 0);
                Same(rows, bits => CodeKernels.InSet<byte>(bytes, set, Math.Min(codes, 256), bits, width),
                    i => set.Bytes[bytes[i]] != 0);
            }
        });

    [Fact]
    public void Division_by_a_multiplication() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.OneOf(Gen.Long[2, long.MaxValue], Gen.Long[2, 40_000_000]),
            Gen.Enum<DivideMode>()).Sample((dividend, divisor, mode) =>
        {
            foreach (var near in new[] { dividend, dividend / divisor * divisor, long.MaxValue, divisor - 1, 0 })
                if (near <= long.MaxValue - Reciprocal.Before(divisor, mode))
                    Assert.Equal((long)PlanBuilder.Quotient(near, divisor, mode),
                        new Reciprocal(divisor).Quotient(near + Reciprocal.Before(divisor, mode)));
        }, iter: 20_000);

    private static void Same(int rows, Action<ulong[]> kernel, Func<int, bool> expected)
    {
        // Whatever was there before must not matter.
        var bits = new ulong[Bits.Words(rows)];
        Array.Fill(bits, 0xAAAA_AAAA_AAAA_AAAAUL);
        kernel(bits);
        var plain = new ulong[bits.Length];
        for (var i = 0; i < rows; i++)
            if (expected(i)) Bits.Set(plain, i);
        Assert.Equal(plain, bits);
    }
}
