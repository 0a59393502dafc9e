using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Zhida.Casework.Paper.Setting;

/// <summary>A character in a face: its glyph there, and how wide it is in thousandths of its size.</summary>
internal readonly record struct PlacedGlyph(SKTypeface Face, ushort Id, int Advance);

/// <summary>The faces that papers are set in: one with Chinese, its bold, and any other of the system for characters
/// that it lacks. Safe for threads; to be kept, since opening faces takes a while.</summary>
internal sealed class PaperFonts
{
    /// <summary>What a face must hold to count as Chinese.</summary>
    private const string Probe = "受理通知书决定追回示范细则，。“”（）—…";

    private readonly SKTypeface _regular;
    private readonly SKTypeface _bold;
    private readonly ConcurrentDictionary<(Rune, bool), PlacedGlyph> _glyphs = new();

    private PaperFonts(SKTypeface regular, SKTypeface bold) => (_regular, _bold) = (regular, bold);

    public string Family => _regular.FamilyName;

    /// <summary>Families in the order in which they are taken.</summary>
    private static IEnumerable<string> Families =>
    [
        "Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Sans CJK SC", "Source Han Sans SC",
        "Source Han Sans CN", "FangSong_GB2312", "FangSong", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
        "AR PL UMing CN",
    ];

    /// <summary>Fonts of a folder, or of the system where none is named; null: none holds Chinese characters.</summary>
    public static PaperFonts? Find(string? folder)
    {
        var (regular, bold) = folder is null ? OfSystem() : OfFolder(folder);
        return regular is null ? null : new PaperFonts(regular, bold ?? regular);
    }

    /// <summary>The character in the face of choice, or in any other of the system; glyph 0 of the first: no face has
    /// it.</summary>
    public PlacedGlyph Glyph(Rune character, bool bold) => _glyphs.GetOrAdd((character, bold), Look);

    /// <summary>In hundredths of a point.</summary>
    public int Advance(Rune character, TextStyle style) => Glyph(character, style.Bold).Advance * style.Size / 1000;

    /// <summary>A font for drawing: without hinting, so that it is the same at every scale.</summary>
    public static SKFont Sized(SKTypeface face, int size) =>
        new(face, size) { Subpixel = true, Hinting = SKFontHinting.None };

    private PlacedGlyph Look((Rune Character, bool Bold) key)
    {
        var face = key.Bold ? _bold : _regular;
        if (!face.ContainsGlyph(key.Character.Value))
            face = SKFontManager.Default.MatchCharacter(null, key.Character.Value) ?? face;
        using var font = Sized(face, 1000);
        ushort[] glyph = [font.GetGlyph(key.Character.Value)];
        var width = font.GetGlyphWidths(glyph)[0];
        return new PlacedGlyph(face, glyph[0], Convert.ToInt32(width, CultureInfo.InvariantCulture));
    }

    private static (SKTypeface? Regular, SKTypeface? Bold) OfSystem()
    {
        var fonts = SKFontManager.Default;
        foreach (var family in Families)
            if (fonts.MatchFamily(family) is { } face && face.FamilyName == family && IsChinese(face))
                return (face, fonts.MatchFamily(family, SKFontStyle.Bold));
        var other = fonts.MatchCharacter(null, Probe[0]);
        return other is not null && IsChinese(other) ? (other, null) : (null, null);
    }

    private static (SKTypeface? Regular, SKTypeface? Bold) OfFolder(string folder)
    {
        var order = Families.ToList();
        var faces = Directory.Exists(folder) ? Faces(folder).Where(IsChinese).ToList() : [];
        var regular = faces.Where(f => f.FontWeight < 600)
            .OrderBy(f => order.IndexOf(f.FamilyName) is var at and >= 0 ? at : order.Count).FirstOrDefault();
        return (regular, faces.Find(f => f.FamilyName == regular?.FamilyName && f.FontWeight >= 600));
    }

    private static IEnumerable<SKTypeface> Faces(string folder)
    {
        string[] endings = [".ttf", ".otf", ".ttc"];
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => endings.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal);
        foreach (var file in files)
            for (var index = 0; SKTypeface.FromFile(file, index) is { } face; index++)
                yield return face;
    }

    private static bool IsChinese(SKTypeface face) => face.ContainsGlyphs(Probe);
}
