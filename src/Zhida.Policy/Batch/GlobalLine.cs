using System.Text;

namespace Zhida.Policy.Batch;

/// <summary>What a drawing line of a global cluster asks of one cap.</summary>
/// <param name="Account">Its account.</param>
/// <param name="AnyPeriod">The account whatever the period, under which grants without one are found.</param>
/// <param name="Limit">In 分, or in lines.</param>
/// <param name="Granted">To the subject before, under a cap that is the subject's own.</param>
internal readonly record struct GlobalAsk(UInt128 Account, UInt128 AnyPeriod, long Limit, long Granted);

/// <summary>A drawing line that has to wait for the other subjects, with all that its result needs. It lies in a file
/// of its chunk until then.</summary>
internal sealed class GlobalLine : IComparable<GlobalLine>
{
    /// <summary>申报时间 as days since 1970-01-01; those without come last.</summary>
    public required int Filed { get; init; }

    public required byte[] Object { get; init; }

    public required byte[] Subject { get; init; }

    public required int Item { get; init; }

    public required int Order { get; init; }

    public required int Period { get; init; }

    public required int City { get; init; }

    public required long Asked { get; init; }

    public required decimal Share { get; init; }

    public required string Missing { get; init; }

    public required GlobalAsk[] Asks { get; init; }

    /// <summary>The order in which lines draw.</summary>
    public int CompareTo(GlobalLine? other)
    {
        if (other is null) return 1;
        var order = ComparePlace(other);
        if (order == 0) order = Item.CompareTo(other.Item);
        return order == 0 ? Order.CompareTo(other.Order) : order;
    }

    /// <summary>By claim object alone: equal for the lines about one.</summary>
    public int ComparePlace(GlobalLine other)
    {
        var order = Filed.CompareTo(other.Filed);
        if (order == 0) order = Object.AsSpan().SequenceCompareTo(other.Object);
        return order == 0 ? Subject.AsSpan().SequenceCompareTo(other.Subject) : order;
    }

    public static byte[] Bytes(string id) => Encoding.UTF8.GetBytes(id);

    public static string Text(byte[] id) => Encoding.UTF8.GetString(id);

    public void Write(BinaryWriter to)
    {
        to.Write(Filed);
        Write(to, Object);
        Write(to, Subject);
        to.Write7BitEncodedInt(Item);
        to.Write7BitEncodedInt(Order);
        to.Write(Period);
        to.Write7BitEncodedInt(City);
        to.Write(Asked);
        to.Write(Share);
        to.Write(Missing);
        to.Write7BitEncodedInt(Asks.Length);
        foreach (var ask in Asks)
        {
            Write(to, ask.Account);
            Write(to, ask.AnyPeriod);
            to.Write(ask.Limit);
            to.Write(ask.Granted);
        }
    }

    public static GlobalLine Read(BinaryReader from) => new()
    {
        Filed = from.ReadInt32(), Object = ReadBytes(from), Subject = ReadBytes(from),
        Item = from.Read7BitEncodedInt(), Order = from.Read7BitEncodedInt(), Period = from.ReadInt32(),
        City = from.Read7BitEncodedInt(), Asked = from.ReadInt64(), Share = from.ReadDecimal(),
        Missing = from.ReadString(), Asks = ReadAsks(from),
    };

    private static GlobalAsk[] ReadAsks(BinaryReader from)
    {
        var asks = new GlobalAsk[from.Read7BitEncodedInt()];
        for (var i = 0; i < asks.Length; i++)
            asks[i] = new GlobalAsk(ReadHash(from), ReadHash(from), from.ReadInt64(), from.ReadInt64());
        return asks;
    }

    private static void Write(BinaryWriter to, byte[] bytes)
    {
        to.Write7BitEncodedInt(bytes.Length);
        to.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader from) => from.ReadBytes(from.Read7BitEncodedInt());

    public static void Write(BinaryWriter to, UInt128 hash)
    {
        to.Write((ulong)(hash >> 64));
        to.Write((ulong)hash);
    }

    public static UInt128 ReadHash(BinaryReader from) => new(from.ReadUInt64(), from.ReadUInt64());
}
