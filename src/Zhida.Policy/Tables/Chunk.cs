using Zhida.Policy.Program;

namespace Zhida.Policy.Tables;

/// <summary>A run of whole subjects with all that belongs to them, as columns. Everything that refers to another row
/// does so by its index in the chunk. Immutable once read; used by one thread.</summary>
public sealed class Chunk
{
    /// <param name="subjects">主体.</param>
    /// <param name="tables">By object, 主体 among them; an object that is missing here is unknown for every subject and
    /// not needed by what is decided.</param>
    public Chunk(ObjectTable subjects, IReadOnlyDictionary<ObjectType, ObjectTable> tables) =>
        (Subjects, Tables) = (subjects, tables);

    public ObjectTable Subjects { get; }

    public IReadOnlyDictionary<ObjectType, ObjectTable> Tables { get; }

    /// <summary>Earlier grants (已得), ordered by subject; null where none are given.</summary>
    public GrantTable? Grants { get; init; }

    /// <summary>Where the chunk stands in the population: chunks are numbered from 0 in the order of subjects.
    /// </summary>
    public int Number { get; init; }
}

/// <summary>
/// The objects of one type in a chunk, ordered by subject and then as they were given. Where it is not known whether a
/// subject has such objects, it has one <see cref="Virtual"/> row, of which nothing is known but its subject: what is
/// decided about it is what could be (SEMANTICS 2).
/// </summary>
public sealed class ObjectTable
{
    public required ObjectType Type { get; init; }

    public required int Count { get; init; }

    /// <summary>编号; of a virtual row the empty text. Codes of a pool of the chunk.</summary>
    public required IntColumn Ids { get; init; }

    /// <summary>The row of the subject that each row belongs to; for 主体 the row itself.</summary>
    public required int[] Subject { get; init; }

    /// <summary>The first row of each subject; one more entry at the end: <c>First[s]..First[s + 1]</c>.</summary>
    public required int[] First { get; init; }

    /// <summary>Rows that stand for objects of which it is not known whether there are any.</summary>
    public required ulong[] Virtual { get; init; }

    /// <summary>Columns by <see cref="Fact"/>; those that nothing needs are left out, and read as unknown.</summary>
    public required IReadOnlyDictionary<Fact, FactColumn> Facts { get; init; }

    /// <summary>For each reference of the type, in their order: the row referred to, in the target's table; −1 where it
    /// is not known. A reference to 主体 is <see cref="Subject"/>.</summary>
    public required int[][] References { get; init; }

    /// <summary>The facts that stand once a year; null where there are none.</summary>
    public YearTable? Years { get; init; }

    /// <summary>The column of a fact that does not stand once a year, 编号 among them; null: unknown in every row.
    /// </summary>
    public FactColumn? ColumnOf(Fact fact) =>
        fact.Name == TableLayout.Id ? IdsOfRealRows : Facts.GetValueOrDefault(fact);

    /// <summary>The ids, not known of virtual rows.</summary>
    private IntColumn IdsOfRealRows
    {
        get
        {
            if (field is not null) return field;
            var known = Bits.All(Count);
            for (var word = 0; word < known.Length; word++) known[word] &= ~Virtual[word];
            return field = new IntColumn(Ids.Codes, Ids.Pool, known);
        }
    }
}

/// <summary>A year's facts, ordered by owner and year, one row each.</summary>
public sealed class YearTable
{
    public required int Count { get; init; }

    /// <summary>The row of the object in its own table.</summary>
    public required int[] Owner { get; init; }

    /// <summary>The first year of each owner; one more entry at the end.</summary>
    public required int[] First { get; init; }

    public required int[] Year { get; init; }

    public required IReadOnlyDictionary<Fact, FactColumn> Facts { get; init; }
}

/// <summary>Earlier grants. Null members match anything, as in <see cref="Facts.Grant"/>.</summary>
public sealed class GrantTable
{
    /// <summary>The first grant of each subject; one more entry at the end.</summary>
    public required int[] First { get; init; }

    /// <summary>In the order of subjects; amounts in 元, or lines for a counting cap.</summary>
    public required IReadOnlyList<Facts.Grant> Grants { get; init; }
}
