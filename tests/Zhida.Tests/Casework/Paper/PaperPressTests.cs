using System.Text;
using QRCoder;
using SkiaSharp;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using Xunit;
using Zhida.Casework.Paper;
using Zhida.Casework.Paper.Setting;

namespace Zhida.Tests.Casework.Paper;

/// <summary>What comes out of the press, read back by PdfPig.</summary>
public sealed class PaperPressTests
{
    private static readonly PaperPress Press = new(new Uri("https://zhida.example/"));
    private static readonly Lazy<PaperFonts?> Fonts = new(() => PaperFonts.Find(null));

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, SamplePapers.All.Count)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_text_can_be_read_back_in_the_order_of_the_blocks(int kind)
    {
        var document = SamplePapers.All[kind];
        var text = Text(Printed(document).Bytes);

        var at = 0;
        foreach (var expected in document.Blocks().SelectMany(Texts).Select(Squeezed).Where(t => t.Length > 0))
        {
            var found = text.IndexOf(expected, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"not found behind {at}: {expected}");
            at = found;
        }
        Assert.Contains(DocumentDigest.Of(document), text);
        Assert.Equal(document.Illustrative, text.Contains("示范细则，非官方", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_leaves_the_type_area(int kind)
    {
        using var pdf = PdfDocument.Open(Printed(SamplePapers.All[kind]).Bytes);

        foreach (var page in pdf.GetPages())
        {
            Assert.Equal((595, 842), (page.Width, page.Height));
            Assert.All(page.Letters, letter =>
            {
                Assert.InRange(letter.BoundingBox.Left, 79, 522);
                Assert.InRange(letter.BoundingBox.Right, 79, 522);
                Assert.InRange(letter.BoundingBox.Bottom, 45, 800);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_paper_gives_the_same_bytes(int kind) => Assert.Equal(
        Printed(SamplePapers.All[kind]).Bytes,
        Printed(DocumentDigest.Read(DocumentDigest.Write(SamplePapers.All[kind]))).Bytes);

    [Fact]
    public void The_file_says_its_title_author_language_and_day()
    {
        var bytes = Printed(SamplePapers.Grant).Bytes;
        using var pdf = PdfDocument.Open(bytes);

        Assert.Equal("予以支持决定书（LN-ZC-2026-000010）", pdf.Information.Title);
        Assert.Equal("辽宁省示范发展和改革委员会", pdf.Information.Author);
        Assert.StartsWith("D:20261125", pdf.Information.CreationDate);
        Assert.Contains("/Lang (zh-CN)", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_entry_of_the_cross_reference_leads_to_its_object(int kind)
    {
        var pdf = Encoding.Latin1.GetString(Printed(SamplePapers.All[kind]).Bytes);
        var start = int.Parse(pdf[(pdf.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0]);
        var lines = pdf[start..].Split('\n');

        Assert.Equal("xref", lines[0]);
        var count = int.Parse(lines[1].Split(' ')[1]);
        Assert.True(count > 10);
        Assert.StartsWith("trailer", lines[count + 2]);
        for (var i = 1; i < count; i++)
        {
            Assert.Equal(19, lines[i + 2].Length);
            Assert.StartsWith($"{i} 0 obj\n", pdf[int.Parse(lines[i + 2][..10])..]);
        }
    }

    [Fact]
    public void Every_page_of_a_list_repeats_the_head_and_counts_itself()
    {
        var (printed, bytes) = Printed(SamplePapers.List(400));
        using var pdf = PdfDocument.Open(bytes);

        Assert.True(printed.Pages > 5);
        Assert.Equal(printed.Pages, pdf.NumberOfPages);
        var pages = pdf.GetPages().Select(p => Squeezed(p.Text)).ToList();
        // The last page may hold only what follows the table.
        Assert.All(pages[..^1], p => Assert.Contains("序号名称统一社会信用代码支持对象拟支持金额", p));
        for (var i = 0; i < pages.Count; i++) Assert.EndsWith($"第{i + 1}页共{pages.Count}页", pages[i]);
        var all = string.Concat(pages);
        Assert.All(Enumerable.Range(1, 400), i => Assert.Contains($"第{i}号", all));
        Assert.Contains("公示期：2026年11月25日至2026年12月1日（5个工作日）", all);
        Assert.Contains("802,000,802.00元", all);
    }

    [Fact]
    public void The_worksheet_of_the_decision_is_on_the_paper()
    {
        var text = Text(Printed(SamplePapers.Grant).Bytes);

        Assert.Contains("1,200,000.00元（大写：人民币壹佰贰拾万元整）", text);
        Assert.Contains(Squeezed("6000万元 × 1.5%/年 × 356天 ÷ 365天/年"), text);
        Assert.Contains("877808.22元", text);
        Assert.Contains("按照贷款本金年化利率1.5%给予贴息支持", text);
        Assert.Contains("5,000,000.00元3,800,000.00元1,200,000.00元", text);
        Assert.Contains(SamplePapers.Findings.Bundle, text);
        Assert.Contains("判定日2026年6月30日", text);
        Assert.Contains("申请复核", text);
    }

    [Fact]
    public void A_folder_without_chinese_fonts_is_said_with_the_package_to_install()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "broken.ttf"), [1, 2, 3]);
        var to = new MemoryStream();

        var result = new PaperPress(new Uri("https://zhida.example"), folder.Path).Print(SamplePapers.Recall, to);

        Assert.Contains("fonts-noto-cjk", Assert.Single(result.Problems).Mend);
        Assert.Equal(0, to.Length);
    }

    [Fact]
    public void A_character_that_no_font_has_is_named()
    {
        Chinese();
        var to = new MemoryStream();
        // The last plane for private use: no font draws it.
        var paper = SamplePapers.Recall with { Recipient = new Party("某\U0010FFFD公司", null) };

        var result = Press.Print(paper, to);

        Assert.Contains("U+10FFFD", Assert.Single(result.Problems).Message);
        Assert.Equal(0, to.Length);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Drawn_on_a_bitmap_the_margins_stay_white(int kind)
    {
        var (document, fonts) = (SamplePapers.All[kind] with { Illustrative = false }, Chinese());
        var pages = Press.Set(document, fonts);
        for (var i = 0; i < pages.Count; i++)
        {
            using var picture = Picture(pages[i], fonts, 1);
            for (var y = 0; y < picture.Height; y++)
                foreach (var x in (int[])[0, 40, 77, 524, 560, picture.Width - 1])
                    Assert.Equal(SKColors.White, picture.GetPixel(x, y));
            Assert.Contains(picture.Pixels, p => p.Red < 60 && p.Green < 60);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_modules_on_the_first_page_are_those_of_the_address(int kind)
    {
        const int scale = 4;
        var (document, fonts) = (SamplePapers.All[kind], Chinese());
        var page = Press.Set(document, fonts)[0];
        var code = Assert.Single(page.OfType<QrMark>());
        using var picture = Picture(page, fonts, scale);
        using var expected = QRCodeGenerator.GenerateQrCode(
            $"https://zhida.example/verify/{document.Number}?d={DocumentDigest.Of(document)}",
            QRCodeGenerator.ECCLevel.M);

        // QRCoder's four modules of quiet zone are part of its matrix, and must be white on the page.
        var module = code.Size / (expected.ModuleMatrix.Count - 8);
        for (var row = 0; row < expected.ModuleMatrix.Count; row++)
            for (var column = 0; column < expected.ModuleMatrix.Count; column++)
            {
                var x = code.X + (column - 4) * module + module / 2;
                var y = code.Y + (row - 4) * module + module / 2;
                var isDark = picture.GetPixel(x * scale / 100, y * scale / 100).Red < 128;
                Assert.Equal(expected.ModuleMatrix[row][column], isDark);
            }
    }

    [Fact]
    public void Pictures_of_all_kinds_are_kept_to_be_looked_at()
    {
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts/papers")).FullName;
        foreach (var document in SamplePapers.All)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{document.Title}.pdf"), Printed(document).Bytes);
            var pages = Press.Set(document, Chinese());
            for (var i = 0; i < Math.Min(3, pages.Count); i++)
            {
                using var picture = Picture(pages[i], Chinese(), 2);
                using var file = File.Create(Path.Combine(folder, $"{document.Title}-{i + 1}.png"));
                Assert.True(picture.Encode(file, SKEncodedImageFormat.Png, 100));
            }
        }
    }

    /// <summary>A page drawn with so many pixels a point.</summary>
    private static SKBitmap Picture(List<Mark> page, PaperFonts fonts, int scale)
    {
        var bitmap = new SKBitmap(596 * scale, 842 * scale);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale(scale);
        new Painter(fonts).Paint(page, canvas);
        return bitmap;
    }

    private static (Printed Result, byte[] Bytes) Printed(OfficialDocument document)
    {
        Chinese();
        var to = new MemoryStream();
        var result = Press.Print(document, to);
        Assert.Empty(result.Problems);
        return (result.Value!, to.ToArray());
    }

    private static PaperFonts Chinese()
    {
        if (Fonts.Value is null) Assert.Skip("needs Debian's fonts-noto-cjk");
        return Fonts.Value!;
    }

    /// <summary>The body of all pages without spaces; what stands around it is cut off.</summary>
    private static string Text(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return Squeezed(string.Concat(document.GetPages().Select(page => string.Concat(page.Letters
            .Where(l => l.BoundingBox.Bottom is > 97 and < 740).Select(l => l.Value))).Append(
            string.Concat(document.GetPage(1).Letters.Where(l => l.BoundingBox.Bottom >= 740).Select(l => l.Value)))));
    }

    private static string Squeezed(string text) => string.Concat(text.Where(c => c is not (' ' or '　' or '\n')));

    /// <summary>What a block says, piece by piece. Cells that lie side by side are set one behind the other.</summary>
    private static IEnumerable<string> Texts(Block block) => block switch
    {
        Letterhead b => [b.Department],
        Title b => [b.Text],
        Subtitle b => [b.Text],
        Heading b => [b.Text],
        Paragraph b => [b.Text],
        Note b => [b.Text],
        Signature b => [b.Department, Amounts.Date(b.Date)],
        Table b => b.Rows.Select(r => r[0]),
        _ => [],
    };
}
