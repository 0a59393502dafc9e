using Zhida.Policy.Program;

namespace Zhida.Policy.Tables;

/// <summary>What a column of a table of facts holds.</summary>
public enum ColumnRole
{
    /// <summary>编号: the row's id, unique under its subject.</summary>
    Id,

    /// <summary>主体: the id of the subject that the row belongs to.</summary>
    Subject,

    /// <summary>The id of an object that the row refers to, named as the object.</summary>
    Reference,

    /// <summary>The row of the object that a year's facts belong to, named as the object.</summary>
    Owner,

    /// <summary>年度: the year of a year's facts.</summary>
    Year,

    /// <summary>A fact of the dictionary, named as the fact.</summary>
    Fact,

    /// <summary>未知对象 of 主体: the objects of which nobody said whether the subject has any, separated by ；.</summary>
    UnknownObjects,
}

/// <summary>A column: its name, what it holds, and how many decimal places its numbers keep.</summary>
/// <param name="Fact">For <see cref="ColumnRole.Fact"/>.</param>
/// <param name="Target">For <see cref="ColumnRole.Reference"/> and <see cref="ColumnRole.Owner"/>.</param>
public sealed record ColumnLayout(string Name, ColumnRole Role, Fact? Fact = null, ObjectType? Target = null);

/// <summary>
/// A table of facts: one object of the dictionary, one row each; or, <see cref="Yearly"/>, the facts of an object that
/// stand once a year (贷款_年度). An empty cell is unknown. A subject without rows in a table has no such object, unless
/// 主体.未知对象 names it; an object without a table is unknown for every subject. A list (多选, 名单) is written 甲；乙, an
/// empty one 无.
/// </summary>
public sealed record TableLayout(string Name, ObjectType Object, bool Yearly, IReadOnlyList<ColumnLayout> Columns)
{
    /// <summary>The file or sheet of earlier grants: 主体, 事项, 范围, 对象, 期, 金额.</summary>
    public const string Grants = "已得";

    public const string Id = "编号", Subject = "主体", Year = "年度", Filed = "申报时间", UnknownObjects = "未知对象";

    /// <summary>What separates the items of a list in one cell, and what an empty list is written as.</summary>
    public const char Separator = '；';

    public const string EmptyList = "无";

    /// <summary>The tables of a dictionary, 主体 first, then in its order; an object with yearly facts has a second.
    /// </summary>
    public static IReadOnlyList<TableLayout> Of(Dictionary dictionary)
    {
        var tables = new List<TableLayout>();
        foreach (var type in dictionary.Objects.Values.OrderBy(t => t != dictionary.Subject))
        {
            tables.Add(new TableLayout(type.Name, type, false, ObjectColumns(type, dictionary)));
            if (type.YearFacts.Count > 0)
                tables.Add(new TableLayout($"{type.Name}_{Year}", type, true, YearColumns(type)));
        }
        return tables;
    }

    private static List<ColumnLayout> ObjectColumns(ObjectType type, Dictionary dictionary)
    {
        var columns = new List<ColumnLayout> { new(Id, ColumnRole.Id) };
        if (type != dictionary.Subject) columns.Add(new ColumnLayout(Subject, ColumnRole.Subject));
        foreach (var reference in type.References.Where(r => r.Target != dictionary.Subject))
            columns.Add(new ColumnLayout(reference.Target.Name, ColumnRole.Reference, Target: reference.Target));
        foreach (var fact in type.Facts.Where(f => f.Name != Id))
            columns.Add(new ColumnLayout(fact.Name, ColumnRole.Fact, fact));
        if (type == dictionary.Subject) columns.Add(new ColumnLayout(UnknownObjects, ColumnRole.UnknownObjects));
        return columns;
    }

    private static List<ColumnLayout> YearColumns(ObjectType type)
    {
        var columns = new List<ColumnLayout>
        {
            new(Subject, ColumnRole.Subject), new(type.Name, ColumnRole.Owner, Target: type),
            new(Year, ColumnRole.Year),
        };
        // 主体's own years name their subject once.
        if (type.Name == Subject) columns.RemoveAt(0);
        columns.AddRange(type.YearFacts.Select(f => new ColumnLayout(f.Name, ColumnRole.Fact, f)));
        return columns;
    }

    /// <summary>Decimal places that a number of this kind keeps in a table: money to the 分.</summary>
    public static int ScaleOf(FactKind kind) => kind switch
    {
        FactKind.Money => 2,
        FactKind.Number => 4,
        FactKind.Share or FactKind.Ratio or FactKind.Rate => 8,
        _ => 0,
    };
}
