using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>a[b]: the items for which b is true, or with a number the item at that place (from 1; negative: from the
/// end). A single value counts as a list of one (DMN 1.5, 10.3.2.5).</summary>
public sealed class Filter : Expr
{
    private readonly Expr[] _children;
    private readonly bool _isIndex;

    public Filter(Span span, FeelType type, Expr source, int slot, Expr condition) : base(span, type)
    {
        (Source, Slot, Condition) = (source, slot, condition);
        _children = [source, condition];
        _isIndex = condition.Type is NumberType;
    }

    public Expr Source { get; }

    /// <summary>The slot of <c>item</c>.</summary>
    public int Slot { get; }

    public Expr Condition { get; }

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame)
    {
        var source = Source.Evaluate(frame);
        if (source.IsUnknown) return source;
        if (source.IsNull) return _isIndex || frame.Evaluation.Strict ? frame.Fail(Span, "没有可选取的列表") : Value.OfList([]);
        var items = source.Kind == ValueKind.List ? source.Items : [source];
        return _isIndex ? At(items, Condition.Evaluate(frame), frame) : Where(items, frame);
    }

    private Value Where(Value[] items, Frame frame)
    {
        var kept = new List<Value>();
        foreach (var item in items)
        {
            if (!frame.Evaluation.Step()) return frame.Fail(Span, "运算步数过多，已停止");
            frame[Slot] = item;
            var outcome = Condition.Evaluate(frame);
            if (outcome.IsTrue) kept.Add(item);
            else if (outcome.IsUnknown) return outcome;
            // Only now is it seen to be a place (standard mode, where types are not known before).
            else if (outcome.IsNumber) return At(items, outcome, frame);
        }
        return Value.OfList([.. kept]);
    }

    private Value At(Value[] items, in Value index, Frame frame)
    {
        if (index.IsUnknown) return index;
        if (!index.IsNumber || decimal.Truncate(index.Number) != index.Number) return frame.Fail(Span, "位置应是整数");
        var place = index.Number > 0 ? index.Number - 1 : items.Length + index.Number;
        return index.Number != 0 && place >= 0 && place < items.Length
            ? items[(int)place] : frame.Fail(Span, $"列表没有第{index.Number}项");
    }

    internal override void Explain(Frame frame, CauseSet causes)
    {
        var source = Source.Evaluate(frame);
        if (source.IsUnknown)
        {
            // No item was looked at: what the condition reads may be left from another list.
            causes.AddUnknown(Source, frame);
            return;
        }
        if (_isIndex)
        {
            base.Explain(frame, causes);
            return;
        }
        foreach (var item in source.Kind == ValueKind.List ? source.Items : [source])
        {
            frame[Slot] = item;
            causes.AddUnknown(Condition, frame);
        }
        // Every item was decided: what is unknown is in the items themselves.
        if (causes.Count == 0) causes.AddUnknown(Source, frame);
    }
}
