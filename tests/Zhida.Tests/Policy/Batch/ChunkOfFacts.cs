using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Batch;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;
using Record = Zhida.Feel.Values.Record;

namespace Zhida.Tests.Policy.Batch;

/// <summary>From facts about subjects to a chunk: what <see cref="FactsOfChunk"/> does, backwards. For facts that are
/// JSON; the chunks of one instance share the pools of a run.</summary>
internal sealed class ChunkOfFacts(Dictionary dictionary)
{
    private const int MostCodesOfAByte = 255;

    private readonly Dictionary<Fact, Pool> _pools = [];
    private readonly List<string> _problems = [];

    /// <summary>The chunk, or which facts no column can hold and why.</summary>
    /// <param name="subjects">In the order of the chunk.</param>
    /// <param name="number">Where the chunk stands in the population.</param>
    public (Chunk? Chunk, IReadOnlyList<string> Problems) Of(IReadOnlyList<SubjectFacts> subjects, int number = 0)
    {
        _problems.Clear();
        var (ids, texts) = (new Pool(), new Pool());
        var rows = dictionary.Objects.Values.ToDictionary(t => t, t => RowsOf(t, subjects));
        var rowOf = new Dictionary<Record, int>();
        foreach (var (records, _) in rows.Values)
            for (var row = 0; row < records.Count; row++)
                if (records[row] is { } record) rowOf[record] = row;
        var tables = dictionary.Objects.Values
            .ToDictionary(t => t, t => TableOf(t, rows[t], subjects, rowOf, ids, texts));
        var grants = GrantsOf(subjects);
        if (_problems.Count > 0) return (null, [.. _problems]);
        return (new Chunk(tables[dictionary.Subject], tables) { Grants = grants, Number = number }, []);
    }

    /// <summary>The records of a type by row, null for a virtual row, and the first row of each subject.</summary>
    private static (List<Record?> Records, int[] First) RowsOf(ObjectType type, IReadOnlyList<SubjectFacts> subjects)
    {
        var (records, first) = (new List<Record?>(), new int[subjects.Count + 1]);
        for (var s = 0; s < subjects.Count; s++)
        {
            if (subjects[s].Objects(type) is { } some) records.AddRange(some);
            else records.Add(null);
            first[s + 1] = records.Count;
        }
        return (records, first);
    }

    private ObjectTable TableOf(
        ObjectType type, (List<Record?> Records, int[] First) rows, IReadOnlyList<SubjectFacts> subjects,
        Dictionary<Record, int> rowOf, Pool ids, Pool texts)
    {
        var (records, first) = rows;
        var (subject, isVirtual) = (new int[records.Count], new ulong[Bits.Words(records.Count)]);
        for (var s = 0; s < subjects.Count; s++) Array.Fill(subject, s, first[s], first[s + 1] - first[s]);
        for (var row = 0; row < records.Count; row++)
            if (records[row] is null) Bits.Set(isVirtual, row);
        var codes = records.Select(r => ids.Add(r?.Id ?? "")).ToArray();
        var facts = type.Facts.Where(f => f.Name != TableLayout.Id)
            .ToDictionary(f => f, f => ColumnOf(f, records, texts));
        return new ObjectTable
        {
            Type = type, Count = records.Count, Ids = new IntColumn(codes, ids, Bits.All(records.Count)),
            Subject = subject, First = first, Virtual = isVirtual, Facts = facts,
            References = [.. type.References.Select(r => records.Select((record, row) => RowOf(record, r)).ToArray())],
            Years = type.YearFacts.Count > 0 ? YearsOf(type, records, subject, subjects, texts) : null,
        };

        int RowOf(Record? record, Zhida.Policy.Program.Reference reference) =>
            record?[reference.Slot] is { Kind: ValueKind.Context, Context: Record target } ? rowOf[target] : -1;
    }

    private YearTable YearsOf(
        ObjectType type, List<Record?> records, int[] subject, IReadOnlyList<SubjectFacts> subjects, Pool texts)
    {
        var byOwner = subjects.SelectMany(s => s.Years).ToLookup(y => y.Key.Owner, y => (y.Key.Year, Facts: y.Value));
        var (owner, year, entries) = (new List<int>(), new List<int>(), new List<Record?>());
        var first = new int[records.Count + 1];
        for (var row = 0; row < records.Count; row++)
        {
            if (records[row] is { } record)
                foreach (var (name, facts) in byOwner[record].OrderBy(y => y.Year, StringComparer.Ordinal))
                    if (int.TryParse(name, out var number) && number is > 0 and < 10_000)
                    {
                        owner.Add(row);
                        year.Add(number);
                        entries.Add(facts);
                    }
                    else _problems.Add($"{subjects[subject[row]].Subject.Id} {type.Name}“{record.Id}”：“{name}”不是年度");
            first[row + 1] = entries.Count;
        }
        return new YearTable
        {
            Count = entries.Count, Owner = [.. owner], First = first, Year = [.. year],
            Facts = type.YearFacts.ToDictionary(f => f, f => ColumnOf(f, entries, texts)),
        };
    }

