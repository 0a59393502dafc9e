namespace Zhida.Casework.Paper.Setting;

/// <summary>What stands on every page around the body: number and page below, the mark of illustrative rules, and on
/// the first page the QR code.</summary>
internal sealed class PageFrame(string number, string? mark, QrCode code, PaperFonts fonts)
{
    private const int QrSize = 6200;
    private const uint Red = 0xFFC8102E;

    private static readonly TextStyle Small = new(900, Colour: 0xFF595959);

    /// <summary>Adds to a page; <paramref name="at"/> counts from 1.</summary>
    public void Put(List<Mark> page, int at, int pages)
    {
        // Below the body, in the order of drawing.
        if (mark is not null) page.Insert(0, new WatermarkMark(mark, 6000, 0x14000000));
        if (mark is not null)
        {
            var style = new TextStyle(1100, Bold: true, Red);
            var width = Width(mark, style) + 1200;
            Frame(page, Sheet.Left, 5200, width, 2200);
            Write(page, mark, Sheet.Left + 600, 6700, style);
        }
        if (at == 1)
        {
            page.Add(new QrMark(code, Sheet.Right - QrSize, 2200, QrSize));
            Write(page, "扫码核验", Sheet.Right - (QrSize + Width("扫码核验", Small)) / 2, 10000, Small);
        }
        const int foot = Sheet.Bottom + 4200;
        Write(page, number, Sheet.Left, foot, Small);
        var count = $"第{at}页　共{pages}页";
        Write(page, count, Sheet.Right - Width(count, Small), foot, Small);
    }

    private static void Frame(List<Mark> page, int x, int y, int width, int height)
    {
        const int line = 100;
        page.Add(new BoxMark(x, y, width, line, Red));
        page.Add(new BoxMark(x, y + height - line, width, line, Red));
        page.Add(new BoxMark(x, y, line, height, Red));
        page.Add(new BoxMark(x + width - line, y, line, height, Red));
    }

    private int Width(string text, TextStyle style) => text.EnumerateRunes().Sum(r => fonts.Advance(r, style));

    private void Write(List<Mark> page, string text, int x, int baseline, TextStyle style)
    {
        var placed = new List<(System.Text.Rune, int)>();
        foreach (var rune in text.EnumerateRunes())
        {
            placed.Add((rune, x));
            x += fonts.Advance(rune, style);
        }
        page.Add(new TextMark(placed, baseline, style));
    }
}
