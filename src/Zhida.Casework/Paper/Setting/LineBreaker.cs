using System.Globalization;
using System.Text;

namespace Zhida.Casework.Paper.Setting;

/// <summary>A line of a paragraph: its characters without spaces at the end, and their width.</summary>
internal sealed record BrokenLine(IReadOnlyList<Rune> Characters, int Width, bool IsLast)
{
    public override string ToString() => string.Concat(Characters);
}

/// <summary>Breaks a paragraph into lines after the rules of Chinese typesetting (W3C clreq, 禁则): closing marks never
/// begin a line, opening marks never end one, words and figures stay whole where a line can hold them.</summary>
internal static class LineBreaker
{
    private const string NeverFirst = "、，。．；：？！）】》〉」』〕］｝”’…—·～％%‰℃,.;:?!)]}";
    private const string NeverLast = "（【《〈「『〔［｛“‘([{￥";
    private const string JoinsWords = ".,:_-/%@+&#?=~'";

    /// <param name="advance">The width of a character.</param>
    /// <param name="indent">How much narrower the first line is.</param>
    public static List<BrokenLine> Break(string text, int width, Func<Rune, int> advance, int indent = 0)
    {
        var lines = new List<BrokenLine>();
        var runes = text.EnumerateRunes().ToList();
        var start = 0;
        do
        {
            var end = End(runes, start, width - (lines.Count == 0 ? indent : 0), advance);
            var next = end;
            while (next < runes.Count && IsSpace(runes[next])) next++;
            while (end > start && IsSpace(runes[end - 1])) end--;
            var line = runes.GetRange(start, end - start);
            lines.Add(new BrokenLine(line, line.Sum(advance), next >= runes.Count));
            start = next;
        }
        while (start < runes.Count);
        return lines;
    }

    /// <summary>Where the line that begins at <paramref name="start"/> ends: at the last place that allows a break and
    /// fits; in a word longer than the line, at the last that breaks no other rule.</summary>
    private static int End(List<Rune> runes, int start, int width, Func<Rune, int> advance)
    {
        var (used, allowed, forced) = (0, start, start);
        for (var i = start; i < runes.Count; i++)
        {
            if (i > start)
            {
                if (MayBreak(runes[i - 1], runes[i])) allowed = i;
                if (!IsKept(runes[i - 1], runes[i])) forced = i;
            }
            used += advance(runes[i]);
            // Spaces may hang over the end.
            if (used > width && !IsSpace(runes[i]))
                return allowed > start ? allowed : forced > start ? forced : Math.Max(i, start + 1);
        }
        return runes.Count;
    }

    private static bool MayBreak(Rune before, Rune after)
    {
        if (IsSpace(after) || IsKept(before, after)) return false;
        return IsSpace(before) || !IsWord(before) || !IsWord(after);
    }

    /// <summary>Whether a rule keeps the two on one line whatever they are part of.</summary>
    private static bool IsKept(Rune before, Rune after) =>
        In(NeverFirst, after) || In(NeverLast, before) ||
        Rune.GetUnicodeCategory(after) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ||
        after.Value == 0x200D || before.Value == 0x200D;

    /// <summary>Part of a word of Latin letters, figures and what joins them.</summary>
    public static bool IsWord(Rune rune) =>
        rune.Value < 0x2E80 && (Rune.IsLetterOrDigit(rune) || In(JoinsWords, rune));

    public static bool IsSpace(Rune rune) => rune.Value == ' ';

    private static bool In(string set, Rune rune) => rune.IsBmp && set.Contains((char)rune.Value);
}
