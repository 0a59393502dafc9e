using Zhida.Feel.Values;

namespace Zhida.Feel.Types;

/// <summary>Whether a value is of a type, and the implicit conversions to it (DMN 1.5, 10.3.2.9).</summary>
public static class Conformance
{
    /// <summary>Null is of type Null and Any alone; unknown is of every type.</summary>
    public static bool Conforms(in Value value, FeelType type) => value.IsUnknown || type switch
    {
        AnyType => true,
        NullType => value.IsNull,
        SimpleType simple => value.Kind == simple.Kind,
        NumberType => value.IsNumber,
        StringType text => value.Kind == ValueKind.String && (!text.IsEnumeration || text.Allowed.Contains(value.Text)),
        ListType list => value.Kind == ValueKind.List && ItemsConform(value.Items, list.Item),
        RangeType range => value.Kind == ValueKind.Range && EndpointsConform(value.Range, range.Endpoint),
        ContextType context => value.Kind == ValueKind.Context && MembersConform(value.Context, context),
        RecordType record => value.Kind == ValueKind.Context && value.Context is Record r && record.Equals(r.Type),
        FunctionType function => value.Kind == ValueKind.Function &&
            (function.Parameters.IsDefault || function.Parameters.Length == value.Function.ParameterNames.Count),
        _ => false,
    };

    /// <summary>The value itself where it conforms, else what it becomes: a single value a list of one, a list of one
    /// its item, a date its midnight in UTC. False where it can't become one.</summary>
    public static bool TryConvert(in Value value, FeelType type, out Value converted)
    {
        converted = value;
        if (Conforms(value, type)) return true;
        if (type is ListType list)
        {
            if (value.IsNull || value.Kind == ValueKind.List || !Conforms(value, list.Item)) return false;
            converted = Value.OfList([value]);
            return true;
        }
        if (value.Kind == ValueKind.List && value.Items.Length == 1 && Conforms(value.Items[0], type))
        {
            converted = value.Items[0];
            return true;
        }
        if (value.Kind != ValueKind.Date || type is not SimpleType { Kind: ValueKind.DateTime }) return false;
        converted = Value.OfDateTime(value.Days, 0, Zone.Utc);
        return true;
    }

    private static bool ItemsConform(Value[] items, FeelType type)
    {
        if (type is AnyType) return true;
        foreach (ref readonly var item in items.AsSpan())
            if (!Conforms(item, type)) return false;
        return true;
    }

    private static bool EndpointsConform(FeelRange range, FeelType type) =>
        (range.Start.IsNull || Conforms(range.Start, type)) && (range.End.IsNull || Conforms(range.End, type));

    private static bool MembersConform(FeelContext context, ContextType type)
    {
        foreach (var (name, member) in type.Entries)
        {
            if (!context.TryGet(name, out var value)) return false;
            if (!value.IsNull && !Conforms(value, member)) return false;
        }
        return true;
    }
}
