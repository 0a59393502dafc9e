using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>From the rows of a chunk to the graph of one subject that the reference evaluator reads. References are
/// taken as the chunk has them; the lists that they make are those of <see cref="FactsReader"/>.</summary>
public sealed class FactsOfChunk(Dictionary dictionary)
{
    private static readonly IReadOnlyList<Grant> NoGrants = [];

    /// <summary>The facts of the subject in a row of 主体.</summary>
    public SubjectFacts Of(Chunk chunk, int subject)
    {
        var objects = new Dictionary<ObjectType, IReadOnlyList<Record>?>();
        var years = new Dictionary<(Record, string), Record>();
        foreach (var type in dictionary.Objects.Values)
            objects[type] = chunk.Tables.TryGetValue(type, out var table) ? RecordsOf(table, subject, years) : null;
        foreach (var (type, records) in objects)
            if (records is not null) Refer(chunk, type, records, subject, objects);
        InverseLists.Fill(dictionary, objects);
        return new SubjectFacts(dictionary, objects[dictionary.Subject]![0], objects, years, GrantsOf(chunk, subject));
    }

    /// <summary>The earlier grants of a subject.</summary>
    public static IReadOnlyList<Grant> GrantsOf(Chunk chunk, int subject)
    {
        if (chunk.Grants is not { } grants || grants.First[subject] == grants.First[subject + 1]) return NoGrants;
        var some = new Grant[grants.First[subject + 1] - grants.First[subject]];
        for (var i = 0; i < some.Length; i++) some[i] = grants.Grants[grants.First[subject] + i];
        return some;
    }

    /// <summary>A subject's objects; null where there is the virtual row alone.</summary>
    private static Record[]? RecordsOf(ObjectTable table, int subject, Dictionary<(Record, string), Record> years)
    {
        var (first, end) = (table.First[subject], table.First[subject + 1]);
        if (first < end && Bits.Get(table.Virtual, first)) return null;
        var records = new Record[end - first];
        for (var row = first; row < end; row++)
        {
            var record = new Record(table.Type.Record, table.Ids.Pool[table.Ids[row]]);
            record[table.Type.Record.SlotOf(TableLayout.Id)] = Value.Of(record.Id);
            foreach (var (fact, column) in table.Facts) record[fact.Slot] = ColumnValue.Of(column, fact, row);
            if (table.Years is { } yearly) AddYears(yearly, row, record, table.Type, years);
            records[row - first] = record;
        }
        return records;
    }

    private static void AddYears(
        YearTable table, int owner, Record record, ObjectType type, Dictionary<(Record, string), Record> years)
    {
        for (var row = table.First[owner]; row < table.First[owner + 1]; row++)
        {
            var entry = new Record(type.YearRecord, record.Id);
            foreach (var (fact, column) in table.Facts) entry[fact.Slot] = ColumnValue.Of(column, fact, row);
            years[(record, PeriodCode.Name(table.Year[row]))] = entry;
        }
    }

    private void Refer(
        Chunk chunk, ObjectType type, IReadOnlyList<Record> records, int subject,
        Dictionary<ObjectType, IReadOnlyList<Record>?> objects)
    {
        var table = chunk.Tables[type];
        for (var r = 0; r < type.References.Count; r++)
        {
            var reference = type.References[r];
            var (self, target) = (reference.Target == dictionary.Subject, objects[reference.Target]);
            for (var i = 0; i < records.Count; i++)
                if (self) records[i][reference.Slot] = Value.Of(objects[dictionary.Subject]![0]);
                else if (target is not null && table.References[r][table.First[subject] + i] is >= 0 and var row)
                    records[i][reference.Slot] = Value.Of(target[row - chunk.Tables[reference.Target].First[subject]]);
        }
    }
}
