using System.Globalization;
using System.Text;

namespace Zhida.Casework.Paper;

/// <summary>Amounts and dates as official papers write them: 1,200,000.00元, 人民币壹佰贰拾万元整, 2026年11月25日. Capitals follow
/// 《支付结算办法》附件一（正确填写票据和结算凭证的基本规定）.</summary>
public static class Amounts
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";

    /// <summary>Integer 分 as 元 with two places.</summary>
    public static string Yuan(long fen) =>
        (fen / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture) + "元";

    /// <summary>Integer 分 in capitals. Negative amounts throw: no paper states one.</summary>
    public static string Capitals(long fen)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fen);
        var (yuan, jiao, cents) = (fen / 100, fen / 10 % 10, fen % 10);
        var text = new StringBuilder("人民币");
        if (yuan > 0 || fen == 0) text.Append(Whole(yuan)).Append('元');
        if (jiao == 0 && cents == 0) return text.Append('整').ToString();
        if (jiao > 0) text.Append(Digit(jiao)).Append('角');
        else if (yuan > 0) text.Append('零');
        return (cents > 0 ? text.Append(Digit(cents)).Append('分') : text.Append('整')).ToString();
    }

    /// <summary>2026年11月25日.</summary>
    public static string Date(DateOnly date) => $"{date.Year}年{date.Month}月{date.Day}日";

    /// <summary>A whole number: split at 亿, then at 万; a 零 stands where the upper part ends with a zero or the lower
    /// one has fewer digits.</summary>
    private static string Whole(long number)
    {
        if (number < 10_000) return BelowWan(number);
        var (unit, name) = number < 100_000_000 ? (10_000L, "万") : (100_000_000L, "亿");
        var rest = number % unit;
        return Whole(number / unit) + name +
            (rest == 0 ? "" : (rest < unit / 10 || number / unit % 10 == 0 ? "零" : "") + Whole(rest));
    }

    private static string BelowWan(long number)
    {
        if (number == 0) return "零";
        var text = new StringBuilder();
        foreach (var (unit, name) in ((long, string)[])[(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")])
        {
            var digit = number / unit % 10;
            if (digit > 0) text.Append(Digit(digit)).Append(name);
            // One 零 for a gap that has digits on both sides.
            else if (text.Length > 0 && text[^1] != '零' && number % unit > 0) text.Append('零');
        }
        return text.ToString();
    }

    private static char Digit(long digit) => Digits[(int)digit];
}
