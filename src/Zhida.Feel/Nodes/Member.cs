using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>a.b: the member of a record (one array access), of a context, a property of a date or duration; of a list,
/// the list of its items' members.</summary>
public sealed class Member : Expr
{
    /// <summary>Lists within lists that a path looks through.</summary>
    private const int MaxDepth = 100;

    private readonly Expr[] _children;
    private readonly RecordType? _record;
    private readonly int _slot = -1;

    public Member(Span span, FeelType type, Expr source, string name) : base(span, type)
    {
        (Source, Name, _children) = (source, name, [source]);
        _record = source.Type as RecordType ?? (source.Type as ListType)?.Item as RecordType;
        if (_record is not null) _slot = _record.SlotOf(name);
    }

    public Expr Source { get; }

    public string Name { get; }

    /// <summary>The member of the data dictionary, where the source is a record.</summary>
    public RecordMember? Declared => _slot < 0 ? null : _record!.Members[_slot];

    public override IReadOnlyList<Expr> Children => _children;

    public override Value Evaluate(Frame frame) => Of(Source.Evaluate(frame), frame, 0);

    private Value Of(in Value source, Frame frame, int depth)
    {
        switch (source.Kind)
        {
            case ValueKind.Context:
                if (_slot >= 0 && source.Context is Record record) return record.Get(_slot, frame);
                return TryGet(source.Context, Name, frame, out var value) ? value : Value.Null;
            case ValueKind.Unknown:
                return source;
            case ValueKind.List when depth < MaxDepth:
                return OfItems(source.Items, frame, depth + 1);
            default:
                return Properties.TryGetProperty(source, Name, out var property) ? property
                    : frame.Fail(Span, $"没有“{Name}”这一项");
        }
    }

    /// <summary>A member by its name; of an object of the dictionary also one that has to be computed.</summary>
    internal static bool TryGet(FeelContext context, string name, Frame frame, out Value value)
    {
        if (context is not Record record) return context.TryGet(name, out value);
        var slot = record.Type.SlotOf(name);
        value = slot < 0 ? Value.Null : record.Get(slot, frame);
        return slot >= 0;
    }

    private Value OfItems(Value[] items, Frame frame, int depth)
    {
        frame.Evaluation.Steps += items.Length;
        var members = new Value[items.Length];
        for (var i = 0; i < items.Length; i++) members[i] = Of(items[i], frame, depth);
        return Value.OfList(members);
    }

    internal override void Explain(Frame frame, CauseSet causes)
    {
        var source = Source.Evaluate(frame);
        if (source.IsUnknown) causes.AddUnknown(Source, frame);
        else if (source.Kind == ValueKind.List)
            foreach (var item in source.Items) ExplainItem(item, frame, causes);
        else ExplainItem(source, frame, causes);
    }

    private void ExplainItem(in Value item, Frame frame, CauseSet causes)
    {
        if (Declared is { Derivation: { } derivation } member && item is { Kind: ValueKind.Context, Context: Record r })
            causes.AddUnknown(derivation, frame.ForRecord(r, member.FrameSize));
        else causes.Add(Of(item, frame, 0));
    }

    private protected override Interval BoundUnknown(Frame frame)
    {
        var source = Source.Evaluate(frame);
        return Declared is { Derivation: { } derivation } member &&
               source is { Kind: ValueKind.Context, Context: Record record }
            ? derivation.Bound(frame.ForRecord(record, member.FrameSize)) : base.BoundUnknown(frame);
    }
}
