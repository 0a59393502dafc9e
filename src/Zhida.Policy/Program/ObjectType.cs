using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Policy.Program;

/// <summary>What a fact's JSON and cells look like (docs/measure-files.md, section 5).</summary>
public enum FactKind
{
    Text, Enumeration, Choices, Names, Boolean, Date, Money, Integer, Number, Share, Ratio, Rate,
    Division, Industry, CreditCode,
}

/// <summary>A fact of the data dictionary (数据项): a stored member of its object's record.</summary>
public sealed record Fact(
    string Name, FactKind Kind, FeelType Type, int Slot, string Question, string Register, Location Location)
{
    /// <summary>The object the fact belongs to; set when the object is complete.</summary>
    public ObjectType Object { get; internal set; } = null!;

    /// <summary>Stands once a year (行.实付利息): its slot is one of <see cref="ObjectType.YearRecord"/>.</summary>
    public bool Yearly { get; init; }

    /// <summary>贷款.本金, 贷款.年度.实付利息.</summary>
    public string Path => Yearly ? $"{Object.Name}.年度.{Name}" : $"{Object.Name}.{Name}";
}

/// <summary>A reference of one object to another: a loan to its project. The record's slot holds the referred record.
/// </summary>
public sealed record Reference(ObjectType Target, int Slot, bool Optional);

/// <summary>The list that a reference makes on its target: 项目.贷款. The record's slot holds a list of records.</summary>
public sealed record InverseList(ObjectType Source, int Slot);

/// <summary>An object of the data dictionary: 主体, 项目, 贷款 …</summary>
public sealed class ObjectType(string name, string description, Location location)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public Location Location { get; } = location;

    /// <summary>Layout of an object: 编号, 申报时间, its facts, references, inverse lists, derived facts.</summary>
    public RecordType Record { get; } = new(name);

    /// <summary>Layout of a year's facts of the object.</summary>
    public RecordType YearRecord { get; } = new(name + "年度");

    /// <summary>Layout of 行 for lines about this object: 年度, 起, 止, then the year's facts in the order of
    /// <see cref="YearRecord"/>.</summary>
    public RecordType LineRecord { get; } = new("行");

    public List<Fact> Facts { get; } = [];

    public List<Fact> YearFacts { get; } = [];

    public List<Reference> References { get; } = [];

    public List<InverseList> Lists { get; } = [];

    /// <summary>The slot of 申报时间, by which lines are ordered; −1 while the object is being read.</summary>
    public int FiledOnSlot { get => field >= 0 ? field : field = Record.SlotOf("申报时间"); } = -1;

    public override string ToString() => Name;
}

/// <summary>The reason of an unknown: nobody has given the fact.</summary>
public sealed class MissingFact(Func<Fact> fact) : Cause
{
    private Fact? _fact;

    public Fact Fact => _fact ??= fact();

    public override string Describe() => $"缺少：{Fact.Path}";
}

/// <summary>The reason of an unknown: it was not said whether the subject has such objects, or to which one this
/// refers.
/// </summary>
public sealed class MissingObject(ObjectType type) : Cause
{
    public ObjectType Type { get; } = type;

    public override string Describe() => $"缺少：{Type.Name}";
}

/// <summary>The reason of an unknown: the days of the accrual are not known, so that the line has no period.</summary>
public sealed class MissingPeriod(string member) : Cause
{
    public string Member { get; } = member;

    public override string Describe() => $"期间不明：行.{Member}";
}

/// <summary>The reason of an unknown: an open place of the policy, 待细则.</summary>
public sealed class OpenPlace(string name, FeelType type, Location location) : Cause
{
    public string Name { get; } = name;

    public FeelType Type { get; } = type;

    public Location Location { get; } = location;

    public override string Describe() => $"待细则：{Name}";
}

/// <summary>The reason of an unknown: the value is not on a list that ends with 等, and the reading leaves that open.
/// </summary>
public sealed class UnlistedValue(string list) : Cause
{
    public string List { get; } = list;

    public override string Describe() => $"未列入“{List}”（等），待口径确认";
}

/// <summary>The reason of an unknown: a dated table says nothing reliable about the day (资料未发布).</summary>
public sealed class Unpublished(string table, string day) : Cause
{
    public override string Describe() => $"资料未发布：{table}（{day}）";
}
