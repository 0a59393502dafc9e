namespace Zhida.Feel.Values;

/// <summary>Reads runs of ASCII digits; nothing else is a digit here (no other scripts, signs or spaces).</summary>
internal static class Digits
{
    /// <summary>One to eighteen digits, all of the text.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 18) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }

    /// <summary>How many digits the text begins with.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }

    /// <summary>The digits of a fraction as nanoseconds; false beyond nine digits.</summary>
    public static bool TryReadNanoseconds(ReadOnlySpan<char> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length > 9 || !TryRead(text, out nanoseconds)) return false;
        for (var i = text.Length; i < 9; i++) nanoseconds *= 10;
        return true;
    }
}
