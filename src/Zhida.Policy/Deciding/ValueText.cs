using System.Globalization;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Policy.Deciding;

/// <summary>Values as people read them: money in 元 with two places (万元 where it is round), shares in per cent, dates as
/// 2026-03-01, yes and no as 是 and 否.</summary>
internal static class ValueText
{
    public static string Of(in Value value, FeelType type) => value.Kind switch
    {
        ValueKind.Number => Number(value.Number, type as NumberType),
        ValueKind.Boolean => value.IsTrue ? "是" : "否",
        ValueKind.String => value.Text,
        ValueKind.Unknown => value.Cause.Describe(),
        ValueKind.List =>
            "[" + string.Join("；", value.Items.Select(i => Of(i, (type as ListType)?.Item ?? FeelType.Any))) + "]",
        ValueKind.Context => value.Context is Record record ? record.Id : value.ToString(),
        ValueKind.Range => $"{Of(value.Range.Start, FeelType.Any)} 至 {Of(value.Range.End, FeelType.Any)}",
        ValueKind.Date => FeelDate.Format(value.Days),
        _ => value.ToString(),
    };

    public static string Number(decimal number, NumberType? type)
    {
        var unit = type?.Unit;
        if (unit is null || unit.IsNone)
            return type is { Minimum: 0, Maximum: 1 } ? Percent(number) : Plain(number);
        var name = unit.ToString();
        return name switch
        {
            "元" => Money(number),
            "1/年" => Percent(number) + "/年",
            _ => Plain(number) + name,
        };
    }

    /// <summary>120万元, 1234.50元.</summary>
    public static string Money(decimal number) => number != 0 && number % 10000 == 0
        ? Plain(number / 10000) + "万元" : number.ToString("0.00#######", CultureInfo.InvariantCulture) + "元";

    private static string Percent(decimal number) => Plain(number * 100) + "%";

    private static string Plain(decimal number) =>
        number.ToString("0.############################", CultureInfo.InvariantCulture);
}
