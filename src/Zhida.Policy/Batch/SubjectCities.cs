using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>Where each subject of a chunk is counted: by the derived fact 主体.管辖, or 主体.注册地 where the dictionary has
/// no such fact. Used by one thread.</summary>
public sealed class SubjectCities
{
    private readonly Cities _cities;
    private readonly ObjectType _subject;
    private readonly FactsOfChunk _facts;
    private readonly int _slot;
    private readonly List<Fact>? _reads;
    private readonly Frame _frame = new(1, new Evaluation(strict: true, new Value[Globals.Count]));
    private readonly Dictionary<(long, long), int> _known = [];
    private readonly List<Pool> _pools = [];

    public SubjectCities(RunContext context)
    {
        (_cities, _subject) = (context.Cities, context.Program.Dictionary.Subject);
        _facts = new FactsOfChunk(context.Program.Dictionary);
        _slot = _subject.Record.SlotOf("管辖") is >= 0 and var derived ? derived : _subject.Record.SlotOf("注册地");
        var reads = new List<Fact>();
        if (_slot >= 0 && Reads(_slot, reads) && reads.Count <= 4) _reads = reads;
    }

    /// <summary>Indexes among <see cref="Cities.Names"/>, by row of 主体.</summary>
    public int[] Of(Chunk chunk)
    {
        var cities = new int[chunk.Subjects.Count];
        if (_slot < 0)
        {
            Array.Fill(cities, _cities.Unknown);
            return cities;
        }
        var columns = _reads?.Select(f => chunk.Subjects.Facts.GetValueOrDefault(f)).ToList();
        var byCode = columns is not null && columns.All(c => c is null or TextColumn or FlagColumn);
        if (byCode) Forget(columns!);
        for (var row = 0; row < cities.Length; row++)
            cities[row] = byCode ? ByCode(columns!, row) : CityOf(_facts.Of(chunk, row).Subject);
        return cities;
    }

    /// <summary>Codes mean the same as long as they are of the same pools.</summary>
    private void Forget(List<FactColumn?> columns)
    {
        var pools = columns.OfType<TextColumn>().Select(c => c.Pool).ToList();
        if (pools.SequenceEqual(_pools)) return;
        _known.Clear();
        _pools.Clear();
        _pools.AddRange(pools);
    }

    private int ByCode(List<FactColumn?> columns, int row)
    {
        var (low, high) = (0L, 0L);
        for (var i = 0; i < columns.Count; i++)
        {
            var code = (long)CodeOf(columns[i], row) << (i % 2 * 32);
            if (i < 2) low |= code;
            else high |= code;
        }
        if (_known.TryGetValue((low, high), out var known)) return known;
        var record = new Record(_subject.Record, "");
        for (var i = 0; i < columns.Count; i++)
            if (columns[i] is { } column) record[_reads![i].Slot] = ColumnValue.Of(column, _reads[i], row);
        return _known[(low, high)] = CityOf(record);
    }

    private static int CodeOf(FactColumn? column, int row) => column switch
    {
        null => 0,
        _ when !Bits.Get(column.Known, row) => 0,
        TextColumn texts => texts[row],
        _ => Bits.Get(((FlagColumn)column).Bits, row) ? 2 : 1,
    };

    private int CityOf(Record subject) =>
        _cities.IndexOf(subject.Get(_slot, _frame) is { Kind: ValueKind.String } code ? code.Text : "");

    /// <summary>The stored facts of the subject itself that a member hangs on; false where there are others.</summary>
    private bool Reads(int slot, List<Fact> reads)
    {
        if (_subject.Record.Members[slot].Derivation is { } derivation) return Reads(derivation, reads);
        if (_subject.Facts.Find(f => f.Slot == slot) is not { } fact) return false;
        if (!reads.Contains(fact)) reads.Add(fact);
        return true;
    }

    private bool Reads(Expr node, List<Fact> reads) => node switch
    {
        Member { Source: Variable { Symbol: { IsGlobal: false, Slot: 0 } }, Source.Type: RecordType } member =>
            Reads(_subject.Record.SlotOf(member.Name), reads),
        Variable { Symbol.Definition: { } definition } => Reads(definition, reads),
        Variable { Symbol.IsGlobal: false } => false,
        _ => node.Children.All(child => Reads(child, reads)),
    };
}
