using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Zhida.Bench.Match;

/// <summary>What one would write by hand for these very rules and no others: a mask of 32 rows at a time by Vector256,
/// then the rows that are left one by one; rule after rule over 4096 rows that stay in cache.</summary>
internal static class HandWritten
{
    private const int Chunk = 4096;

    public static Tally[] Run(W60Data data, W60Rule[] rules, int threads)
    {
        var tallies = Enumerable.Range(0, threads).Select(_ => new Tally[rules.Length]).ToArray();
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            var from = (int)((long)data.Rows * thread / threads) & ~31;
            var end = thread == threads - 1 ? data.Rows : (int)((long)data.Rows * (thread + 1) / threads) & ~31;
            for (; from < end; from += Chunk)
                for (var r = 0; r < rules.Length; r++)
                    Decide(rules[r], data, from, Math.Min(end, from + Chunk), ref tallies[thread][r]);
        });
        return Tally.Total(tallies);
    }

    private static void Decide(W60Rule rule, W60Data data, int from, int to, ref Tally tally)
    {
        ref var industry = ref data.Industry[rule.Industry][0];
        ref var region = ref data.Region[rule.Region][0];
        ref var flag = ref data.Flag[rule.Flag][0];
        ref var date = ref data.Date[rule.Date][0];
        ref var days = ref data.Days[rule.Days][0];
        ref var principal = ref data.Principal[rule.Principal][0];
        ref var set = ref rule.Set[0];
        var (count, sum) = (0L, 0L);
        var (rate, cap) = ((long)rule.Rate, rule.Cap);
        var (regionFirst, regionSpan) =
            (Vector256.Create((byte)rule.RegionFirst), Vector256.Create((byte)(rule.RegionLast - rule.RegionFirst)));
        var (dateFirst, dateSpan) =
            (Vector256.Create(rule.DateFirst), Vector256.Create((uint)(rule.DateLast - rule.DateFirst)));
        var row = from;
        for (; row + 32 <= to; row += 32)
        {
            var bits = Mask(ref region, ref flag, ref date, (nuint)row, regionFirst, regionSpan, dateFirst, dateSpan);
            for (; bits != 0; bits &= bits - 1)
            {
                var j = row + BitOperations.TrailingZeroCount(bits);
                if (Unsafe.Add(ref set, Unsafe.Add(ref industry, j)) == 0) continue;
                sum += Math.Min((Unsafe.Add(ref principal, j) * rate * Unsafe.Add(ref days, j) + W60Rule.Divisor / 2) /
                    W60Rule.Divisor, cap);
                count++;
            }
        }
        for (; row < to; row++)
        {
            var at = data.Region[rule.Region][row];
            var day = data.Date[rule.Date][row];
            if (at < rule.RegionFirst || at > rule.RegionLast || data.Flag[rule.Flag][row] != 0 ||
                day < rule.DateFirst || day > rule.DateLast ||
                rule.Set[data.Industry[rule.Industry][row]] == 0) continue;
            sum += rule.Amount(data.Principal[rule.Principal][row], data.Days[rule.Days][row]);
            count++;
        }
        tally = new Tally(tally.Count + count, tally.Sum + sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mask(
        ref byte region, ref byte flag, ref int date, nuint row, Vector256<byte> regionFirst,
        Vector256<byte> regionSpan, Vector256<int> dateFirst, Vector256<uint> dateSpan)
    {
        var some = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref region, row) - regionFirst, regionSpan) &
            Vector256.Equals(Vector256.LoadUnsafe(ref flag, row), Vector256<byte>.Zero);
        var bits = some.ExtractMostSignificantBits();
        return bits == 0 ? 0 : bits & (Dates(ref date, row, dateFirst, dateSpan) |
            Dates(ref date, row + 8, dateFirst, dateSpan) << 8 | Dates(ref date, row + 16, dateFirst, dateSpan) << 16 |
            Dates(ref date, row + 24, dateFirst, dateSpan) << 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Dates(ref int date, nuint row, Vector256<int> first, Vector256<uint> span) =>
        Vector256.LessThanOrEqual((Vector256.LoadUnsafe(ref date, row) - first).AsUInt32(), span)
            .ExtractMostSignificantBits();
}

/// <summary>What a rule gives over all rows: how many are due, and how much in 分.</summary>
internal readonly record struct Tally(long Count, Int128 Sum)
{
    /// <summary>Rule by rule over all threads.</summary>
    public static Tally[] Total(IReadOnlyList<Tally[]> tallies)
    {
        var total = new Tally[tallies[0].Length];
        foreach (var tally in tallies)
            for (var i = 0; i < total.Length; i++)
                total[i] = new Tally(total[i].Count + tally[i].Count, total[i].Sum + tally[i].Sum);
        return total;
    }
}
