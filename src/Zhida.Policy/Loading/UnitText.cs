using Zhida.Feel.Types;

namespace Zhida.Policy.Loading;

/// <summary>Units as the dictionary and open places write them: 元, 人, 天/年, 元/平方米. Base units only.</summary>
internal static class UnitText
{
    /// <summary>The unit; else null and the mend.</summary>
    public static (Unit? Unit, string? Mend) Parse(string text)
    {
        var unit = Unit.None;
        var parts = text.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].Trim();
            if (part == "1" && i == 0) continue;
            if (Quantity.FindUnit(part) is not { } factor) return (null, Mend(part));
            unit = i == 0 ? factor : unit.Per(factor);
        }
        return (unit, null);
    }

    private static string Mend(string part) => part switch
    {
        "万元" or "亿元" or "千元" => "单位写“元”（值仍可写成 100万元）",
        "%" or "折" => "写 占比、比率 或 利率",
        _ => "写基本单位，如 元、人、天/年、元/平方米",
    };
}
