namespace Zhida.Evaluation.Population;

/// <summary>The rows of one table in a row group. Its memory is used again for the next.</summary>
internal sealed class TableBuffer
{
    private readonly ColumnBuffer[] _columns;

    public TableBuffer(IEnumerable<ColumnBuffer> columns) => _columns = [.. columns];

    public IReadOnlyList<ColumnBuffer> Columns => _columns;

    public int Rows { get; private set; }

    public void Add(ReadOnlySpan<Cell> row)
    {
        for (var i = 0; i < _columns.Length; i++) _columns[i].Add(row[i]);
        Rows++;
    }

    public void Clear()
    {
        Rows = 0;
        foreach (var column in _columns) column.Clear();
    }
}