    private GrantTable? GrantsOf(IReadOnlyList<SubjectFacts> subjects)
    {
        var (grants, first) = (new List<Grant>(), new int[subjects.Count + 1]);
        for (var s = 0; s < subjects.Count; s++)
        {
            foreach (var grant in subjects[s].Grants)
            {
                grants.Add(grant);
                if (decimal.Round(grant.Amount, 2) != grant.Amount)
                    _problems.Add($"{subjects[s].Subject.Id} 已得（{grant.Item}）：{grant.Amount} 不是整分");
            }
            first[s + 1] = grants.Count;
        }
        return grants.Count == 0 ? null : new GrantTable { First = first, Grants = grants };
    }

    private FactColumn ColumnOf(Fact fact, List<Record?> records, Pool texts)
    {
        var known = new ulong[Bits.Words(records.Count)];
        for (var row = 0; row < records.Count; row++)
            if (records[row] is { } record && !record[fact.Slot].IsUnset) Bits.Set(known, row);
        switch (fact.Kind)
        {
            case FactKind.Boolean:
                var bits = new ulong[known.Length];
                Each(fact, records, (row, value) => { if (value.IsTrue) Bits.Set(bits, row); });
                return new FlagColumn(bits, known);
            case FactKind.Date:
                var days = new int[records.Count];
                Each(fact, records, (row, value) => days[row] = (int)value.Days);
                return new DateColumn(days, known);
            case FactKind.Money or FactKind.Integer or FactKind.Number or FactKind.Share or FactKind.Ratio
                or FactKind.Rate:
                var numbers = new long[records.Count];
                Each(fact, records, (row, value) => numbers[row] = Scaled(fact, records[row]!, value.Number));
                return new NumberColumn(numbers, known);
            default:
                var pool = fact.Kind is FactKind.Text or FactKind.CreditCode ? texts : PoolOf(fact);
                var codes = new int[records.Count];
                Each(fact, records, (row, value) => codes[row] = pool.Add(TextOf(fact, records[row]!, value)));
                return Narrow(fact, codes, pool, known);
        }
    }

    private static void Each(Fact fact, List<Record?> records, Action<int, Value> store)
    {
        for (var row = 0; row < records.Count; row++)
            if (records[row] is { } record && !record[fact.Slot].IsUnset) store(row, record[fact.Slot]);
    }

    private static string[] AllowedOf(Fact fact) =>
        fact.Type is StringType { IsEnumeration: true } type ? [.. type.Allowed] : [];

    private Pool PoolOf(Fact fact) =>
        _pools.TryGetValue(fact, out var pool) ? pool : _pools[fact] = new Pool(AllowedOf(fact));

    private static TextColumn Narrow(Fact fact, int[] codes, Pool pool, ulong[] known) => fact.Kind switch
    {
        FactKind.Text or FactKind.CreditCode => new IntColumn(codes, pool, known),
        FactKind.Enumeration when AllowedOf(fact).Length <= MostCodesOfAByte =>
            new ByteColumn([.. codes.Select(c => checked((byte)c))], pool, known),
        _ => new ShortColumn([.. codes.Select(c => checked((ushort)c))], pool, known),
    };

    private long Scaled(Fact fact, Record record, decimal number)
    {
        var places = TableLayout.ScaleOf(fact.Kind);
        var power = 1m;
        for (var i = 0; i < places; i++) power *= 10;
        if (decimal.Round(number, places) == number && Math.Abs(number) < long.MaxValue / power)
            return (long)(number * power);
        _problems.Add($"{fact.Path}（{record.Id}）：{number} 放不进表：要少于18位，小数不超过{places}位");
        return 0;
    }

    private string TextOf(Fact fact, Record record, Value value)
    {
        if (value.Kind != ValueKind.List) return value.Text;
        foreach (var item in value.Items)
            if (item.Text.Length == 0 || item.Text.Contains(TableLayout.Separator, StringComparison.Ordinal))
                _problems.Add($"{fact.Path}（{record.Id}）：名单里的“{item.Text}”是空的，或者有“{TableLayout.Separator}”");
        return string.Join(TableLayout.Separator, value.Items.Select(i => i.Text));
    }
}
