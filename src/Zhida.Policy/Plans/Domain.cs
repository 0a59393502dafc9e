using Zhida.Policy.Program;

namespace Zhida.Policy.Plans;

/// <summary>The rows over which a node of a plan has values. Domains are compared by identity; a <see
/// cref="PlanBuilder"/> makes one for each thing there is.</summary>
public abstract class Domain
{
    /// <summary>The object that a row stands for, or is about.</summary>
    public abstract ObjectType Object { get; }
}

/// <summary>The objects of a type: the rows of its table.</summary>
public sealed class ObjectDomain(ObjectType type) : Domain
{
    public override ObjectType Object { get; } = type;

    public override string ToString() => Object.Name;
}

/// <summary>Lines by year: each object is cut into the years that the days from <see cref="First"/> to <see
/// cref="Last"/> touch, as <see cref="Deciding.LineCutter"/> does it; an object of which these days are not known is
/// one line without a period. For the other kinds of period each object is one line.</summary>
/// <param name="objects">What is cut.</param>
/// <param name="kind">The kind of period in force.</param>
/// <param name="first">First day of the accrual (date over <paramref name="objects"/>); unknown where the last is.
/// </param>
/// <param name="last">Last day.</param>
/// <param name="issued">For 印发起12个月: the issue date in days; null while it is open.</param>
public sealed class LineDomain(ObjectDomain objects, PeriodKind kind, Node first, Node last, long? issued) : Domain
{
    public ObjectDomain Objects { get; } = objects;

    public PeriodKind Kind { get; } = kind;

    public Node First { get; } = first;

    public Node Last { get; } = last;

    public long? Issued { get; } = issued;

    public override ObjectType Object => Objects.Object;

    /// <summary>Whether an object may have several lines.</summary>
    public bool Cuts => Kind is PeriodKind.CalendarYear || Kind is PeriodKind.PolicyYear && Issued is not null;

    public override string ToString() => $"{Object.Name}·{Kind}";
}

/// <summary>Pairs of an outer row and each child that refers to the object which that row leads to: (贷款·行, 担保).
/// Where the list of children is not known the outer row has no pairs, and <see cref="Op.ListKnown"/> tells.</summary>
/// <param name="outer">The rows that look at their children.</param>
/// <param name="path">From an outer row to the owner of the children.</param>
/// <param name="children">The children.</param>
/// <param name="reference">Index of the children's reference to the owner among those of their type; −1: the owner is
/// 主体.</param>
public sealed class PairDomain(Domain outer, IReadOnlyList<Hop> path, ObjectDomain children, int reference) : Domain
{
    public Domain Outer { get; } = outer;

    public IReadOnlyList<Hop> Path { get; } = path;

    public ObjectDomain Children { get; } = children;

    public int Reference { get; } = reference;

    public override ObjectType Object => Children.Object;

    public override string ToString() => $"({Outer}, {Children})";
}

/// <summary>How rows of one domain lead to rows of another.</summary>
public enum HopKind
{
    /// <summary>From a line to its object.</summary>
    Object,

    /// <summary>From an object to one it refers to; may not be known.</summary>
    Reference,

    /// <summary>From an object to its subject.</summary>
    Subject,

    /// <summary>From a pair to its outer row.</summary>
    Outer,

    /// <summary>From a pair to its child.</summary>
    Child,
}

/// <summary>A step from a row to one row of another domain.</summary>
/// <param name="Kind">What kind of step.</param>
/// <param name="From">The domain of the row.</param>
/// <param name="To">The domain of the row it leads to.</param>
/// <param name="Reference">For <see cref="HopKind.Reference"/>: its index among those of the type.</param>
public sealed record Hop(HopKind Kind, Domain From, Domain To, int Reference = -1)
{
    /// <summary>Every row leads somewhere.</summary>
    public bool IsCertain => Kind != HopKind.Reference;
}
