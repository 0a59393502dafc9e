using Zhida.Feel.Types;
using Zhida.Policy;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Reading;

/// <summary>What kind of table.</summary>
internal enum TableKind { Subjects, Objects, Years, Grants }

/// <summary>A column that is read: <paramref name="Rule"/> says what it may hold.</summary>
internal sealed record ColumnPlan(string Name, ColumnRole Role, CellRule Rule, Fact? Fact, ObjectType? Target)
{
    /// <summary>A row without it is rejected.</summary>
    public bool IsRequired { get; init; } =
        Role is ColumnRole.Id or ColumnRole.Subject or ColumnRole.Owner or ColumnRole.Year;
}

/// <summary>A table that is read, and its columns; the first is the subject's id, by which it is ordered.</summary>
/// <param name="Order">Among the tables of the run, 主体 first.</param>
/// <param name="Others">Columns that the table may have though they are not read.</param>
internal sealed record TablePlan(
    string Name, TableKind Kind, ObjectType Type, int Order, IReadOnlyList<ColumnPlan> Columns,
    IReadOnlySet<string> Others)
{
    public ColumnPlan Key => Columns[0];

    /// <summary>The tables that a run reads, 主体 first, each object's before its years'; earlier grants last.</summary>
    public static IReadOnlyList<TablePlan> Of(Dictionary dictionary, ReferenceTables tables, Needs needs)
    {
        var rules = new Rules(tables);
        var plans = new List<TablePlan>();
        foreach (var layout in TableLayout.Of(dictionary))
        {
            if (!needs.Tables.TryGetValue(layout.Object, out var need)) continue;
            if (layout.Yearly && need.YearFacts.Count == 0) continue;
            var kind = layout.Yearly ? TableKind.Years
                : layout.Object == dictionary.Subject ? TableKind.Subjects : TableKind.Objects;
            var columns = layout.Columns.Where(c => IsRead(c, layout, need)).Select(c => new ColumnPlan(
                c.Name, c.Role, rules.Of(c), c.Fact, c.Target)).OrderBy(c => IsKey(c, kind) ? 0 : 1).ToList();
            plans.Add(new TablePlan(layout.Name, kind, layout.Object, plans.Count, columns,
                layout.Columns.Select(c => c.Name).ToHashSet()));
        }
        plans.Add(Grants(dictionary, rules, plans.Count));
        return plans;
    }

    private static bool IsKey(ColumnPlan column, TableKind kind) =>
        column.Role == ColumnRole.Id ? kind == TableKind.Subjects : column.Name == TableLayout.Subject;

    private static bool IsRead(ColumnLayout column, TableLayout layout, TableNeeds need) => column.Role switch
    {
        ColumnRole.Fact => layout.Yearly ? need.YearFacts.Contains(column.Fact!) : need.Facts.Contains(column.Fact!),
        ColumnRole.Reference => need.References.Contains(column.Target!),
        _ => true,
    };

    private static TablePlan Grants(Dictionary dictionary, Rules rules, int order)
    {
        var columns = new List<ColumnPlan>
        {
            new(TableLayout.Subject, ColumnRole.Subject, rules.Of(FactKind.Text, FeelType.Text), null, null),
        };
        foreach (var name in new[] { "事项", "范围", "对象", "期" })
            columns.Add(Made(name, FactKind.Text, FeelType.Text, rules));
        var yuan = dictionary.Objects.Values.SelectMany(o => o.Facts).FirstOrDefault(f => f.Kind == FactKind.Money);
        var unit = (yuan?.Type as NumberType)?.Unit ?? Quantity.FindUnit("元")!;
        columns.Add(Made("金额", FactKind.Money, new NumberType(unit, 0), rules));
        return new TablePlan(TableLayout.Grants, TableKind.Grants, dictionary.Subject, order, columns,
            columns.Select(c => c.Name).ToHashSet());
    }

    private static ColumnPlan Made(string name, FactKind kind, FeelType type, Rules rules)
    {
        var fact = new Fact(name, kind, type, 0, "", "", new Location(TableLayout.Grants, 0, 0));
        return new ColumnPlan(name, ColumnRole.Fact, rules.Of(kind, type), fact, null)
            { IsRequired = name is "事项" or "金额" };
    }

    /// <summary>Rules of one run: places have one pool, industries another.</summary>
    private sealed class Rules(ReferenceTables tables)
    {
        private readonly Pool _divisions = new(), _industries = new();

        public CellRule Of(ColumnLayout column) => column switch
        {
            { Fact: { } fact } => Of(fact.Kind, fact.Type),
            { Role: ColumnRole.Year } => Of(FactKind.Integer, new NumberType(Unit.None, 1900, 2199)),
            { Role: ColumnRole.UnknownObjects } => Of(FactKind.Names, new ListType(FeelType.Text)),
            _ => Of(FactKind.Text, FeelType.Text),
        };

        public CellRule Of(FactKind kind, FeelType type) => new(kind, type, tables, kind switch
        {
            FactKind.Division => _divisions,
            FactKind.Industry => _industries,
            _ => null,
        });
    }
}
