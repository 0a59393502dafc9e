using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Policy.Columns;

/// <summary>Makes chunks of random facts: unknown ones, virtual rows, references that lead nowhere, numbers small and
/// large.</summary>
internal sealed class RandomChunk(ColumnSchema schema, Random random)
{
    private readonly Dictionary<FactKind, Pool> _pools = new()
    {
        [FactKind.Enumeration] = new Pool("甲", "乙", "丙", "丁", "C35"),
        [FactKind.Industry] = new Pool("C3525", "C35", "3525", "B0610", "C", "210102", "LN-SFXQ", "无此行业"),
        [FactKind.Choices] = new Pool("", "甲", "甲；乙", "乙；丙", "丁"),
    };

    /// <summary>How many of a hundred facts are known.</summary>
    private readonly int _known = random.Next(3) switch { 0 => 100, 1 => 90, _ => 40 };

    private readonly long _most = random.Next(2) == 0 ? 100_000 : 1_000_000_000_000_000;

    public Chunk Make(int subjects)
    {
        var tables = new Dictionary<ObjectType, ObjectTable>();
        tables[schema.Subject] = Table(schema.Subject, [.. Enumerable.Range(0, subjects)],
            new ulong[Bits.Words(subjects)], subjects, tables);
        foreach (var type in schema.Types.Skip(1))
        {
            var owners = new List<int>();
            var isVirtual = new List<bool>();
            for (var subject = 0; subject < subjects; subject++)
            {
                var objects = random.Next(6) - 1;
                for (var i = 0; i < Math.Abs(objects); i++)
                {
                    owners.Add(subject);
                    isVirtual.Add(objects < 0);
                }
            }
            var bits = new ulong[Bits.Words(owners.Count)];
            for (var row = 0; row < owners.Count; row++)
                if (isVirtual[row]) Bits.Set(bits, row);
            tables[type] = Table(type, [.. owners], bits, subjects, tables);
        }
        return new Chunk(tables[schema.Subject], tables);
    }

    private ObjectTable Table(
        ObjectType type, int[] owners, ulong[] virtuals, int subjects, Dictionary<ObjectType, ObjectTable> tables)
    {
        var first = new int[subjects + 1];
        foreach (var owner in owners) first[owner + 1]++;
        for (var i = 0; i < subjects; i++) first[i + 1] += first[i];
        var ids = new Pool(owners.Select((_, row) => $"{type.Name}{row}"));
        return new ObjectTable
        {
            Type = type, Count = owners.Length, Subject = owners, First = first, Virtual = virtuals,
            Ids = new IntColumn([.. Enumerable.Range(1, owners.Length)], ids, Bits.All(owners.Length)),
            Facts = type.Facts.Where(_ => random.Next(20) > 0)
                .ToDictionary(f => f, f => Column(f, owners.Length, virtuals)),
            References = [.. type.References.Select(r => References(r, owners, virtuals, tables))],
            Years = type.YearFacts.Count == 0 ? null : Years(type, owners.Length, virtuals),
        };
    }

    private int[] References(
        Zhida.Policy.Program.Reference reference, int[] owners, ulong[] virtuals,
        Dictionary<ObjectType, ObjectTable> tables)
    {
        if (reference.Target == schema.Subject) return owners;
        var target = tables[reference.Target];
        return [.. owners.Select((subject, row) =>
        {
            var choices = target.First[subject + 1] - target.First[subject];
            return Bits.Get(virtuals, row) || choices == 0 || random.Next(5) == 0 ? -1
                : target.First[subject] + random.Next(choices);
        })];
    }

    private YearTable Years(ObjectType type, int owners, ulong[] virtuals)
    {
        var (owner, year, first) = (new List<int>(), new List<int>(), new int[owners + 1]);
        for (var row = 0; row < owners; row++)
        {
            for (var y = 2024; y < 2029; y++)
                if (!Bits.Get(virtuals, row) && random.Next(3) > 0)
                {
                    owner.Add(row);
                    year.Add(y);
                }
            first[row + 1] = owner.Count;
        }
        return new YearTable
        {
            Count = owner.Count, Owner = [.. owner], Year = [.. year], First = first,
            Facts = type.YearFacts.ToDictionary(f => f,
                f => Column(f, owner.Count, new ulong[Bits.Words(owner.Count)])),
        };
    }

    private FactColumn Column(Fact fact, int count, ulong[] virtuals)
    {
        var known = new ulong[Bits.Words(count)];
        for (var row = 0; row < count; row++)
            if (!Bits.Get(virtuals, row) && random.Next(100) < _known) Bits.Set(known, row);
        T[] Values<T>(Func<T> value) where T : struct =>
            [.. Enumerable.Range(0, count).Select(row => Bits.Get(known, row) ? value() : default)];
        switch (fact.Kind)
        {
            case FactKind.Boolean:
                var bits = new ulong[known.Length];
                for (var row = 0; row < count; row++)
                    if (Bits.Get(known, row) && random.Next(2) == 0) Bits.Set(bits, row);
                return new FlagColumn(bits, known);
            case FactKind.Date: return new DateColumn(Values(() => 20_000 + random.Next(1500)), known);
            case FactKind.Money: return new NumberColumn(Values(() => random.NextInt64(_most)), known);
            case FactKind.Rate: return new NumberColumn(Values(() => random.NextInt64(-1_000_000, 9_000_000)), known);
            case FactKind.Integer: return new NumberColumn(Values(() => random.NextInt64(-3, 4)), known);
            case FactKind.Text:
                return new IntColumn(Values(() => 1 + random.Next(4)), new Pool("甲", "乙", "丙", "一二三四"), known);
            default:
                var pool = _pools[fact.Kind];
                return fact.Kind == FactKind.Enumeration
                    ? new ByteColumn(Values(() => (byte)(1 + random.Next(pool.Count - 1))), pool, known)
                    : new ShortColumn(Values(() => (ushort)(1 + random.Next(pool.Count - 1))), pool, known);
        }
    }
}
