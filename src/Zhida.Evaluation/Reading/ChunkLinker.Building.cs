using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>The second half: what stands becomes the tables of a chunk.</summary>
internal sealed partial class ChunkLinker
{
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
        {
            if (!Bits.Get(unsaid, keptSubjects?[s] ?? s)) continue;
            if (first[s + 1] == 0) (first[s + 1], anyUnsaid) = (-1, true);
            else Overrules = true;
        }
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
        return new ObjectTable
        {
            Type = type, Count = first[count], Ids = Ids(table, from), Subject = subject, First = first,
            Virtual = virtuals, Facts = Facts(table, from), Years = YearsOf(type, first[count]),
            References = new int[type.References.Count][],
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
        string? Text(int column, int row) =>
            table.Sinks[column] is TextSink texts && texts.Codes[row] is > 0 and var code ? texts.Pool[code] : null;
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
