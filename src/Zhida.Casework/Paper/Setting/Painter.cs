using SkiaSharp;

namespace Zhida.Casework.Paper.Setting;

/// <summary>Draws the marks of a page on a canvas whose unit is the point: it is scaled to hundredths, so that the
/// integers of the layout are its numbers.</summary>
internal sealed class Painter(PaperFonts fonts)
{
    public void Paint(IEnumerable<Mark> page, SKCanvas canvas)
    {
        canvas.Save();
        canvas.Scale(Convert.ToSingle(0.01m));
        foreach (var mark in page)
        {
            switch (mark)
            {
                case TextMark text:
                    Paint(text, canvas);
                    break;
                case BoxMark box:
                    using (var paint = Ink(box.Colour))
                        canvas.DrawRect(SKRect.Create(box.X, box.Y, box.Width, box.Height), paint);
                    break;
                case QrMark code:
                    Paint(code, canvas);
                    break;
                case WatermarkMark watermark:
                    Paint(watermark, canvas);
                    break;
                default:
                    throw new InvalidOperationException($"no way to draw a {mark.GetType().Name}");
            }
        }
        canvas.Restore();
    }

    /// <summary>Characters of one face together: a run of glyphs, each at its own place.</summary>
    private void Paint(TextMark text, SKCanvas canvas)
    {
        using var paint = Ink(text.Style.Colour);
        var placed = text.Characters.Select(c => (Glyph: fonts.Glyph(c.Character, text.Style.Bold), c.X)).ToList();
        for (var start = 0; start < placed.Count;)
        {
            var face = placed[start].Glyph.Face;
            var run = placed.Skip(start).TakeWhile(p => p.Glyph.Face == face).ToList();
            using var font = PaperFonts.Sized(face, text.Style.Size);
            using var builder = new SKTextBlobBuilder();
            var buffer = builder.AllocateHorizontalRun(font, run.Count, text.Baseline);
            buffer.SetGlyphs(run.Select(p => p.Glyph.Id).ToArray());
            buffer.SetPositions(run.Select(p => Convert.ToSingle(p.X)).ToArray());
            using var blob = builder.Build();
            canvas.DrawText(blob, 0, 0, paint);
            start += run.Count;
        }
    }

    /// <summary>Dark modules of a row that touch are one rectangle: no hair lines between them.</summary>
    private static void Paint(QrMark mark, SKCanvas canvas)
    {
        using var paint = Ink(0xFF000000);
        // Whole modules on the points of a device would blur; edges stay sharp without smoothing.
        paint.IsAntialias = false;
        int At(int module) => mark.Size / mark.Code.Side * module;
        for (var row = 0; row < mark.Code.Side; row++)
        {
            for (var column = 0; column < mark.Code.Side; column++)
            {
                var end = column;
                while (end < mark.Code.Side && mark.Code[row, end]) end++;
                if (end == column) continue;
                canvas.DrawRect(SKRect.Create(mark.X + At(column), mark.Y + At(row), At(end) - At(column),
                    At(row + 1) - At(row)), paint);
                column = end;
            }
        }
    }

    private void Paint(WatermarkMark mark, SKCanvas canvas)
    {
        var face = fonts.Glyph(mark.Text.EnumerateRunes().First(), bold: true).Face;
        using var font = PaperFonts.Sized(face, mark.Size);
        using var path = font.GetTextPath(mark.Text, new SKPoint());
        using var paint = Ink(mark.Colour);
        canvas.Save();
        canvas.Translate(Sheet.Width / 2, Sheet.Height / 2);
        canvas.RotateDegrees(-35);
        canvas.Translate(-path.Bounds.MidX, -path.Bounds.MidY);
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    private static SKPaint Ink(uint colour) => new() { Color = new SKColor(colour), IsAntialias = true };
}
