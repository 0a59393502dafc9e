using System.Text;
using SkiaSharp;
using Zhida.Casework.Cases;
using Zhida.Casework.Paper.Setting;

namespace Zhida.Casework.Paper;

/// <summary>A paper that is written; its digest and address are what the QR code holds.</summary>
public sealed record Printed(int Pages, string Digest, string Address);

/// <summary>Prints papers as PDF: A4, real text, faces subset, the same bytes for the same paper and fonts. Safe for
/// threads; to be kept, since it finds the fonts once.</summary>
public sealed class PaperPress
{
    private const string Illustration = "示范细则，非官方";

    private static readonly Problem NoFont = new("font", "没有含中文的字体，不能打印文书",
        "安装 Debian 软件包 fonts-noto-cjk（apt-get install fonts-noto-cjk），或者在配置里写明放字体文件的文件夹");

    private readonly string _base;
    private readonly Lazy<PaperFonts?> _fonts;

    /// <param name="checkAddress">Where papers are checked, without /verify.</param>
    /// <param name="fontFolder">A folder of font files; null: the fonts of the system.</param>
    public PaperPress(Uri checkAddress, string? fontFolder = null)
    {
        _base = checkAddress.AbsoluteUri.TrimEnd('/');
        _fonts = new Lazy<PaperFonts?>(() => PaperFonts.Find(fontFolder));
    }

    /// <summary>The address that shows whether a paper is as it is stored.</summary>
    public string AddressOf(OfficialDocument document) =>
        $"{_base}/verify/{Uri.EscapeDataString(document.Number)}?d={DocumentDigest.Of(document)}";

    /// <summary>Writes the PDF, which is then complete; the stream stays open. With a problem (no Chinese font, a
    /// character that no font has) nothing is written.</summary>
    public Result<Printed> Print(OfficialDocument document, Stream to)
    {
        if (_fonts.Value is not { } fonts) return NoFont;
        var pages = Set(document, fonts);
        var drawn = pages.SelectMany(p => p).OfType<TextMark>()
            .SelectMany(t => t.Characters.Select(c => (c.Character, t.Style.Bold))).Distinct().ToList();
        var absent = drawn.Where(d => fonts.Glyph(d.Character, d.Bold).Id == 0)
            .Select(d => d.Character).Distinct().ToList();
        if (absent.Count > 0)
            return new Problem("font",
                $"字体里没有这些字：{string.Join("、", absent.Select(r => $"{r}（U+{r.Value:X4}）"))}",
                "安装含有它们的字体（如 Debian 软件包 fonts-hanazono），或者把字体文件放进配置的文件夹");
        to.Write(PdfText.Finish(Pdf(document, pages, fonts), Meant(drawn, fonts)));
        return new Printed(pages.Count, DocumentDigest.Of(document), AddressOf(document));
    }

    /// <summary>The pages with what stands on each of them beside the body.</summary>
    internal List<List<Mark>> Set(OfficialDocument document, PaperFonts fonts)
    {
        var (digest, address) = (DocumentDigest.Of(document), AddressOf(document));
        List<Note> notes =
        [
            new($"核验：扫描首页二维码，或者访问下面的地址，可核对本文书与存档记录是否一致。核验码：{digest}。"), new(address),
        ];
        if (document.Illustrative)
            notes.Add(new($"“{Illustration}”：本文书依据的细则是示范，不是任何机关的规定，不产生法律效力。"));
        var pages = Typesetter.Set(document.Blocks(notes), fonts);
        var frame = new PageFrame(
            document.Number, document.Illustrative ? Illustration : null, QrCode.Of(address), fonts);
        for (var i = 0; i < pages.Count; i++) frame.Put(pages[i], i + 1, pages.Count);
        return pages;
    }

    private static byte[] Pdf(OfficialDocument document, List<List<Mark>> pages, PaperFonts fonts)
    {
        // The day of the paper, not of the printing: printed again, it is the same file.
        var signed = document.Date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var metadata = new SKDocumentPdfMetadata
        {
            Title = $"{document.Title}（{document.Number}）", Author = document.Department, Subject = document.Title,
            Creator = "Zhida", Creation = signed, Modified = signed,
            RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
            EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
        };
        using var bytes = new MemoryStream();
        using (var pdf = SKDocument.CreatePdf(bytes, metadata))
        {
            var painter = new Painter(fonts);
            foreach (var page in pages)
            {
                var canvas = pdf.BeginPage(Convert.ToSingle(Sheet.Width / 100m), Convert.ToSingle(Sheet.Height / 100m));
                painter.Paint(page, canvas);
                pdf.EndPage();
            }
            pdf.Close();
        }
        return bytes.ToArray();
    }

    /// <summary>For a character that shares its glyph with one that was drawn: the one that was drawn.</summary>
    private static Func<Rune, Rune> Meant(List<(Rune Character, bool Bold)> drawn, PaperFonts fonts)
    {
        var characters = drawn.Select(d => d.Character).ToHashSet();
        var byGlyph = drawn.DistinctBy(d => Key(fonts.Glyph(d.Character, d.Bold)))
            .ToDictionary(d => Key(fonts.Glyph(d.Character, d.Bold)), d => d.Character);
        return said => characters.Contains(said) ? said
            : byGlyph.TryGetValue(Key(fonts.Glyph(said, false)), out var regular) ? regular
            : byGlyph.GetValueOrDefault(Key(fonts.Glyph(said, true)), said);

        static (SKTypeface, ushort) Key(PlacedGlyph glyph) => (glyph.Face, glyph.Id);
    }
}
