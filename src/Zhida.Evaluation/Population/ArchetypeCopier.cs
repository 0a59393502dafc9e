using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Population;

/// <summary>Writes copies of worked examples: with ids of their own, and with other amounts where that is wanted. Used
/// by one thread.</summary>
internal sealed class ArchetypeCopier
{
    /// <summary>In ten thousand: copies whose amounts differ, and copies whose subject is told all about.</summary>
    private const int Jittered = 4000, ToldAll = 7500;

    /// <summary>Amounts are multiplied by so many millionths.</summary>
    private const long Same = 1_000_000, Least = 800_000, Most = 1_250_000;

    private readonly Making _m;
    private readonly PopulationPlan _plan;
    private readonly bool[][] _money;
    private readonly bool[][] _own;
    private readonly int _name;
    private readonly int _code;

    public ArchetypeCopier(PopulationPlan plan, Making making)
    {
        (_plan, _m) = (plan, making);
        _money = [.. plan.Tables.Select(t => t.Layout.Columns.Select(c => c.Fact?.Kind == FactKind.Money).ToArray())];
        _own = [.. plan.Tables.Select(t => t.Layout.Columns.Select(c => ArchetypeBook.IsOwn(c.Fact)).ToArray())];
        var facts = plan.Dictionary.Subject.Facts;
        _name = plan.Tables[0].ColumnOf(facts.First(f => f.Name == "名称"));
        _code = plan.Tables[0].ColumnOf(facts.First(f => f.Kind == FactKind.CreditCode));
    }

    /// <param name="archetype">The example.</param>
    /// <param name="kind">How a subject is made up about whom it says little.</param>
    /// <param name="exactly">With its own amounts, saying nothing of what it says nothing of.</param>
    /// <param name="rows">By table, a row to be filled; the first has the subject's id.</param>
    /// <param name="newId">The next id of an object of a table.</param>
    /// <param name="buffers">By table.</param>
    /// <param name="grants">已得.</param>
    public void Copy(
        Archetype archetype, KindPlan kind, bool exactly, Cell[][] rows, Func<int, Cell> newId,
        IReadOnlyList<TableBuffer> buffers, TableBuffer grants)
    {
        var factor = exactly || !_m.Draws.Chance(Jittered) ? Same : _m.Draws.Between(Least, Most);
        var (subject, id) = (rows[0], rows[0][0]);
        if (!exactly && _m.Draws.Chance(ToldAll)) kind.Facts.Fill(_m, subject);
        else subject.AsSpan(1).Fill(Cell.Unknown);
        Set(0, archetype.Subject, subject, 1, factor);
        subject[_name] = Name();
        subject[_code] = _m.CreditCode;
        subject[^1] = exactly ? archetype.Silent : Cell.Unknown;
        buffers[0].Add(subject);
        Span<Cell> ids = new Cell[archetype.Rows.Count];
        for (var i = 0; i < ids.Length; i++) ids[i] = newId(archetype.Rows[i].Table);
        for (var i = 0; i < ids.Length; i++)
        {
            var (table, cells, links, years) = archetype.Rows[i];
            var row = rows[table];
            row.AsSpan().Fill(Cell.Unknown);
            (row[0], row[1]) = (ids[i], id);
            foreach (var (column, to) in links) row[column] = ids[to];
            Set(table, cells, row, 2, factor);
            buffers[table].Add(row);
            foreach (var (year, facts) in years) AddYear(table, year, facts, id, ids[i], rows, buffers, factor);
        }
        foreach (var grant in archetype.Grants)
            grants.Add([id, grant.Item, grant.Scope, Key(grant.Key, id, ids), grant.Period,
                Cell.Of(Times(grant.Amount, factor))]);
    }

    private void AddYear(
        int table, int year, Cell[] facts, Cell subject, Cell owner, Cell[][] rows, IReadOnlyList<TableBuffer> buffers,
        long factor)
    {
        var years = _plan.YearTableOf(_plan.Tables[table].Layout.Object);
        var row = rows[years];
        row.AsSpan().Fill(Cell.Unknown);
        (row[0], row[1], row[2]) = (subject, owner, Cell.Of(year));
        Set(years, facts, row, 3, factor);
        buffers[years].Add(row);
    }

    private void Set(int table, Cell[] from, Cell[] to, int first, long factor)
    {
        for (var i = first; i < from.Length; i++)
        {
            if (!from[i].IsKnown) continue;
            to[i] = _own[table][i] ? Own(from[i]) : _money[table][i] ? Cell.Of(Times(from[i].Value, factor)) : from[i];
        }
    }

    private static long Times(long amount, long factor) =>
        factor == Same ? amount : (long)((Int128)amount * factor / Same);

    private Cell Own(Cell text)
    {
        var own = new TextBuilder(stackalloc byte[text.Bytes.Length + 20]);
        own.Add(text.Bytes);
        own.Add("-"u8);
        own.Add(_m.Number);
        return _m.Text(own.Bytes);
    }

    private Cell Key(IReadOnlyList<KeyPart>? parts, Cell subject, ReadOnlySpan<Cell> ids)
    {
        if (parts is null) return Cell.Unknown;
        var key = new TextBuilder(stackalloc byte[512]);
        foreach (var part in parts)
        {
            if (key.Length > 0) key.Add("/"u8);
            key.Add((part switch
            {
                { Row: >= 0 and var row } => ids[row],
                { Row: not null } => subject,
                { IsOwn: true } => Own(part.Text),
                _ => part.Text,
            }).Bytes);
        }
        return _m.Text(key.Bytes);
    }

    private Cell Name()
    {
        var name = new TextBuilder(stackalloc byte[64]);
        name.Add("合成示例"u8);
        name.Add(_m.Number);
        name.Add("（合成）"u8);
        return _m.Text(name.Bytes);
    }
}
