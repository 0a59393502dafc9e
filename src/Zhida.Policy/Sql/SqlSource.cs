using Zhida.Policy.Tables;

namespace Zhida.Policy.Sql;

/// <summary>A table of facts as the database has it.</summary>
/// <param name="From">How it stands in FROM: a name, or read_parquet('…').</param>
/// <param name="Columns">The columns that it has.</param>
public sealed record SqlTable(string From, IReadOnlySet<string> Columns);

/// <summary>Which tables of facts are there, by their names in the layout, and which columns they have. Numbers
/// stand in them as people read them (元, not 分), as DECIMAL or integers; dates as DATE, 是否 as BOOLEAN.</summary>
public sealed record SqlSource(IReadOnlyDictionary<string, SqlTable> Tables)
{
    /// <summary>All tables of a dictionary under their own names, with all columns.</summary>
    public static SqlSource Of(Program.Dictionary dictionary)
    {
        var tables = TableLayout.Of(dictionary).ToDictionary(t => t.Name, t => new SqlTable(SqlNames.Quote(t.Name),
            t.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal)), StringComparer.Ordinal);
        tables[TableLayout.Grants] = new SqlTable(TableLayout.Grants,
            new HashSet<string>(["主体", "事项", "范围", "对象", "期", "金额"], StringComparer.Ordinal));
        return new SqlSource(tables);
    }

    /// <summary>References are complete: where none stands, it leads nowhere, even if the subject has only one object
    /// that it could lead to.</summary>
    public bool IsLinked { get; init; }

    public bool Has(string table) => Tables.ContainsKey(table);

    public bool Has(string table, string column) => Tables.TryGetValue(table, out var t) && t.Columns.Contains(column);
}
