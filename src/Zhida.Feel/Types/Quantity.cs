using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Zhida.Feel.Values;

namespace Zhida.Feel.Types;

/// <summary>
/// Quantities as policies write them: 2000万元, 300人, 1.5%/年, 6.5折, 365天/年. A number, perhaps a scale (亿 万 千 百), a
/// unit or %, ‰, 折, and units below a stroke. Values are in base units: 万元 are 10000 元, 1 % is 0.01.
/// </summary>
public static class Quantity
{
    private static readonly FrozenSet<string> Units = new[]
    {
        "元", "天", "月", "年", "工作日", "小时", "分钟", "秒", "人", "人次", "项", "家", "户", "个", "台", "套", "座", "辆", "次",
        "件", "级", "分", "票", "笔", "条", "份", "张", "艘", "架", "场", "批", "期", "亩", "公顷", "平方米", "平方公里", "立方米",
        "公里", "米", "厘米", "毫米", "吨", "千克", "克", "度", "千瓦", "千瓦时", "兆瓦", "标准煤", "计费单位", "股", "户次", "头", "只",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Synonyms = new Dictionary<string, string>
    {
        ["日"] = "天", ["个月"] = "月", ["个工作日"] = "工作日", ["公斤"] = "千克", ["㎡"] = "平方米",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Sign, decimal Factor)[] Scales =
        [("万亿", 1_000_000_000_000m), ("亿", 100_000_000m), ("千万", 10_000_000m), ("百万", 1_000_000m), ("万", 10_000m),
            ("千", 1_000m), ("百", 100m)];

    private const int LongestUnit = 6;

    /// <summary>The base unit of a word, or null.</summary>
    public static Unit? FindUnit(string word)
    {
        if (Synonyms.TryGetValue(word, out var same)) word = same;
        return Units.Contains(word) ? Unit.Of(word) : null;
    }

    public static bool TryParse(string text, out decimal value, out Unit unit, out bool isPercent) =>
        TryParse(text.AsSpan(), out value, out unit, out isPercent);

    /// <summary>False for anything else, and beyond the range of a decimal. A bare number has no unit.
    /// <paramref name="isPercent"/>: written with %, ‰ or 折.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value, out Unit unit, out bool isPercent)
    {
        (unit, isPercent) = (Unit.None, false);
        text = text.Trim();
        var digits = text.Length > 0 && text[0] == '-' ? 1 : 0;
        digits += Digits.Count(text[digits..]);
        if (digits + 1 < text.Length && text[digits] == '.') digits += 1 + Digits.Count(text[(digits + 1)..]);
        if (!NumberText.TryParse(text[..digits], out value)) return false;
        var rest = text[digits..].ToString();
        if (rest.Length == 0) return true;
        return ReadUnit(rest, 0, out var end, out unit, out var factor, out isPercent) && end == rest.Length &&
            TryScale(ref value, factor);
    }

    /// <summary>How long the unit is that stands directly behind a number; 0 where there is none.</summary>
    internal static int LengthOfUnit(string text, int at)
    {
        if (at >= text.Length || text[at] < 128 && text[at] != '%') return 0;
        return ReadUnit(text, at, out var end, out _, out _, out _) && !Syntax.Lexer.ContinuesWord(text, end)
            ? end - at : 0;
    }

    /// <summary>The text that reads as the number, in base units; null where none does (a unit to the power of −1 with
    /// a number that is no percentage is written as one).</summary>
    public static string Format(decimal value, Unit unit)
    {
        var above =
            string.Join('·', unit.Factors.Where(f => f.Power > 0).SelectMany(f => Enumerable.Repeat(f.Name, f.Power)));
        var below = string.Concat(unit.Factors.Where(f => f.Power < 0)
            .SelectMany(f => Enumerable.Repeat("/" + f.Name, -f.Power)));
        if (above.Length == 0 && below.Length > 0) return Number(value * 100) + "%" + below;
        return Number(value) + above + below;
    }

    private static string Number(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static bool TryScale(ref decimal value, decimal factor)
    {
        if (Math.Abs(value) > decimal.MaxValue / Math.Max(1, factor)) return false;
        value *= factor;
        return true;
    }

    private static bool ReadUnit(
        string text, int at, out int end, out Unit unit, out decimal factor, out bool isPercent)
    {
        (unit, factor, isPercent, end) = (Unit.None, 1m, true, at + 1);
        switch (text[at])
        {
            case '%' or '％': factor = 0.01m; break;
            case '‰': factor = 0.001m; break;
            case '折': factor = 0.1m; break;
            default:
                isPercent = false;
                end = at;
                if (!ReadScaledUnit(text, ref end, ref unit, ref factor)) return false;
                break;
        }
        while (end < text.Length && text[end] is '/' or '·')
        {
            var next = end + 1;
            if (!ReadWord(text, ref next, out var factorUnit)) return text[end] == '/';
            unit = text[end] == '/' ? unit.Per(factorUnit) : unit.Times(factorUnit);
            end = next;
        }
        return true;
    }

    /// <summary>元, 万元, 万: the unit itself is tried first, so that 千克 is no thousand.</summary>
    private static bool ReadScaledUnit(string text, ref int at, ref Unit unit, ref decimal factor)
    {
        if (ReadWord(text, ref at, out unit)) return true;
        unit = Unit.None;
        foreach (var (sign, scale) in Scales)
        {
            if (!text.AsSpan(at).StartsWith(sign)) continue;
            at += sign.Length;
            factor = scale;
            if (!ReadWord(text, ref at, out unit)) unit = Unit.None;
            return true;
        }
        return false;
    }

    private static bool ReadWord(string text, ref int at, out Unit unit)
    {
        for (var length = Math.Min(LongestUnit, text.Length - at); length > 0; length--)
        {
            if (FindUnit(text.Substring(at, length)) is not { } found) continue;
            unit = found;
            at += length;
            return true;
        }
        unit = Unit.None;
        return false;
    }
}
