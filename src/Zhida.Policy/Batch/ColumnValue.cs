using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>One value of a column as the evaluator reads it.</summary>
internal static class ColumnValue
{
    /// <summary>Unset where the column does not know.</summary>
    public static Value Of(FactColumn column, Fact fact, int row)
    {
        if (!Bits.Get(column.Known, row)) return default;
        return column switch
        {
            NumberColumn numbers => Value.Of(Number(numbers.Values[row], TableLayout.ScaleOf(fact.Kind))),
            DateColumn dates => Value.OfDate(dates.Days[row]),
            FlagColumn flags => Value.Of(Bits.Get(flags.Bits, row)),
            TextColumn texts when fact.Type is ListType => ListOf(texts.Pool[texts[row]]),
            TextColumn texts => Value.Of(texts.Pool[texts[row]]),
            _ => throw new InvalidOperationException($"{fact.Path}: a column of {column.GetType().Name}"),
        };
    }

    /// <summary>Without the zeros at its end, as a person would have written it.</summary>
    private static decimal Number(long value, int scale)
    {
        while (scale > 0 && value % 10 == 0) (value, scale) = (value / 10, scale - 1);
        return new decimal((int)Magnitude(value), (int)(Magnitude(value) >> 32), 0, value < 0, (byte)scale);
    }

    private static ulong Magnitude(long value) => value < 0 ? (ulong)-value : (ulong)value;

    private static Value ListOf(string text) => text.Length == 0 ? Value.OfList([])
        : Value.OfList([.. text.Split(TableLayout.Separator).Select(Value.Of)]);
}
