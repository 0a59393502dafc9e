using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Population;

/// <summary>A worked example as rows. Ids are left out: each copy gets its own.</summary>
/// <param name="Subject">The row of 主体.</param>
/// <param name="Rows">What the subject has.</param>
/// <param name="Grants">已得.</param>
/// <param name="Silent">未知对象: what the example says nothing of.</param>
internal sealed record Archetype(
    Cell[] Subject, IReadOnlyList<ArchetypeRow> Rows, IReadOnlyList<ArchetypeGrant> Grants, Cell Silent);

/// <summary>An object of an example.</summary>
/// <param name="Links">By column, which of <see cref="Archetype.Rows"/> it refers to.</param>
internal sealed record ArchetypeRow(
    int Table, Cell[] Cells, IReadOnlyList<(int Column, int Row)> Links, IReadOnlyList<(int Year, Cell[] Cells)> Years);

/// <summary>An earlier grant of an example.</summary>
/// <param name="Key">The parts of 对象, which stand with / between them; null: not given.</param>
internal sealed record ArchetypeGrant(
    Cell Item, Cell Scope, IReadOnlyList<KeyPart>? Key, Cell Period, long Amount);

/// <summary>A part of an account's key: the id of an object (<paramref name="Row"/>), of the subject (−1), or a text,
/// perhaps one that each copy has of its own.</summary>
internal readonly record struct KeyPart(int? Row, Cell Text, bool IsOwn);

/// <summary>The worked examples of the measure files, in their order and each once, and the words of every enumeration:
/// what every population begins with, so that nothing that the policies can say is left out.</summary>
internal sealed class ArchetypeBook
{
    private const int FirstYear = 2015, LastYear = 2045;

    private readonly PopulationPlan _plan;

    public ArchetypeBook(PopulationPlan plan, IEnumerable<SubjectFacts> examples)
    {
        _plan = plan;
        Archetypes = [.. examples.Select(Encode)];
        Words = [.. plan.Tables.Select(WordsOf)];
        Names = [.. plan.Tables.Select(t => plan.Intern(t.Layout.Object.Name))];
        Sweeps = Words.SelectMany(w => w).Select(w => w.Words.Length).Max();
    }

    public IReadOnlyList<Archetype> Archetypes { get; }

    /// <summary>How many subjects it takes to have every word of every enumeration.</summary>
    public int Sweeps { get; }

    /// <summary>By table, the columns of enumerations (and 是否) with their words.</summary>
    public IReadOnlyList<IReadOnlyList<(int Column, Cell[] Words)>> Words { get; }

    /// <summary>By table, the name of its object.</summary>
    public IReadOnlyList<Cell> Names { get; }

    /// <summary>Whether a text is a number under which several subjects could have something in common: each copy of an
    /// example has its own.</summary>
    public static bool IsOwn(Fact? fact) =>
        fact is { Kind: FactKind.Text } && fact.Name.EndsWith("编号", StringComparison.Ordinal);

    private IReadOnlyList<(int, Cell[])> WordsOf(TableShape shape) => [.. shape.Layout.Columns
        .Where(c => c.Fact is not null).Select(c => (shape.ColumnOf(c.Fact!), WordsOf(c.Fact!)))
        .Where(c => c.Item2.Length > 0)];

    private Cell[] WordsOf(Fact fact) => fact.Kind switch
    {
        FactKind.Boolean => [Cell.Of(true), Cell.Of(false)],
        FactKind.Enumeration => [.. ((StringType)fact.Type).Allowed.Select(_plan.Intern)],
        FactKind.Choices when ((ListType)fact.Type).Item is StringType { IsEnumeration: true } item =>
            [.. item.Allowed.Select(_plan.Intern)],
        _ => [],
    };

