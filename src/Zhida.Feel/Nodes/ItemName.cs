using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>A name inside a filter over items whose members are not known before (standard mode): the item's member if
/// it has one, else what the name means outside.</summary>
public sealed class ItemName(Span span, string name, int itemSlot, Expr outside) : Expr(span, FeelType.Any)
{
    private readonly Expr[] _children = [outside];

    public string Name { get; } = name;

    public int ItemSlot { get; } = itemSlot;

    public Expr Outside { get; } = outside;

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var item = frame[ItemSlot];
        return item.Kind == ValueKind.Context && Member.TryGet(item.Context, Name, frame, out var member) ? member
            : Outside.Evaluate(frame);
    }
}
