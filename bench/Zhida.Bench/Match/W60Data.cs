using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Bench.Match;

/// <summary>Made-up companies of 24 columns, the same ones every time; amounts in 分, dates in days from <see
/// cref="FirstDay"/>.</summary>
internal sealed class W60Data
{
    public const int Industries = 2048, Regions = 31;

    public static readonly DateOnly FirstDay = new(2022, 1, 1);

    public W60Data(int rows)
    {
        Rows = rows;
        var random = new Random(1);
        T[][] Make<T>(int columns, Func<T> value)
        {
            var made = new T[columns][];
            for (var c = 0; c < columns; c++)
            {
                made[c] = new T[rows];
                for (var row = 0; row < rows; row++) made[c][row] = value();
            }
            return made;
        }
        Industry = Make(2, () => (ushort)random.Next(Industries));
        Region = Make(4, () => (byte)random.Next(1, Regions + 1));
        Flag = Make(4, () => (byte)(random.Next(100) < 7 ? 1 : 0));
        Date = Make(4, () => random.Next(0, 1800));
        Days = Make(4, () => random.Next(1, 366));
        Principal = Make(6, () => random.NextInt64(100_000, 5_000_000_000));
    }

    public int Rows { get; }

    public ushort[][] Industry { get; }

    public byte[][] Region { get; }

    public byte[][] Flag { get; }

    public int[][] Date { get; }

    public int[][] Days { get; }

    public long[][] Principal { get; }

    /// <summary>The same as chunks of facts, as a reader of files would make them.</summary>
    public Chunk[] Chunks(ObjectType subject, int size)
    {
        var (industries, regions) = (new Pool(Enumerable.Range(0, Industries).Select(W60Rule.IndustryName)),
            new Pool(Enumerable.Range(1, Regions).Select(W60Rule.RegionName)));
        var ids = new Pool("1");
        return [.. Enumerable.Range(0, (Rows + size - 1) / size).Select(number =>
        {
            var (from, count) = (number * size, Math.Min(size, Rows - number * size));
            var known = Bits.All(count);
            var facts = subject.Facts.Where(f => f.Name.Length > 1 && "甲乙丙丁戊己".Contains(f.Name[^1]))
                .ToDictionary(f => f, f => Column(f, from, count, known, industries, regions));
            int[] rows = [.. Enumerable.Range(0, count + 1)];
            var table = new ObjectTable
            {
                Type = subject, Count = count, Subject = rows[..count], First = rows, Virtual = new ulong[known.Length],
                Ids = new IntColumn(new int[count], ids, known), Facts = facts, References = [],
            };
            return new Chunk(table, new Dictionary<ObjectType, ObjectTable> { [subject] = table }) { Number = number };
        })];
    }

    private FactColumn Column(Fact fact, int from, int count, ulong[] known, Pool industries, Pool regions)
    {
        var index = "甲乙丙丁戊己".IndexOf(fact.Name[^1]);
        ReadOnlySpan<T> Slice<T>(T[][] columns) => columns[index].AsSpan(from, count);
        switch (fact.Name[..^1])
        {
            // Code 0 of a pool is unknown.
            case "行业":
                var codes = Slice(Industry).ToArray();
                for (var i = 0; i < count; i++) codes[i]++;
                return new ShortColumn(codes, industries, known);
            case "区": return new ByteColumn(Slice(Region).ToArray(), regions, known);
            case "失信":
                var bits = new ulong[known.Length];
                for (var i = 0; i < count; i++)
                    if (Flag[index][from + i] != 0) Bits.Set(bits, i);
                return new FlagColumn(bits, known);
            case "日期":
                var days = Slice(Date).ToArray();
                var first = FirstDay.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
                for (var i = 0; i < count; i++) days[i] += first;
                return new DateColumn(days, known);
            case "天数": return new NumberColumn(Array.ConvertAll(Slice(Days).ToArray(), d => (long)d), known);
            default: return new NumberColumn(Slice(Principal).ToArray(), known);
        }
    }
}