    private Archetype Encode(SubjectFacts facts)
    {
        var records = new List<(int Table, ObjectType Type, Record Record)>();
        var silent = new List<string>();
        foreach (var type in _plan.Dictionary.Objects.Values.Where(t => t != _plan.Dictionary.Subject))
            if (facts.Objects(type) is not { } list) silent.Add(type.Name);
            else records.AddRange(list.Select(r => (_plan.TableOf(type), type, r)));
        var index = records.Select((r, i) => (r.Record, i)).ToDictionary(r => r.Record, r => r.i);
        var rows = records.Select(r => new ArchetypeRow(r.Table, Cells(r.Table, r.Type.Facts, r.Record),
            [.. Links(r.Type, r.Record, index)], [.. Years(facts, r.Type, r.Record)])).ToList();
        return new Archetype(Cells(0, _plan.Dictionary.Subject.Facts, facts.Subject), rows,
            [.. facts.Grants.Select(g => GrantOf(g, facts, records))],
            silent.Count == 0 ? Cell.Unknown : _plan.Intern(string.Join(TableLayout.Separator, silent)));
    }

    private Cell[] Cells(int table, IEnumerable<Fact> facts, Record record)
    {
        var row = new Cell[_plan.Tables[table].Width];
        Array.Fill(row, Cell.Unknown);
        foreach (var fact in facts)
            if (fact.Name != TableLayout.Id) row[_plan.Tables[table].ColumnOf(fact)] = CellOf(fact, record[fact.Slot]);
        return row;
    }

    private Cell CellOf(Fact fact, Value value) => value.Kind switch
    {
        ValueKind.Boolean => Cell.Of(value.IsTrue),
        ValueKind.Number => Cell.Of(Scaled(value.Number, TableLayout.ScaleOf(fact.Kind))),
        ValueKind.Date => Cell.Of(value.Days),
        ValueKind.String => _plan.Intern(value.Text),
        ValueKind.List => _plan.Intern(value.Items.Length == 0 ? TableLayout.EmptyList
            : string.Join(TableLayout.Separator, value.Items.Select(v => v.Text))),
        _ => Cell.Unknown,
    };

    private static long Scaled(decimal number, int scale)
    {
        for (; scale > 0; scale--) number *= 10;
        return (long)decimal.Round(number, MidpointRounding.AwayFromZero);
    }

    private IEnumerable<(int, int)> Links(ObjectType type, Record record, Dictionary<Record, int> index)
    {
        foreach (var reference in type.References)
            if (reference.Target != _plan.Dictionary.Subject && record[reference.Slot].Kind == ValueKind.Context &&
                record[reference.Slot].Context is Record target)
                yield return (_plan.Tables[_plan.TableOf(type)].ColumnOf(reference.Target), index[target]);
    }

    private IEnumerable<(int, Cell[])> Years(SubjectFacts facts, ObjectType type, Record record)
    {
        if (type.YearFacts.Count == 0) yield break;
        for (var year = FirstYear; year <= LastYear; year++)
            if (facts.Year(record, $"{year}") is { } found)
                yield return (year, Cells(_plan.YearTableOf(type), type.YearFacts, found));
    }

    private ArchetypeGrant GrantOf(
        Grant grant, SubjectFacts facts, List<(int Table, ObjectType Type, Record Record)> records)
    {
        Cell Optional(string? text) => text is null ? Cell.Unknown : _plan.Intern(text);
        var own = _plan.Dictionary.Subject.Facts.Where(IsOwn).Select(f => facts.Subject[f.Slot])
            .Concat(records.SelectMany(r => r.Type.Facts.Where(IsOwn).Select(f => r.Record[f.Slot])))
            .Where(v => v.Kind == ValueKind.String).Select(v => v.Text).ToHashSet();
        KeyPart Part(string text)
        {
            var row = records.FindIndex(r => r.Record.Id == text);
            return row >= 0 ? new KeyPart(row, default, false)
                : text == facts.Subject.Id ? new KeyPart(-1, default, false)
                : new KeyPart(null, _plan.Intern(text), own.Contains(text));
        }
        return new ArchetypeGrant(_plan.Intern(grant.Item), Optional(grant.Scope),
            grant.Key is null ? null : [.. grant.Key.Split('/').Select(Part)], Optional(grant.Period),
            Scaled(grant.Amount, TableLayout.ScaleOf(FactKind.Money)));
    }
}

/// <summary>The columns of 已得.</summary>
internal static class GrantRow
{
    public static IEnumerable<ColumnBuffer> Columns() =>
    [
        new TextBuffer("主体", false), new TextBuffer("事项", true), new TextBuffer("范围", true),
        new TextBuffer("对象", true), new TextBuffer("期", true),
        new NumberBuffer("金额", TableLayout.ScaleOf(FactKind.Money), true),
    ];
}
