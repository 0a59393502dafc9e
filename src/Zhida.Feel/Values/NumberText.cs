using System.Globalization;

namespace Zhida.Feel.Values;

/// <summary>Numeric literals: digits with a point and an exponent, as <c>-1.5e3</c> or <c>.5</c>.</summary>
public static class NumberText
{
    /// <summary>False for anything else, and beyond the range of a decimal. More than 28 digits are rounded.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        return IsNumber(text) && decimal.TryParse(text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number);
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty && text[0] == '-') text = text[1..];
        var whole = Digits.Count(text);
        text = text[whole..];
        if (!text.IsEmpty && text[0] == '.')
        {
            var fraction = Digits.Count(text[1..]);
            if (fraction == 0) return false;
            text = text[(fraction + 1)..];
        }
        else if (whole == 0)
        {
            return false;
        }
        if (text.IsEmpty) return true;
        if (text[0] is not ('e' or 'E')) return false;
        text = text[1..];
        if (!text.IsEmpty && text[0] is ('+' or '-')) text = text[1..];
        return text.Length is > 0 and < 6 && Digits.Count(text) == text.Length;
    }
}
