using System.Text;

namespace Zhida.Casework.Paper.Setting;

/// <summary>Lays blocks on pages from top to bottom. It knows kinds of blocks, not kinds of papers.</summary>
internal sealed partial class Typesetter(PaperFonts fonts)
{
    private const uint Red = 0xFFC8102E;
    private const uint Grey = 0xFF595959;

    private static readonly TextStyle Body = new(1400);
    private static readonly TextStyle Strong = new(1400, Bold: true);
    private static readonly TextStyle Small = new(900, Colour: Grey);

    /// <summary>A line of the body.</summary>
    private const int BodyLine = 2300;

    /// <summary>Signature and small print below it: they take the end of the body with them to a new page.</summary>
    private const int Ending = 14300;

    private readonly List<List<Mark>> _pages = [[]];
    private int _y = Sheet.Top;

    /// <summary>Pages as marks, the first first.</summary>
    public static List<List<Mark>> Set(IReadOnlyList<Block> blocks, PaperFonts fonts)
    {
        var setter = new Typesetter(fonts);
        for (var i = 0; i < blocks.Count; i++)
            setter.Place(blocks[i], i + 1 < blocks.Count && blocks[i + 1] is Signature ? Ending : 0);
        return setter._pages;
    }

    /// <param name="keep">What must find room on the page below the end of the block.</param>
    private void Place(Block block, int keep)
    {
        switch (block)
        {
            case Letterhead head:
                Centred(head.Department, new TextStyle(2400, true, Red), 3300);
                Add(new BoxMark(Sheet.Left, _y + 300, Sheet.BodyWidth, 150, Red));
                _y += 1900;
                break;
            case Title title:
                Centred(title.Text, new TextStyle(2200, true), 3600);
                break;
            case Subtitle subtitle:
                Centred(subtitle.Text, new TextStyle(1200), 2200);
                _y += 700;
                break;
            case Heading heading:
                _y += 600;
                // Not alone at the end of a page.
                Room(8000);
                Flow(heading.Text, Strong, BodyLine);
                break;
            case Paragraph paragraph:
                Flow(paragraph.Text, Body, BodyLine, paragraph.Flush ? 0 : 2 * Body.Size, keep);
                break;
            case Note note:
                _y += 500;
                Flow(note.Text, Small, 1400);
                break;
            case Table table:
                Place(table, keep);
                break;
            case Signature signature:
                Place(signature);
                break;
            case PageBreak:
                NewPage();
                break;
            default:
                throw new InvalidOperationException($"no way to lay out a {block.GetType().Name}");
        }
    }

    /// <summary>The day stands four characters from the right; the department is centred over it, or ends there too
    /// where it is wider.</summary>
    private void Place(Signature signature)
    {
        _y += BodyLine;
        Room(2 * BodyLine);
        var (name, day) = (Measured(signature.Department, Body), Measured(Amounts.Date(signature.Date), Body));
        var end = Sheet.Right - 4 * Body.Size;
        var middle = end - Math.Max(name.Width, day.Width) / 2;
        foreach (var text in (BrokenLine[])[name, day])
        {
            Write(text, middle - text.Width / 2, _y, BodyLine, Body);
            _y += BodyLine;
        }
        _y += BodyLine / 2;
    }

    private void Centred(string text, TextStyle style, int lineHeight)
    {
        foreach (var line in Broken(text, Sheet.BodyWidth, style))
        {
            Room(lineHeight);
            Write(line, Sheet.Left + (Sheet.BodyWidth - line.Width) / 2, _y, lineHeight, style);
            _y += lineHeight;
        }
    }

    /// <summary>A paragraph, both ends flush; pages break between its lines, never with one line alone.</summary>
    private void Flow(string text, TextStyle style, int lineHeight, int indent = 0, int keep = 0)
    {
        var lines = Broken(text, Sheet.BodyWidth, style, indent);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var together = i == Math.Max(0, lines.Count - 2) ? (lines.Count - i) * lineHeight + keep
                : i == 0 ? 2 * lineHeight : lineHeight;
            Room(together);
            var slack = line.IsLast ? 0 : Sheet.BodyWidth - indent - line.Width;
            Write(line, Sheet.Left + indent, _y, lineHeight, style, slack);
            _y += lineHeight;
            indent = 0;
        }
    }

    /// <summary>Writes a line into a box of <paramref name="height"/> that begins at <paramref name="top"/>.</summary>
    /// <param name="slack">What is left of the line: spread between characters, never within a word, unless it would
    /// tear the line apart.</param>
    private void Write(BrokenLine line, int x, int top, int height, TextStyle style, int slack = 0)
    {
        var characters = line.Characters;
        var gaps = Enumerable.Range(1, Math.Max(0, characters.Count - 1))
            .Where(i => !LineBreaker.IsWord(characters[i - 1]) || !LineBreaker.IsWord(characters[i])).ToHashSet();
        if (slack > 3 * style.Size) slack = 0;
        var placed = new List<(Rune, int)>(characters.Count);
        var (at, passed) = (x, 0);
        for (var i = 0; i < characters.Count; i++)
        {
            if (gaps.Contains(i)) passed++;
            placed.Add((characters[i], at + (gaps.Count == 0 ? 0 : slack * passed / gaps.Count)));
            at += fonts.Advance(characters[i], style);
        }
        if (placed.Count > 0)
            Add(new TextMark(placed, top + (height - style.Size) / 2 + style.Size * 88 / 100, style));
    }

    private List<BrokenLine> Broken(string text, int width, TextStyle style, int indent = 0) =>
        LineBreaker.Break(text, width, c => fonts.Advance(c, style), indent);

    private BrokenLine Measured(string text, TextStyle style) => Broken(text, int.MaxValue / 2, style)[0];

    private void Add(Mark mark) => _pages[^1].Add(mark);

    /// <summary>Goes to a new page unless so much is left of this one.</summary>
    private void Room(int height)
    {
        if (_y + height > Sheet.Bottom) NewPage();
    }

    private void NewPage()
    {
        _pages.Add([]);
        _y = Sheet.Top;
    }
}
