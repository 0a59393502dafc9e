using System.Text;

namespace Zhida.Casework.Paper.Setting;

/// <summary>Size in hundredths of a point; colour as ARGB.</summary>
internal readonly record struct TextStyle(int Size, bool Bold = false, uint Colour = 0xFF000000);

/// <summary>Something on a page. All lengths are integers in hundredths of a point, from the upper left corner: layout
/// has no rounding that depends on the machine.</summary>
internal abstract record Mark;

/// <summary>A run of text: each character with its own place, on one base line.</summary>
internal sealed record TextMark(
    IReadOnlyList<(Rune Character, int X)> Characters, int Baseline, TextStyle Style) : Mark;

/// <summary>A filled rectangle; a line is a thin one.</summary>
internal sealed record BoxMark(int X, int Y, int Width, int Height, uint Colour) : Mark;

/// <summary>A sign in large pale letters across the page; not text that could be taken for the body.</summary>
internal sealed record WatermarkMark(string Text, int Size, uint Colour) : Mark;

/// <summary>A QR code: dark modules of a square.</summary>
internal sealed record QrMark(QrCode Code, int X, int Y, int Size) : Mark;

/// <summary>A4 in whole points, as Skia writes it, and the type area of official papers (GB/T 9704: 156 mm × 225
/// mm).</summary>
internal static class Sheet
{
    public const int Width = 59500;
    public const int Height = 84200;
    public const int Left = 7937;
    public const int Right = Left + BodyWidth;
    public const int BodyWidth = 44220;
    public const int Top = 10488;
    public const int Bottom = Top + 63780;
}
