using Zhida.Feel;

namespace Zhida.Policy.Loading;

/// <summary>A table with known columns, read by their names.</summary>
internal sealed class TableView
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private TableView(TablePart table) => Table = table;

    public TablePart Table { get; }

    public IEnumerable<TableRow> Rows => Table.Rows.Select(r => new TableRow(this, r));

    /// <summary>Reports columns that the form doesn't know (or that stand twice) and required ones that are absent;
    /// reads on with the others.</summary>
    public static TableView Open(
        TablePart table, Report report, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        var view = new TableView(table);
        string[] known = [.. required, .. optional];
        for (var i = 0; i < table.Header.Count; i++)
        {
            var name = table.Header[i].Text;
            if (!known.Contains(name))
                report.Error("form.column", table.Header[i], $"不认识的列“{name}”",
                    Nearest.Mend(name, known) ?? $"可用的列：{string.Join("、", known)}");
            else if (!view._columns.TryAdd(name, i))
                report.Error("form.column", table.Header[i], $"列“{name}”写了两次", "只留一列");
        }
        foreach (var name in required)
            if (!view._columns.ContainsKey(name))
                report.Error("form.column", table.Passage, $"表里缺少“{name}”一列", $"表头加上 {name}");
        return view;
    }

    public int IndexOf(string column) => _columns.GetValueOrDefault(column, -1);
}

/// <summary>A row of a table with known columns.</summary>
internal readonly record struct TableRow(TableView View, TableLine Line)
{
    /// <summary>The cell of a column; empty, at the end of the row, where the table has no such column.</summary>
    public Passage this[string column] => View.IndexOf(column) is >= 0 and var i && i < Line.Cells.Count
        ? Line.Cells[i] : Line.Passage.From(Line.Passage.Length);
}
