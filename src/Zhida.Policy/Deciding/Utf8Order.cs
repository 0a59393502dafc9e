namespace Zhida.Policy.Deciding;

/// <summary>The order of texts by their bytes in UTF-8, in which files, SQL engines and the reference agree: that of
/// code points. (Ordinal order is that of UTF-16, where what needs two units comes before some that need
/// one.)</summary>
public sealed class Utf8Order : IComparer<string>
{
    public static readonly Utf8Order Instance = new();

    private Utf8Order()
    {
    }

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        var same = a.CommonPrefixLength(b);
        if (same == a.Length || same == b.Length) return a.Length.CompareTo(b.Length);
        var (one, other) = (a[same], b[same]);
        // A surrogate begins (or ends) a code point above all that one unit can say.
        if (char.IsSurrogate(one) != char.IsSurrogate(other)) return char.IsSurrogate(one) ? 1 : -1;
        return one.CompareTo(other);
    }
}
