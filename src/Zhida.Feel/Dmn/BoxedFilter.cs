using Zhida.Feel.Nodes;
using Zhida.Feel.Values;

namespace Zhida.Feel.Dmn;

/// <summary>A boxed filter: unlike FEEL's, it knows no positions, and a match that is neither true, false nor null
/// makes it fail (DMN 1.5, 10.2.1.9).</summary>
internal sealed class BoxedFilter(Expr source, int itemSlot, Expr match) : Expr(default, source.Type)
{
    public override IReadOnlyList<Expr> Children { get; } = [source, match];

    public override Value Evaluate(Frame frame)
    {
        var list = source.Evaluate(frame);
        if (list.IsNull) return frame.Fail(Span, "没有可选取的列表");
        var kept = new List<Value>();
        foreach (var item in list.Kind == ValueKind.List ? list.Items : [list])
        {
            if (!frame.Evaluation.Step()) return frame.Fail(Span, "运算步数过多，已停止");
            frame[itemSlot] = item;
            var value = match.Evaluate(frame);
            if (value.Kind is not (ValueKind.Boolean or ValueKind.Null))
                return frame.Fail(Span, $"筛选条件应为是否值，实为{Formatting.KindName(value.Kind)}");
            if (value.IsTrue) kept.Add(item);
        }
        return Value.OfList([.. kept]);
    }
}
