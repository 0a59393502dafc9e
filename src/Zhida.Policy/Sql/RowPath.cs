using Zhida.Policy.Plans;
using Zhida.Policy.Program;

namespace Zhida.Policy.Sql;

/// <summary>The way from a row of a query to one that it leads to. Ways are equal where they have the same steps.
/// </summary>
internal sealed class RowPath
{
    private RowPath(RowPath? before, HopKind kind, int reference, ObjectType? target)
    {
        (Before, Kind, Reference, Target) = (before, kind, reference, target);
        Key = before is null ? "" : $"{before.Key}/{kind}{(reference < 0 ? "" : $"{reference}")}";
    }

    /// <summary>The row itself, of a query over lines or pairs.</summary>
    public static RowPath Here { get; } = new(null, HopKind.Object, -1, null);

    public RowPath? Before { get; }

    public HopKind Kind { get; }

    public int Reference { get; }

    /// <summary>The object at the end; null for a line or a pair.</summary>
    public ObjectType? Target { get; }

    /// <summary>Tells ways apart.</summary>
    public string Key { get; }

    /// <summary>The row itself, of a query over objects.</summary>
    public static RowPath Of(ObjectType type) => new(null, HopKind.Object, -1, type);

    public RowPath Then(Hop hop) => new(this, hop.Kind, hop.Reference, hop.To.Object);

    public RowPath Then(HopKind kind, ObjectType target, int reference = -1) => new(this, kind, reference, target);

    public RowPath Then(IEnumerable<Hop> hops) => hops.Aggregate(this, (path, hop) => path.Then(hop));

    /// <summary>The steps from the row.</summary>
    public IReadOnlyList<RowPath> Steps => Before is null ? [] : [.. Before.Steps, this];

    /// <summary>The same way without its first step, from another row.</summary>
    public RowPath From(RowPath start) =>
        Steps.Skip(1).Aggregate(start, (path, step) => new RowPath(path, step.Kind, step.Reference, step.Target));
}
