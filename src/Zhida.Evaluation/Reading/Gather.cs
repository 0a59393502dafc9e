using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>Columns with their rows picked anew.</summary>
internal static class Gather
{
    /// <summary>The column whose row i is the old row <paramref name="from"/>[i]; −1: unknown.</summary>
    public static FactColumn Of(FactColumn column, int[] from)
    {
        var known = Bit(column.Known, from);
        return column switch
        {
            NumberColumn numbers => new NumberColumn(Pick(numbers.Values, from), known),
            DateColumn dates => new DateColumn(Pick(dates.Days, from), known),
            FlagColumn flags => new FlagColumn(Bit(flags.Bits, from), known),
            ByteColumn bytes => new ByteColumn(Pick(bytes.Codes, from), bytes.Pool, known),
            ShortColumn shorts => new ShortColumn(Pick(shorts.Codes, from), shorts.Pool, known),
            IntColumn ints => new IntColumn(Pick(ints.Codes, from), ints.Pool, known),
            _ => throw new InvalidOperationException($"a column of {column.GetType()}"),
        };
    }

    public static T[] Pick<T>(T[] values, int[] from) where T : struct
    {
        var picked = new T[from.Length];
        for (var i = 0; i < from.Length; i++)
            if (from[i] is >= 0 and var old) picked[i] = values[old];
        return picked;
    }

    private static ulong[] Bit(ulong[] bits, int[] from)
    {
        var picked = new ulong[Bits.Words(from.Length)];
        for (var i = 0; i < from.Length; i++)
            if (from[i] is >= 0 and var old && Bits.Get(bits, old)) Bits.Set(picked, i);
        return picked;
    }
}
