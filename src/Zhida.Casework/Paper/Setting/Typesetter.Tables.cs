namespace Zhida.Casework.Paper.Setting;

internal sealed partial class Typesetter
{
    private const int PaddingX = 400;
    private const int PaddingY = 260;
    private const int CellLine = 1450;
    private const int Hair = 50;
    private const uint Shade = 0xFFF0F0F0;

    private static readonly TextStyle Cell = new(1050);
    private static readonly TextStyle Head = new(1050, Bold: true);

    /// <summary>Where the columns of a table lie and how their cells are set.</summary>
    private sealed record Grid(IReadOnlyList<Column> Columns, IReadOnlyList<int> Edges)
    {
        public int WidthOf(int column) => Edges[column + 1] - Edges[column];
    }

    /// <summary>The lines of each cell of a row.</summary>
    private sealed record SetRow(IReadOnlyList<IReadOnlyList<BrokenLine>> Cells)
    {
        public int Lines => Cells.Max(c => c.Count);

        public int Height => Lines * CellLine + 2 * PaddingY;

        /// <summary>Some lines of every cell.</summary>
        public SetRow Slice(int from, int count) => new([.. Cells.Select(c => c.Skip(from).Take(count).ToList())]);
    }

    private void Place(Table table, int keep)
    {
        var grid = GridOf(table.Columns);
        var head = table.Columns.Any(c => c.Head.Length > 0)
            ? SetCells(grid, [.. table.Columns.Select(c => c.Head)], Head) : null;
        _y += 2 * PaddingY;
        var rows = table.Rows.Select(r => SetCells(grid, r, Cell)).ToList();
        // The head is not left alone below.
        Room((head?.Height ?? 0) + (rows.Count == 0 ? 0 : Math.Min(rows[0].Height, Least)));
        if (head is not null) Draw(grid, head, Head, Shade);
        for (var i = 0; i < rows.Count; i++) Place(grid, head, rows[i], i == rows.Count - 1 ? keep : 0);
        _y += 2 * PaddingY;
    }

    /// <summary>What a row needs at least so that it may begin on a page: two lines.</summary>
    private static int Least => 2 * CellLine + 2 * PaddingY;

    /// <summary>A row that does not fit goes to the next page below the repeated head; a tall one is broken between its
    /// lines.</summary>
    private void Place(Grid grid, SetRow? head, SetRow row, int keep)
    {
        for (var from = 0; from < row.Lines;)
        {
            var rest = row.Slice(from, row.Lines - from);
            var left = Sheet.Bottom - _y;
            if (rest.Height + keep > left && (rest.Height <= (Sheet.Bottom - Sheet.Top) / 3 || left < Least))
            {
                NewPage();
                if (head is not null) Draw(grid, head, Head, Shade);
                left = Sheet.Bottom - _y;
            }
            var count = Math.Max(1, Math.Min(rest.Lines, (left - 2 * PaddingY) / CellLine));
            Draw(grid, rest.Slice(0, count), Cell, null);
            from += count;
        }
    }

    private void Draw(Grid grid, SetRow row, TextStyle style, uint? shade)
    {
        var (left, right) = (grid.Edges[0], grid.Edges[^1]);
        if (shade is { } colour) Add(new BoxMark(left, _y, right - left, row.Height, colour));
        for (var column = 0; column < grid.Columns.Count; column++)
        {
            var lines = row.Cells[column];
            var alignment = style == Head ? Alignment.Centre : grid.Columns[column].Alignment;
            var y = _y + PaddingY + (row.Lines - lines.Count) * CellLine / 2;
            foreach (var line in lines)
            {
                var free = grid.WidthOf(column) - 2 * PaddingX - line.Width;
                var shift = alignment switch { Alignment.Left => 0, Alignment.Centre => free / 2, _ => free };
                Write(line, grid.Edges[column] + PaddingX + shift, y, CellLine, style);
                y += CellLine;
            }
        }
        Add(new BoxMark(left, _y, right - left + Hair, Hair, 0xFF000000));
        Add(new BoxMark(left, _y + row.Height, right - left + Hair, Hair, 0xFF000000));
        foreach (var edge in grid.Edges) Add(new BoxMark(edge, _y, Hair, row.Height, 0xFF000000));
        _y += row.Height;
    }

    private SetRow SetCells(Grid grid, IReadOnlyList<string> cells, TextStyle style)
    {
        if (cells.Count != grid.Columns.Count)
            throw new ArgumentException($"a row of {cells.Count} cells in a table of {grid.Columns.Count} columns");
        return new SetRow([.. cells.Select((text, i) => text.Split('\n')
            .SelectMany(part => Broken(part, grid.WidthOf(i) - 2 * PaddingX, style)).ToList())]);
    }

    private static Grid GridOf(IReadOnlyList<Column> columns)
    {
        var shares = columns.Sum(c => c.Share);
        var edges = new List<int> { Sheet.Left };
        var sum = 0;
        foreach (var column in columns)
        {
            sum += column.Share;
            edges.Add(Sheet.Left + (Sheet.BodyWidth - Hair) * sum / shares);
        }
        return new Grid(columns, edges);
    }
}
