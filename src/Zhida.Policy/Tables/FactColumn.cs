namespace Zhida.Policy.Tables;

/// <summary>The values of one fact over the rows of a table. A row whose bit in <see cref="Known"/> is not set is
/// unknown, and its value is zero.</summary>
/// <param name="known">A bit a row.</param>
public abstract class FactColumn(ulong[] known)
{
    public ulong[] Known { get; } = known;
}

/// <summary>Numbers of a fixed scale: 金额 in 分, 整数 as they are, 数 in 1/10000, 占比, 比率 and 利率 in 1/10^8 (see
/// <see cref="TableLayout.ScaleOf"/>).</summary>
public sealed class NumberColumn(long[] values, ulong[] known) : FactColumn(known)
{
    public long[] Values { get; } = values;
}

/// <summary>Dates as days since 1970-01-01.</summary>
public sealed class DateColumn(int[] days, ulong[] known) : FactColumn(known)
{
    public int[] Days { get; } = days;
}

/// <summary>是否.</summary>
public sealed class FlagColumn(ulong[] bits, ulong[] known) : FactColumn(known)
{
    public ulong[] Bits { get; } = bits;
}

/// <summary>Texts as codes of a pool, of one of three widths; 0 is unknown. A list (多选, 名单) is one text: its items
/// joined by <see cref="TableLayout.Separator"/>, the empty list the empty text.</summary>
public abstract class TextColumn(Pool pool, ulong[] known) : FactColumn(known)
{
    public Pool Pool { get; } = pool;

    /// <summary>The code of a row.</summary>
    public abstract int this[int row] { get; }
}

/// <summary>For 枚举 of at most 255 values.</summary>
public sealed class ByteColumn(byte[] codes, Pool pool, ulong[] known) : TextColumn(pool, known)
{
    public byte[] Codes { get; } = codes;

    public override int this[int row] => Codes[row];
}

/// <summary>For 区划, 行业, 多选, 名单 and larger enumerations.</summary>
public sealed class ShortColumn(ushort[] codes, Pool pool, ulong[] known) : TextColumn(pool, known)
{
    public ushort[] Codes { get; } = codes;

    public override int this[int row] => Codes[row];
}

/// <summary>For 文本, 信用代码 and ids, whose pool belongs to one chunk.</summary>
public sealed class IntColumn(int[] codes, Pool pool, ulong[] known) : TextColumn(pool, known)
{
    public int[] Codes { get; } = codes;

    public override int this[int row] => Codes[row];
}
