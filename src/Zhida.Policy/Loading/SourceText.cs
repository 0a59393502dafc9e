using System.Text;

namespace Zhida.Policy.Loading;

/// <summary>A file of a policy: its path relative to the root of the tree, with <c>/</c>, and its bytes.</summary>
public sealed record SourceFile(string Path, byte[] Bytes);

/// <summary>The text of a file and the places of its characters: line and column from 1, in UTF-16 units.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lines = [0];

    public SourceText(string path, string text)
    {
        (Path, Text) = (path, text);
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n') _lines.Add(i + 1);
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>Decodes UTF-8; a byte order mark is no part of the text.</summary>
    public static SourceText Of(string path, byte[] bytes)
    {
        var mark = Encoding.UTF8.Preamble;
        return new SourceText(path, Encoding.UTF8.GetString(
            bytes.AsSpan().StartsWith(mark) ? bytes.AsSpan(mark.Length) : bytes));
    }

    public Passage Whole => new(this, 0, Text.Length);

    public Location At(int offset)
    {
        var line = _lines.BinarySearch(offset);
        if (line < 0) line = ~line - 1;
        return new Location(Path, line + 1, offset - _lines[line] + 1);
    }
}

/// <summary>A stretch of a file. What is read from a policy stays a passage until it is a value, so that every finding
/// names its exact place.</summary>
internal readonly record struct Passage(SourceText Source, int Start, int Length)
{
    public ReadOnlySpan<char> Span => Source.Text.AsSpan(Start, Length);

    public string Text => Source.Text.Substring(Start, Length);

    public bool IsEmpty => Length == 0;

    public Location Location => Source.At(Start);

    public Location LocationAt(int offset) => Source.At(Start + Math.Clamp(offset, 0, Length));

    public Passage From(int offset) => new(Source, Start + offset, Length - offset);

    public Passage Slice(int offset, int length) => new(Source, Start + offset, length);

    /// <summary>Without white space at both ends (full-width spaces count).</summary>
    public Passage Trim()
    {
        var (from, to) = (0, Length);
        while (from < to && char.IsWhiteSpace(Span[from])) from++;
        while (to > from && char.IsWhiteSpace(Span[to - 1])) to--;
        return Slice(from, to - from);
    }

    public bool Is(string text) => Span.SequenceEqual(text);

    /// <summary>The parts between separators, trimmed, without empty ones.</summary>
    public List<Passage> Split(params ReadOnlySpan<char> separators)
    {
        var parts = new List<Passage>();
        for (var from = 0; from <= Length;)
        {
            var length = Span[from..].IndexOfAny(separators);
            if (length < 0) length = Length - from;
            if (Slice(from, length).Trim() is { IsEmpty: false } part) parts.Add(part);
            from += length + 1;
        }
        return parts;
    }

    /// <summary>The two sides of the first separator, trimmed; false where there is none.</summary>
    public bool TryCut(ReadOnlySpan<char> separators, out Passage before, out Passage after)
    {
        var at = Span.IndexOfAny(separators);
        (before, after) = at < 0 ? (Trim(), From(Length)) : (Slice(0, at).Trim(), From(at + 1).Trim());
        return at >= 0;
    }

    /// <summary>The inside of the first pair of backticks; false where there is none.</summary>
    public bool TryCode(out Passage code, out Passage rest)
    {
        (code, rest) = (From(Length), From(Length));
        var open = Span.IndexOf('`');
        if (open < 0) return false;
        var length = Span[(open + 1)..].IndexOf('`');
        if (length < 0) return false;
        code = Slice(open + 1, length);
        rest = From(open + length + 2).Trim();
        return true;
    }

    /// <summary>A trailing pair of brackets <c>（…）</c>: what stands before it and inside it.</summary>
    public bool TryBracket(out Passage before, out Passage inside)
    {
        var all = Trim();
        (before, inside) = (all, all.From(all.Length));
        if (all.IsEmpty || all.Span[^1] is not ('）' or ')')) return false;
        var depth = 0;
        for (var i = all.Length - 1; i >= 0; i--)
        {
            if (all.Span[i] is '）' or ')') depth++;
            else if (all.Span[i] is '（' or '(' && --depth == 0)
            {
                before = all.Slice(0, i).Trim();
                inside = all.Slice(i + 1, all.Length - i - 2).Trim();
                return true;
            }
        }
        return false;
    }

    public override string ToString() => Text;
}
