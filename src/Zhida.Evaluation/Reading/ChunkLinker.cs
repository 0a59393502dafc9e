using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>
/// From the tables of a chunk as they were read to one whose rows refer to each other: refuses what has no place, gives
/// rows of which nothing is known to subjects of whom it is not known whether they have any, and resolves references.
/// Used once.
/// </summary>
/// <param name="dictionary">The objects.</param>
/// <param name="subjects">主体 as read.</param>
/// <param name="tables">The others that there are, in the order of their plans.</param>
/// <param name="plans">All that are read, also those of which there is no table.</param>
internal sealed partial class ChunkLinker(
    Dictionary dictionary, LoadedTable subjects, IReadOnlyList<LoadedTable> tables, IReadOnlyList<TablePlan> plans)
{
    private const int Unset = -1, NotFound = -2;

    private readonly Dictionary<ObjectType, LoadedTable> _objects = tables
        .Where(t => t.Plan.Kind == TableKind.Objects).Append(subjects).ToDictionary(t => t.Plan.Type);

    /// <summary>By table and column: the row referred to, as it was read.</summary>
    private readonly Dictionary<(LoadedTable, int), int[]> _targets = [];

    private readonly Dictionary<ObjectType, int[]> _newRows = [];
    private readonly Dictionary<ObjectType, ObjectTable> _linked = [];
    private readonly Dictionary<ObjectType, ulong[]> _unsaid = [];

    /// <summary>A subject has objects though 未知对象 says that nobody knows: it has them.</summary>
    public bool Overrules { get; private set; }

    public Chunk Link(int number, List<Reject> rejects)
    {
        subjects.RefuseDuplicates(subjects.Texts(ColumnRole.Id)!);
        ReadUnknownObjects();
        var standing = Standing();
        foreach (var table in tables) RefuseWithoutSubject(table, standing);
        foreach (var table in tables)
            if (table.Plan.Kind == TableKind.Objects) table.RefuseDuplicates(table.Texts(ColumnRole.Id)!);
        foreach (var table in tables) Resolve(table);
        foreach (var table in tables)
            if (table.Plan.Kind == TableKind.Years) RefuseDuplicateYears(table);
        while (RefuseWithTargets()) continue;
        foreach (var table in tables.Prepend(subjects)) table.AddTo(rejects);
        return Build(number);
    }

    /// <summary>未知对象: for each object, of which subjects nobody said whether they have any.</summary>
    private void ReadUnknownObjects()
    {
        var column = subjects.IndexOf(ColumnRole.UnknownObjects);
        if (subjects.Sinks[column] is not TextSink texts) return;
        var known = new (IReadOnlyList<ObjectType> Types, string? Stranger)[texts.Pool.Count];
        for (var row = 0; row < subjects.Rows; row++)
        {
            var code = texts.Codes[row];
            if (code == 0) continue;
            if (known[code].Types is null) known[code] = Types(texts.Pool[code]);
            foreach (var type in known[code].Types)
            {
                if (!_unsaid.TryGetValue(type, out var rows))
                    _unsaid[type] = rows = new ulong[Bits.Words(subjects.Rows)];
                Bits.Set(rows, row);
            }
            if (known[code].Stranger is { } stranger)
                subjects.Refuse(row, column, texts.Pool[code], $"数据字典里没有对象“{stranger}”",
                    Feel.Nearest.Mend(stranger, dictionary.Objects.Keys));
        }
    }

    private (IReadOnlyList<ObjectType>, string?) Types(string text)
    {
        var types = new List<ObjectType>();
        if (text.Length == 0) return (types, null);
        foreach (var name in text.Split(TableLayout.Separator))
            if (name != TableLayout.Subject && dictionary.Objects.TryGetValue(name, out var type)) types.Add(type);
            else return (types, name);
        return (types, null);
    }

    /// <summary>For each row of 主体 the one that stands for its id: the one of equal ids that is not refused; −1 where
    /// all are.</summary>
    private int[] Standing()
    {
        var ids = subjects.Texts(ColumnRole.Id)!.Codes;
        var standing = new int[subjects.Rows];
        for (var row = 0; row < standing.Length;)
        {
            var (first, kept) = (row, -1);
            for (; row < standing.Length && ids[row] == ids[first]; row++)
                if (!subjects.IsRefused(row)) kept = row;
            standing.AsSpan(first, row - first).Fill(kept);
        }
        return standing;
    }

    /// <summary>From here on the rows' subjects are those that stand.</summary>
    private void RefuseWithoutSubject(LoadedTable table, int[] standing)
    {
        var of = table.Subject;
        for (var row = 0; row < of.Length; row++)
        {
            if (of[row] < 0) continue;
            var subject = standing[of[row]];
            if (subject < 0)
            {
                var ids = subjects.Texts(ColumnRole.Id)!;
                table.Refuse(row, 0, ids.Pool[ids.Codes[of[row]]], "主体的行已被剔除", "先改正主体的行");
            }
            of[row] = subject;
        }
    }

    private void Resolve(LoadedTable table)
    {
        for (var i = 0; i < table.Plan.Columns.Count; i++)
        {
            var column = table.Plan.Columns[i];
            if (column.Role is not (ColumnRole.Reference or ColumnRole.Owner)) continue;
            if (column.Target == dictionary.Subject) _targets[(table, i)] = table.Subject;
            else if (_objects.TryGetValue(column.Target!, out var target) && table.Sinks[i] is TextSink texts)
                _targets[(table, i)] = Resolve(table, i, texts, target);
        }
    }

    /// <summary>The rows of <paramref name="target"/> that have the ids, under the same subjects.</summary>
    private static int[] Resolve(LoadedTable table, int column, TextSink texts, LoadedTable target)
    {
        var ids = target.Texts(ColumnRole.Id)!;
        var (pool, named) = ((PackedPool)ids.Pool, (PackedPool)texts.Pool);
        var codes = new int[named.Count];
        for (var code = 1; code < codes.Length; code++) codes[code] = pool.FindUtf8(named.Utf8(code));
        var (rowOf, subjectOf) = (new int[pool.Count], new int[pool.Count]);
        Array.Fill(subjectOf, -1);
        var found = new int[table.Rows];
        var next = 0;
        for (var row = 0; row < found.Length; row++)
        {
            found[row] = Unset;
            var (subject, code) = (table.Subject[row], texts.Codes[row]);
            if (subject < 0 || code == 0) continue;
            for (; next < target.Rows && target.Subject[next] <= subject; next++)
            {
                var (id, of) = (ids.Codes[next], target.Subject[next]);
                if (of < 0 || subjectOf[id] == of && !target.IsRefused(rowOf[id])) continue;
                (rowOf[id], subjectOf[id]) = (next, of);
            }
            if (codes[code] is > 0 and var wanted && subjectOf[wanted] == subject) found[row] = rowOf[wanted];
            else
            {
                found[row] = NotFound;
                var name = target.Plan.Type.Name;
                table.Refuse(row, column, named[code], $"这个主体没有编号为“{named[code]}”的{name}",
                    $"写一个{name}的编号");
            }
        }
        return found;
    }

    /// <summary>Rows that refer to rows which are refused; whether there were any.</summary>
    private bool RefuseWithTargets()
    {
        var more = false;
        foreach (var ((table, column), targets) in _targets)
        {
            if (!_objects.TryGetValue(table.Plan.Columns[column].Target!, out var target) ||
                target.RefusedRows == 0 || target == subjects) continue;
            for (var row = 0; row < targets.Length; row++)
            {
                if (targets[row] < 0 || !target.IsRefused(targets[row]) || table.IsRefused(row)) continue;
                var texts = (TextSink)table.Sinks[column]!;
                table.Refuse(row, column, texts.Pool[texts.Codes[row]], $"所指的{target.Plan.Type.Name}的行已被剔除",
                    $"先改正{target.Plan.Type.Name}的行");
                more = true;
            }
        }
        return more;
    }

    private int[]? Owners(LoadedTable years) => _targets.GetValueOrDefault((years, years.IndexOf(ColumnRole.Owner)));

    private void RefuseDuplicateYears(LoadedTable table)
    {
        if (Owners(table) is not { } owners) return;
        var column = table.IndexOf(ColumnRole.Year);
        var years = ((NumberSink)table.Sinks[column]!).Values;
        var seen = new HashSet<(int, long)>(table.Rows);
        for (var row = 0; row < table.Rows; row++)
            if (!table.IsRefused(row) && owners[row] >= 0 && !seen.Add((owners[row], years[row])))
                table.Refuse(row, column, $"{years[row]}", "同一年度与前面的一行重复", "只留一行");
    }
}
