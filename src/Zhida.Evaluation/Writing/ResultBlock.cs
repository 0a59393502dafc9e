using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Zhida.Policy.Batch;

namespace Zhida.Evaluation.Writing;

/// <summary>Lines that are 不符合 counted together: condition <paramref name="Condition"/> failed first.</summary>
public readonly record struct FailedCount(int Item, int City, int Condition, long Lines);

/// <summary>Lines that are 差一点 counted together. <paramref name="Gap"/>: as <see cref="LineSink.CountNearMiss"/> has
/// it, to four significant digits.</summary>
public readonly record struct NearCount(int Item, int City, int Condition, long Gap, long Lines);

/// <summary>
/// What one chunk (or one part of an engine's table) gave: its lines as columns, and what was counted instead of
/// written. It refers to nothing outside but the items and cities of the run, so it can be kept on disk and taken up
/// again by another process. Immutable.
/// </summary>
public sealed class ResultBlock
{
    /// <summary>In <see cref="Amounts"/>: no fixed amount.</summary>
    public const long NoAmount = long.MinValue;

    internal const int Head = 16;

    /// <summary>In <see cref="Bits"/>: nothing reduced the line, 互斥, and the first of the item's caps.</summary>
    public const byte NotBit = 0, Excluded = 1, FirstCap = 2;

    /// <summary>Where the chunk stands in the population.</summary>
    public required int Chunk { get; init; }

    /// <summary>How many subjects the chunk held.</summary>
    public required int Subjects { get; init; }

    /// <summary>How many lines are in the block.</summary>
    public int Lines => Items.Length;

    /// <summary>The ids of subject and object of each line, UTF-8, one behind the other.</summary>
    public required byte[] Ids { get; init; }

    /// <summary>Two for each line: how many bytes the subject's id has, and the object's.</summary>
    public required ushort[] Lengths { get; init; }

    /// <summary>Index among the items of the run.</summary>
    public required ushort[] Items { get; init; }

    /// <summary>As <see cref="PeriodCode"/>.</summary>
    public required int[] Periods { get; init; }

    public required byte[] Outcomes { get; init; }

    public required byte[] States { get; init; }

    /// <summary>In 分, or <see cref="NoAmount"/>.</summary>
    public required long[] Amounts { get; init; }

    /// <summary>Index of the item's condition that failed first, or −1.</summary>
    public required short[] FirstFailed { get; init; }

    /// <summary>Index in <see cref="MissingTexts"/>.</summary>
    public required ushort[] Missing { get; init; }

    /// <summary>0 nothing, 1 互斥, 2 + n the item's cap n.</summary>
    public required byte[] Bits { get; init; }

    public required byte[] Cities { get; init; }

    /// <summary>Sets of missing facts; the first is empty.</summary>
    public required string[] MissingTexts { get; init; }

    public required FailedCount[] Failed { get; init; }

    public required NearCount[] Near { get; init; }

    /// <summary>How many entries the reject file gets about the chunk.</summary>
    public required int RejectRows { get; init; }

    /// <summary>These entries, CSV in UTF-8.</summary>
    public required byte[] Rejects { get; init; }

    /// <summary>What else it gave: subjects, counts, rejects.</summary>
    public ResultBlock WithoutLines() => new()
    {
        Chunk = Chunk, Subjects = Subjects, RejectRows = RejectRows, Rejects = Rejects, Failed = Failed, Near = Near,
        Ids = [], Lengths = [], Items = [], Periods = [], Outcomes = [], States = [], Amounts = [], FirstFailed = [],
        Missing = [], Bits = [], Cities = [], MissingTexts = [""],
    };

    /// <summary>The block as bytes of this machine's order.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream(64 + Ids.Length + Lines * 28);
        Span<int> head = [Chunk, Subjects, MissingTexts.Length, RejectRows];
        stream.Write(MemoryMarshal.AsBytes(head));
        Put<byte>(stream, Ids);
        Put<ushort>(stream, Lengths);
        Put<ushort>(stream, Items);
        Put<int>(stream, Periods);
        Put<byte>(stream, Outcomes);
        Put<byte>(stream, States);
        Put<long>(stream, Amounts);
        Put<short>(stream, FirstFailed);
        Put<ushort>(stream, Missing);
        Put<byte>(stream, Bits);
        Put<byte>(stream, Cities);
        Put<FailedCount>(stream, Failed);
        Put<NearCount>(stream, Near);
        Put<byte>(stream, Rejects);
        foreach (var text in MissingTexts) Put<byte>(stream, Encoding.UTF8.GetBytes(text));
        return stream.ToArray();
    }

    /// <summary>The block that <see cref="ToBytes"/> wrote.</summary>
    public static ResultBlock Read(ReadOnlySpan<byte> bytes)
    {
        var head = MemoryMarshal.Cast<byte, int>(bytes[..Head]);
        var (chunk, subjects, texts, rejects) = (head[0], head[1], head[2], head[3]);
        bytes = bytes[Head..];
        return new ResultBlock
        {
            Chunk = chunk, Subjects = subjects, RejectRows = rejects,
            Ids = Get<byte>(ref bytes), Lengths = Get<ushort>(ref bytes), Items = Get<ushort>(ref bytes),
            Periods = Get<int>(ref bytes), Outcomes = Get<byte>(ref bytes), States = Get<byte>(ref bytes),
            Amounts = Get<long>(ref bytes), FirstFailed = Get<short>(ref bytes), Missing = Get<ushort>(ref bytes),
            Bits = Get<byte>(ref bytes), Cities = Get<byte>(ref bytes), Failed = Get<FailedCount>(ref bytes),
            Near = Get<NearCount>(ref bytes), Rejects = Get<byte>(ref bytes), MissingTexts = Texts(ref bytes, texts),
        };
    }

    private static string[] Texts(ref ReadOnlySpan<byte> bytes, int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++) texts[i] = Encoding.UTF8.GetString(Get<byte>(ref bytes));
        return texts;
    }

    private static void Put<T>(MemoryStream stream, ReadOnlySpan<T> values) where T : unmanaged
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, values.Length);
        stream.Write(length);
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    private static T[] Get<T>(ref ReadOnlySpan<byte> bytes) where T : unmanaged
    {
        var values = new T[BinaryPrimitives.ReadInt32LittleEndian(bytes)];
        var room = MemoryMarshal.AsBytes(values.AsSpan());
        bytes.Slice(4, room.Length).CopyTo(room);
        bytes = bytes[(4 + room.Length)..];
        return values;
    }
}
