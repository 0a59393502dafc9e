using Zhida.Feel.Nodes;

namespace Zhida.Policy.Plans;

/// <summary>Where an expression is lowered: the rows it is about, and what the slots of its frame hold. A scope within
/// another sees its slots; where it is about other rows (pairs), through a hop to them.</summary>
internal sealed class LoweringScope(Domain domain, LoweringScope? parent, Hop? toParent)
{
    private readonly Dictionary<int, (Shape Shape, CauseMap Causes)> _slots = [];

    public Domain Domain { get; } = domain;

    public LoweringScope? Parent { get; } = parent;

    /// <summary>From this scope's rows to the parent's; null where they are the same.</summary>
    public Hop? ToParent { get; } = toParent;

    public Dictionary<Expr, Shape> Shapes { get; } = new(ReferenceEqualityComparer.Instance);

    public Dictionary<Expr, CauseMap> Causes { get; } = new(ReferenceEqualityComparer.Instance);

    public void Bind(int slot, Shape shape, CauseMap? causes = null) => _slots[slot] = (shape, causes ?? CauseMap.None);

    public bool TryFind(int slot, out Shape shape, out CauseMap causes)
    {
        var found = _slots.TryGetValue(slot, out var held);
        (shape, causes) = held;
        return found;
    }

    /// <summary>The same rows with more slots.</summary>
    public LoweringScope Within() => new(Domain, this, null);
}
