using System.Runtime.InteropServices;
using System.Text;
using Zhida.Policy.Batch;

namespace Zhida.Evaluation.Writing;

/// <summary>Gathers result lines and counts into a <see cref="ResultBlock"/>; used again for the next one, by one
/// thread.</summary>
public sealed class BlockBuilder(RunContext context)
{
    private readonly List<ushort> _lengths = [], _items = [], _missing = [];
    private readonly List<int> _periods = [];
    private readonly List<byte> _outcomes = [], _states = [], _bits = [], _cities = [];
    private readonly List<long> _amounts = [];
    private readonly List<short> _firstFailed = [];
    private readonly List<string> _missingTexts = [""];
    private readonly Dictionary<int, ushort> _missingCodes = [];
    private readonly Dictionary<(int Item, int City, int Condition), long> _failed = [];
    private readonly Dictionary<(int Item, int City, int Condition, long Gap), long> _near = [];
    private byte[] _ids = new byte[1 << 16];
    private int _used;

    public int Lines => _items.Count;

    public void Add(in ResultLine line)
    {
        _lengths.Add(Append(line.Subject));
        _lengths.Add(Append(line.Object));
        _items.Add((ushort)line.Item);
        _periods.Add(line.Period);
        _outcomes.Add((byte)line.Outcome);
        _states.Add((byte)line.State);
        _amounts.Add(line.Amount ?? ResultBlock.NoAmount);
        _firstFailed.Add((short)line.FirstFailed);
        _missing.Add(line.Missing == 0 ? (ushort)0 : MissingCode(line.Missing));
        _bits.Add(line.Bit is null ? ResultBlock.NotBit : BitCode(line.Item, line.Bit));
        _cities.Add((byte)line.City);
    }

    /// <summary>As <see cref="LineSink.CountFailed"/>.</summary>
    public void CountFailed(int item, int city, int condition, long lines) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_failed, (item, city, condition), out _) += lines;

    /// <summary>As <see cref="LineSink.CountNearMiss"/>.</summary>
    public void CountNearMiss(int item, int city, int condition, long gap) => CollectionsMarshal
        .GetValueRefOrAddDefault(_near, (item, city, condition, FourDigits(gap)), out _)++;

    /// <summary>The block, and an empty builder.</summary>
    /// <param name="chunk">Where the chunk stands in the population.</param>
    /// <param name="subjects">How many subjects it held.</param>
    /// <param name="rejects">What the reject file gets about it.</param>
    public ResultBlock Take(int chunk, int subjects, (int Rows, byte[] Csv) rejects = default)
    {
        var block = new ResultBlock
        {
            Chunk = chunk, Subjects = subjects, Ids = _ids.AsSpan(0, _used).ToArray(), Lengths = [.. _lengths],
            Items = [.. _items], Periods = [.. _periods], Outcomes = [.. _outcomes], States = [.. _states],
            Amounts = [.. _amounts], FirstFailed = [.. _firstFailed], Missing = [.. _missing], Bits = [.. _bits],
            Cities = [.. _cities], MissingTexts = [.. _missingTexts], RejectRows = rejects.Rows,
            Rejects = rejects.Csv ?? [],
            // In one order whatever the order of counting was: the same data, the same bytes.
            Failed = [.. _failed.Select(f => new FailedCount(f.Key.Item, f.Key.City, f.Key.Condition, f.Value))
                .OrderBy(f => (f.Item, f.City, f.Condition))],
            Near = [.. _near.Select(n => new NearCount(n.Key.Item, n.Key.City, n.Key.Condition, n.Key.Gap, n.Value))
                .OrderBy(n => (n.Item, n.City, n.Condition, n.Gap))],
        };
        Clear();
        return block;
    }

    private void Clear()
    {
        foreach (var list in new[] { _lengths, _items, _missing }) list.Clear();
        foreach (var list in new[] { _outcomes, _states, _bits, _cities }) list.Clear();
        _periods.Clear();
        _amounts.Clear();
        _firstFailed.Clear();
        _missingTexts.RemoveRange(1, _missingTexts.Count - 1);
        _missingCodes.Clear();
        _failed.Clear();
        _near.Clear();
        _used = 0;
    }

    private ushort Append(string id)
    {
        var most = Encoding.UTF8.GetMaxByteCount(id.Length);
        if (_ids.Length - _used < most) Array.Resize(ref _ids, Math.Max(_ids.Length * 2, _used + most));
        var written = Encoding.UTF8.GetBytes(id, _ids.AsSpan(_used));
        _used += written;
        return checked((ushort)written);
    }

    private ushort MissingCode(int code)
    {
        if (_missingCodes.TryGetValue(code, out var known)) return known;
        var local = checked((ushort)_missingTexts.Count);
        _missingTexts.Add(context.Missing[code]);
        return _missingCodes[code] = local;
    }

    private byte BitCode(int item, string name)
    {
        if (name == ResultLine.Exclusion) return ResultBlock.Excluded;
        var caps = context.Items[item].Caps;
        for (var i = 0; i < caps.Count; i++)
            if (caps[i].Name == name) return checked((byte)(ResultBlock.FirstCap + i));
        throw new InvalidOperationException($"{context.Items[item].Id} has no cap {name}");
    }

    /// <summary>Rounded half up to four significant digits, so that distinct gaps are few however many lines there are.
    /// </summary>
    private static long FourDigits(long gap)
    {
        if (gap < 10_000) return gap;
        var step = 1L;
        for (var rest = gap; rest >= 10_000; rest /= 10) step *= 10;
        return (gap / step + (gap % step * 2 >= step ? 1 : 0)) * step;
    }
}
