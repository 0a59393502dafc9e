using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Policy.Loading;

/// <summary>Whether an expression's type is the one that its place asks for.</summary>
internal static class TypeFit
{
    /// <summary>What is wrong; null where it fits. A bare zero has every unit.</summary>
    public static string? Problem(Expr expression, FeelType wanted) => (expression, wanted) switch
    {
        (Literal { Value: { IsNumber: true, Number: 0 } }, NumberType) => null,
        (Literal { Value: { Kind: ValueKind.String } text }, StringType { IsEnumeration: true } w) =>
            w.Allowed.Contains(text.Text) ? null : $"“{text.Text}”不在取值之中",
        _ => Problem(expression.Type, wanted),
    };

    /// <summary>What is wrong; null where it fits. A type that an error left open (Any) fits everywhere.</summary>
    public static string? Problem(FeelType actual, FeelType wanted)
    {
        if (actual is AnyType || wanted is AnyType) return null;
        return (actual, wanted) switch
        {
            (NumberType a, NumberType w) => UnitProblem(a.Unit, w.Unit),
            (StringType { IsEnumeration: true } a, StringType { IsEnumeration: true } w)
                when a.Allowed.FirstOrDefault(v => !w.Allowed.Contains(v)) is { } other => $"可能是“{other}”，不在取值之中",
            (StringType, StringType) => null,
            (ListType a, ListType w) => Problem(a.Item, w.Item) is { } inner ? $"的各项{inner}" : null,
            (RangeType a, RangeType w) => Problem(a.Endpoint, w.Endpoint) is { } inner ? $"的两端{inner}" : null,
            (SimpleType a, SimpleType w) when a == w => null,
            (RecordType a, RecordType w) when ReferenceEquals(a, w) => null,
            _ => $"应为{Words(wanted)}，实为{Words(actual)}",
        };
    }

    private static string? UnitProblem(Unit? actual, Unit? wanted)
    {
        if (actual is null || wanted is null || actual.Equals(wanted)) return null;
        if (wanted.IsNone) return $"应是没有单位的数（如 40%），这里的单位是{actual}";
        return actual.IsNone ? $"的单位应为{wanted}，这里没有单位" : $"的单位应为{wanted}，实为{actual}";
    }

    public static string? Mend(FeelType actual, FeelType wanted) => wanted switch
    {
        SimpleType when wanted == FeelType.Boolean => "写成判断，如 `贷款.用途 = \"项目\"`",
        NumberType { Unit: { } w } when actual is NumberType { Unit: { } a } && !a.Equals(w) => w.IsNone
            ? "写成 40% 这样的数，或用同一单位的两项相除" : $"检查公式里各项的单位，使结果是{w}",
        _ => null,
    };

    /// <summary>A type in the words of the files.</summary>
    public static string Words(FeelType type) => type switch
    {
        NumberType { Unit: { IsNone: false } unit } => $"数（{unit}）",
        NumberType => "数",
        StringType => "文本",
        ListType list => $"{Words(list.Item)}的列表",
        RangeType range => $"{Words(range.Endpoint)}的范围",
        RecordType record => $"“{record.Name}”",
        _ when type == FeelType.Boolean => "是否",
        _ when type == FeelType.Date => "日期",
        _ => type.Name,
    };
}
