using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Zhida.Casework.Paper.Setting;

/// <summary>Mends what Skia's PDF says about its text. A font may draw 目 (U+76EE) and the radical ⽬ (U+2F6C) with one
/// glyph; Skia names the lower code, so that a search for 目 finds nothing. The table that names codes (ToUnicode, ISO
/// 32000 9.10.3) is written again with the characters that were meant, and the catalog says the language.</summary>
internal static partial class PdfText
{
    /// <param name="meant">The character that was drawn, for one that its glyph is said to be.</param>
    public static byte[] Finish(byte[] pdf, Func<Rune, Rune> meant)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var start = int.Parse(StartXref().Match(text).Groups["at"].Value, CultureInfo.InvariantCulture);
        var offsets = Entry().Matches(text[start..])
            .Select(m => int.Parse(m.Groups["at"].Value, CultureInfo.InvariantCulture)).ToList();
        var ends = offsets.Append(start).Order().ToList();
        var parts = offsets.Select(at => Mended(text[at..ends[ends.BinarySearch(at) + 1]], meant)).ToList();
        var written = new StringBuilder(text[..ends[0]]);
        var xref = new StringBuilder($"xref\n0 {parts.Count + 1}\n0000000000 65535 f \n");
        foreach (var part in parts)
        {
            xref.Append(CultureInfo.InvariantCulture, $"{written.Length:D10} 00000 n \n");
            written.Append(part);
        }
        var trailer = text[text.IndexOf("trailer", start, StringComparison.Ordinal)..];
        trailer = StartXref().Replace(trailer, $"startxref\n{written.Length}");
        return Encoding.Latin1.GetBytes(written.Append(xref).Append(trailer).ToString());
    }

    private static string Mended(string part, Func<Rune, Rune> meant)
    {
        if (part.Contains("/Type /Catalog", StringComparison.Ordinal))
            return part.Replace("/Type /Catalog",
                "/Type /Catalog\n/Lang (zh-CN)\n/ViewerPreferences <</DisplayDocTitle true>>",
                StringComparison.Ordinal);
        var stream = FlateStream().Match(part);
        if (!stream.Success) return part;
        var content = Inflate(Encoding.Latin1.GetBytes(stream.Groups["data"].Value));
        if (!content.Contains("begincmap", StringComparison.Ordinal)) return part;
        var data = Encoding.Latin1.GetString(Deflate(Codes(content, meant)));
        return $"{part[..stream.Index]}<</Filter /FlateDecode\n/Length {data.Length}>> stream\n" +
            $"{data}\nendstream\nendobj\n";
    }

    /// <summary>The table of codes with each code by itself, at most 100 in a section as the form demands.</summary>
    private static string Codes(string map, Func<Rune, Rune> meant)
    {
        var lines = new List<string>();
        foreach (Match section in Section().Matches(map))
        {
            foreach (Match line in Line().Matches(section.Groups["lines"].Value))
            {
                var (from, width) = (Hex(line.Groups["from"].Value), line.Groups["from"].Length);
                var to = line.Groups["to"].Success ? Hex(line.Groups["to"].Value) : from;
                var first = FromUtf16(line.Groups["text"].Value).Value;
                for (var code = from; code <= to; code++)
                    lines.Add($"<{code.ToString("X" + width, CultureInfo.InvariantCulture)}> " +
                        $"<{Utf16(meant(new Rune(first + code - from)))}>\n");
            }
        }
        var sections = lines.Chunk(100).Select(c => $"{c.Length} beginbfchar\n{string.Concat(c)}endbfchar\n");
        var (begin, end) = (Section().Match(map).Index, map.LastIndexOf("endcmap", StringComparison.Ordinal));
        return map[..begin] + string.Concat(sections) + map[end..];
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static Rune FromUtf16(string hex) =>
        Encoding.BigEndianUnicode.GetString(Convert.FromHexString(hex)).EnumerateRunes().First();

    private static string Utf16(Rune rune) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()));

    private static string Inflate(byte[] data)
    {
        using var stream = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static byte[] Deflate(string content)
    {
        var data = new MemoryStream();
        using (var stream = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
            stream.Write(Encoding.Latin1.GetBytes(content));
        return data.ToArray();
    }

    [GeneratedRegex(@"startxref\n(?<at>\d+)")]
    private static partial Regex StartXref();

    [GeneratedRegex(@"^(?<at>\d{10}) 00000 n", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"<</Filter /FlateDecode\n/Length \d+>> stream\n(?<data>.*)\nendstream\nendobj\n$",
        RegexOptions.Singleline)]
    private static partial Regex FlateStream();

    [GeneratedRegex(@"\d+ beginbf(char|range)\n(?<lines>.*?)endbf\1\n", RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^<(?<from>[0-9A-F]+)>( <(?<to>[0-9A-F]+)>)? <(?<text>[0-9A-F]+)>$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
