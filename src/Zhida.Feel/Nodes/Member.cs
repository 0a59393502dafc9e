using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Nodes;

/// <summary>a.b: the member of a record (one array access), of a context, a property of a date or duration; of a list,
/// the list of its items' members.</summary>
public sealed class Member : Expr
{
    private readonly RecordType? _record;
    private readonly int _slot = -1;

    public Member(Span span, FeelType type, Expr source, string name) : base(span, type)
    {
        (Source, Name) = (source, name);
        _record = source.Type as RecordType ?? (source.Type as ListType)?.Item as RecordType;
        if (_record is not null) _slot = _record.SlotOf(name);
    }

    public Expr Source { get; }

    public string Name { get; }

    /// <summary>The member of the data dictionary, where the source is a record.</summary>
    public RecordMember? Declared => _slot < 0 ? null : _record!.Members[_slot];

    public override IReadOnlyList<Expr> Children => [Source];

    public override Value Evaluate(Frame frame) => Of(Source.Evaluate(frame), frame);

    private Value Of(in Value source, Frame frame)
    {
        switch (source.Kind)
        {
            case ValueKind.Context:
                if (_slot >= 0 && source.Context is Record record) return record.Get(_slot, frame);
                return source.Context.TryGet(Name, out var value) ? value : Value.Null;
            case ValueKind.Unknown:
                return source;
            case ValueKind.List:
                return OfItems(source.Items, frame);
            default:
                return Properties.TryGetProperty(source, Name, out var property) ? property
                    : frame.Fail(Span, $"没有“{Name}”这一项");
        }
    }

    private Value OfItems(Value[] items, Frame frame)
    {
        var members = new Value[items.Length];
        for (var i = 0; i < items.Length; i++) members[i] = Of(items[i], frame);
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
        else causes.Add(Of(item, frame));
    }

    private protected override Interval BoundUnknown(Frame frame)
    {
        var source = Source.Evaluate(frame);
        return Declared is { Derivation: { } derivation } member &&
               source is { Kind: ValueKind.Context, Context: Record record }
            ? derivation.Bound(frame.ForRecord(record, member.FrameSize)) : base.BoundUnknown(frame);
    }
}
