using Zhida.Policy.Facts;
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
internal sealed class ChunkLinker(
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

    private Chunk Build(int number)
    {
        var kept = subjects.RefusedRows == 0 ? null
            : Enumerable.Range(0, subjects.Rows).Where(r => !subjects.IsRefused(r)).ToArray();
        _newRows[dictionary.Subject] = NewRows(subjects.Rows, kept);
        var count = kept?.Length ?? subjects.Rows;
        var self = Enumerable.Range(0, count + 1).ToArray();
        _linked[dictionary.Subject] = new ObjectTable
        {
            Type = dictionary.Subject, Count = count, Subject = self[..count], First = self, Ids = Ids(subjects, kept),
            Virtual = new ulong[Bits.Words(count)], Facts = Facts(subjects, kept), References = [],
            Years = YearsOf(dictionary.Subject, count),
        };
        foreach (var plan in plans)
            if (plan.Kind == TableKind.Objects)
                _linked[plan.Type] = _objects.TryGetValue(plan.Type, out var table) ? Object(table, kept)
                    : NothingKnown(plan, count);
        foreach (var plan in plans)
            if (plan.Kind == TableKind.Objects && _objects.TryGetValue(plan.Type, out var table)) Refer(table);
        return new Chunk(_linked[dictionary.Subject], _linked) { Number = number, Grants = Grants(count) };
    }

    /// <summary>For each row as read its new one, or −1.</summary>
    private static int[] NewRows(int rows, int[]? from)
    {
        var rowOf = new int[rows];
        if (from is null)
        {
            for (var row = 0; row < rows; row++) rowOf[row] = row;
            return rowOf;
        }
        Array.Fill(rowOf, -1);
        for (var i = 0; i < from.Length; i++)
            if (from[i] >= 0) rowOf[from[i]] = i;
        return rowOf;
    }

    private static IntColumn Ids(LoadedTable table, int[]? from)
    {
        var sink = table.Texts(ColumnRole.Id)!;
        var ids = (IntColumn)sink.Column();
        if (from is null) return ids;
        var codes = Gather.Pick(ids.Codes, from);
        var known = new ulong[Bits.Words(from.Length)];
        Bits.Fill(known, from.Length);
        if (Array.IndexOf(from, -1) < 0) return new IntColumn(codes, ids.Pool, known);
        var none = ids.Pool.Add("");
        for (var i = 0; i < from.Length; i++)
            if (from[i] < 0) codes[i] = none;
        return new IntColumn(codes, ids.Pool, known);
    }

    private static Dictionary<Fact, FactColumn> Facts(LoadedTable table, int[]? from)
    {
        var facts = new Dictionary<Fact, FactColumn>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < table.Sinks.Length; i++)
        {
            if (table.Plan.Columns[i].Fact is not { } fact || table.Sinks[i] is not { } sink) continue;
            facts[fact] = from is null ? sink.Column() : Gather.Of(sink.Column(), from);
        }
        return facts;
    }

    private ObjectTable Object(LoadedTable table, int[]? keptSubjects)
    {
        var type = table.Plan.Type;
        var subjectRows = _newRows[dictionary.Subject];
        var unsaid = _unsaid.GetValueOrDefault(type);
        var count = keptSubjects?.Length ?? subjects.Rows;
        var first = new int[count + 1];
        for (var row = 0; row < table.Rows; row++)
            if (!table.IsRefused(row)) first[subjectRows[table.Subject[row]] + 1]++;
        var anyUnsaid = false;
        for (var s = 0; unsaid is not null && s < count; s++)
            if (first[s + 1] == 0 && Bits.Get(unsaid, keptSubjects?[s] ?? s)) (first[s + 1], anyUnsaid) = (-1, true);
        for (var s = 0; s < count; s++) first[s + 1] = first[s] + Math.Abs(first[s + 1]);
        int[]? from = null;
        if (anyUnsaid || table.RefusedRows > 0)
        {
            from = new int[first[count]];
            Array.Fill(from, -1);
            var next = first.ToArray();
            for (var row = 0; row < table.Rows; row++)
                if (!table.IsRefused(row)) from[next[subjectRows[table.Subject[row]]]++] = row;
        }
        _newRows[type] = NewRows(table.Rows, from);
        var (subject, virtuals) = (new int[first[count]], new ulong[Bits.Words(first[count])]);
        for (var s = 0; s < count; s++) subject.AsSpan(first[s], first[s + 1] - first[s]).Fill(s);
        for (var i = 0; from is not null && i < from.Length; i++)
            if (from[i] < 0) Bits.Set(virtuals, i);
        var ids = Ids(table, from);
        var facts = Facts(table, from);
        facts[type.Facts.First(f => f.Name == TableLayout.Id)] = ids;
        return new ObjectTable
        {
            Type = type, Count = first[count], Ids = ids, Subject = subject, First = first, Virtual = virtuals,
            Facts = facts, References = new int[type.References.Count][], Years = YearsOf(type, first[count]),
        };
    }

    /// <summary>Of an object without a table: a row of which nothing is known for every subject.</summary>
    private ObjectTable NothingKnown(TablePlan plan, int count)
    {
        var self = Enumerable.Range(0, count + 1).ToArray();
        var from = new int[count];
        Array.Fill(from, -1);
        var known = new ulong[Bits.Words(count)];
        Bits.Fill(known, count);
        var pool = new PackedPool();
        var codes = new int[count];
        Array.Fill(codes, pool.Add(""));
        var facts = new Dictionary<Fact, FactColumn>(ReferenceEqualityComparer.Instance);
        foreach (var column in plan.Columns)
            if (column.Fact is { } fact) facts[fact] = Unknown(column, count);
        return new ObjectTable
        {
            Type = plan.Type, Count = count, Ids = new IntColumn(codes, pool, known), Subject = self[..count],
            First = self, Virtual = Bits.All(count), Facts = facts,
            References = [.. plan.Type.References.Select(r => r.Target == dictionary.Subject ? self[..count] : from)],
        };
    }

    private static FactColumn Unknown(ColumnPlan column, int rows) => column.Rule.Shape switch
    {
        CellShape.Number => new NumberColumn(new long[rows], new ulong[Bits.Words(rows)]),
        CellShape.Date => new DateColumn(new int[rows], new ulong[Bits.Words(rows)]),
        CellShape.Flag => new FlagColumn(new ulong[Bits.Words(rows)], new ulong[Bits.Words(rows)]),
        CellShape.Shared => TextSink.Narrow(new int[rows], column.Rule.Pool, new ulong[Bits.Words(rows)],
            column.Rule.Kind),
        _ => TextSink.Narrow(new int[rows], new PackedPool(), new ulong[Bits.Words(rows)], column.Rule.Kind),
    };

    /// <summary>The references of a table: what its rows name, else the subject's only object of that type, unless the
    /// reference may be absent.</summary>
    private void Refer(LoadedTable table)
    {
        var linked = _linked[table.Plan.Type];
        var type = table.Plan.Type;
        for (var r = 0; r < type.References.Count; r++)
        {
            var reference = type.References[r];
            if (reference.Target == dictionary.Subject)
            {
                linked.References[r] = linked.Subject;
                continue;
            }
            var rows = linked.References[r] = new int[linked.Count];
            Array.Fill(rows, Unset);
            if (!_objects.TryGetValue(reference.Target, out var target)) continue;
            var newRows = _newRows[reference.Target];
            var column = table.Plan.Columns.ToList().FindIndex(c => c.Target == reference.Target);
            if (column < 0) continue;
            var only = reference.Optional ? null : OnlyRows(target);
            var (of, named) = (_newRows[type], _targets.GetValueOrDefault((table, column)));
            for (var row = 0; row < table.Rows; row++)
            {
                if (of[row] < 0) continue;
                if (named is not null && named[row] >= 0) rows[of[row]] = newRows[named[row]];
                else if (only is not null && only[table.Subject[row]] is >= 0 and var single)
                    rows[of[row]] = newRows[single];
            }
        }
    }

    /// <summary>For each subject as read the only row of a table, or −1. Refused rows count: what was meant by leaving
    /// the reference out is not known where there were several.</summary>
    private int[] OnlyRows(LoadedTable target)
    {
        var only = new int[subjects.Rows];
        Array.Fill(only, -1);
        var seen = new ulong[Bits.Words(subjects.Rows)];
        for (var row = 0; row < target.Rows; row++)
        {
            if (target.Subject[row] is not (>= 0 and var subject)) continue;
            only[subject] = Bits.Get(seen, subject) || target.IsRefused(row) ? -1 : row;
            Bits.Set(seen, subject);
        }
        return only;
    }

    private YearTable? YearsOf(ObjectType type, int count)
    {
        var table = tables.FirstOrDefault(t => t.Plan.Kind == TableKind.Years && t.Plan.Type == type);
        if (table is null || Owners(table) is not { } owners) return null;
        var owned = _newRows[type];
        var years = ((NumberSink)table.Sinks[table.IndexOf(ColumnRole.Year)]!).Values;
        var (keys, from, n) = (new long[table.Rows], new int[table.Rows], 0);
        var inOrder = true;
        for (var row = 0; row < table.Rows; row++)
        {
            if (table.IsRefused(row) || owned[owners[row]] < 0) continue;
            keys[n] = ((long)owned[owners[row]] << 16) | years[row];
            inOrder &= n == 0 || keys[n - 1] < keys[n];
            from[n++] = row;
        }
        if (!inOrder) Array.Sort(keys, from, 0, n);
        Array.Resize(ref from, n);
        var (owner, year, first) = (new int[n], new int[n], new int[count + 1]);
        for (var i = 0; i < n; i++)
        {
            (owner[i], year[i]) = ((int)(keys[i] >> 16), (int)(keys[i] & 0xFFFF));
            first[owner[i] + 1]++;
        }
        for (var i = 0; i < count; i++) first[i + 1] += first[i];
        var same = inOrder && n == table.Rows;
        return new YearTable
            { Count = n, Owner = owner, Year = year, First = first, Facts = Facts(table, same ? null : from) };
    }

    private GrantTable? Grants(int count)
    {
        var table = tables.FirstOrDefault(t => t.Plan.Kind == TableKind.Grants);
        if (table is null) return null;
        string? Text(int column, int row) => table.Sinks[column] is TextSink texts && texts.Codes[row] is > 0 and var code
            ? texts.Pool[code] : null;
        var (grants, first) = (new List<Grant>(), new int[count + 1]);
        var amounts = ((NumberSink)table.Sinks[5]!).Values;
        for (var row = 0; row < table.Rows; row++)
        {
            if (table.IsRefused(row)) continue;
            grants.Add(new Grant(Text(1, row)!, Text(2, row), Text(3, row), Text(4, row), amounts[row] / 100m));
            first[_newRows[dictionary.Subject][table.Subject[row]] + 1]++;
        }
        for (var i = 0; i < count; i++) first[i + 1] += first[i];
        return new GrantTable { First = first, Grants = grants };
    }
}
