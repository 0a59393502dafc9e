using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Feel.Binding;

/// <summary>Whether an expression's static type fits a place (strict mode): units must agree, a bare zero has every
/// unit, an enumeration fits another that has all its values.</summary>
internal static class Fitting
{
    public static bool Fits(Expr expression, FeelType expected)
    {
        if (IsZero(expression) && expected is NumberType) return true;
        if (expression is Literal { Value: { Kind: ValueKind.String } text } &&
            expected is StringType { IsEnumeration: true } enumeration) return enumeration.Allowed.Contains(text.Text);
        return Fits(expression.Type, expected);
    }

    public static bool Fits(FeelType type, FeelType expected) => (type, expected) switch
    {
        (_, AnyType) => true,
        (AnyType, _) => false,
        (NumberType a, NumberType b) => b.Unit is null || a.Unit is not null && a.Unit.Equals(b.Unit),
        (StringType a, StringType b) => !b.IsEnumeration || !a.IsEnumeration || a.Allowed.All(b.Allowed.Contains),
        (ListType a, ListType b) => Fits(a.Item, b.Item) || a.Item is AnyType,
        (RangeType a, RangeType b) => Fits(a.Endpoint, b.Endpoint),
        (ContextType or RecordType, ContextType { Entries.IsEmpty: true }) => true,
        (ContextType a, ContextType b) => b.Entries.All(
            e => a.Entries.Any(x => x.Name == e.Name && Fits(x.Type, e.Type))),
        (FunctionType a, FunctionType b) => b.Parameters.IsDefault || a.Parameters.IsDefault ||
                                            a.Parameters.Length == b.Parameters.Length,
        _ => type == expected,
    };

    public static bool IsZero(Expr expression) =>
        expression is Literal { Type: NumberType { Unit: { IsNone: true } } } literal && literal.Value.Number == 0;

    /// <summary>The type in words, for messages.</summary>
    public static string Word(FeelType type) => type switch
    {
        NumberType { Unit: null or { IsNone: true } } => "数字",
        NumberType number => $"数字（{number.Unit}）",
        StringType => "文本",
        SimpleType simple => Values.Formatting.KindName(simple.Kind),
        ListType { Item: AnyType } => "列表",
        ListType list => $"{Word(list.Item)}的列表",
        RangeType { Endpoint: AnyType } => "区间",
        RangeType range => $"{Word(range.Endpoint)}的区间",
        RecordType record => record.Name,
        ContextType => "上下文",
        FunctionType => "函数",
        NullType => "null",
        _ => "类型不明的值",
    };

    /// <summary>The types of arguments, where a bare zero takes the unit of the others.</summary>
    public static List<FeelType> WithUnits(IReadOnlyList<Expr> arguments)
    {
        var unit = arguments.Where(a => !IsZero(a)).Select(a => UnitOf(a.Type)).FirstOrDefault(u => u is not null);
        return [.. arguments.Select(a => unit is not null && IsZero(a) ? new NumberType(unit) : a.Type)];
    }

    /// <summary>The unit of a number, or of the items of a list of numbers.</summary>
    public static Unit? UnitOf(FeelType type) => type switch
    {
        NumberType number => number.Unit,
        ListType list => UnitOf(list.Item),
        _ => null,
    };

    /// <summary>The one type of two branches or items, null where they have none.</summary>
    public static FeelType? Common(Expr a, Expr b)
    {
        if (IsZero(a) && b.Type is NumberType) return Plain(b.Type);
        if (IsZero(b) && a.Type is NumberType) return Plain(a.Type);
        return Common(a.Type, b.Type);
    }

    public static FeelType? Common(FeelType a, FeelType b) => (a, b) switch
    {
        (NullType, _) => b,
        (_, NullType) => a,
        (NumberType x, NumberType y) => x.Unit is null || y.Unit is null ? FeelType.Number
            : x.Unit.Equals(y.Unit) ? new NumberType(x.Unit) : null,
        (StringType x, StringType y) => x == y ? x : FeelType.Text,
        (ListType x, ListType y) => Common(x.Item, y.Item) is { } item ? new ListType(item) : null,
        _ => a == b ? a : null,
    };

    /// <summary>A number's type without its declared range.</summary>
    public static FeelType Plain(FeelType type) => type is NumberType number ? new NumberType(number.Unit) : type;
}
