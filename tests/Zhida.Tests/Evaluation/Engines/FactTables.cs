using System.Globalization;
using DuckDB.NET.Data;
using Zhida.Policy.Program;
using Zhida.Policy.Sql;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Evaluation.Engines;

/// <summary>A chunk as tables of DuckDB, under their names in the layout.</summary>
internal static class FactTables
{
    public static SqlSource Write(DuckDBConnection to, Dictionary dictionary, Chunk chunk)
    {
        foreach (var layout in TableLayout.Of(dictionary))
        {
            var columns = string.Join(", ", layout.Columns.Select(c => $"\"{c.Name}\" {TypeOf(c)}"));
            Run(to, $"CREATE TABLE \"{layout.Name}\" ({columns})");
            var rows = layout.Yearly ? Years(layout, chunk) : Objects(layout, chunk, dictionary);
            Insert(to, layout.Name, rows);
        }
        Run(to, "CREATE TABLE 已得 (主体 VARCHAR, 事项 VARCHAR, 范围 VARCHAR, 对象 VARCHAR, 期 VARCHAR, 金额 DECIMAL(18,2))");
        Insert(to, TableLayout.Grants, Grants(chunk));
        return SqlSource.Of(dictionary);
    }

    private static void Insert(DuckDBConnection to, string table, IEnumerable<string> rows)
    {
        foreach (var some in rows.Chunk(500))
            Run(to, $"INSERT INTO \"{table}\" VALUES {string.Join(",\n", some)}");
    }

    private static void Run(DuckDBConnection to, string sql)
    {
        using var command = to.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string TypeOf(ColumnLayout column) => column switch
    {
        { Role: ColumnRole.Year } => "INTEGER",
        { Role: not ColumnRole.Fact } => "VARCHAR",
        { Fact.Kind: FactKind.Boolean } => "BOOLEAN",
        { Fact.Kind: FactKind.Date } => "DATE",
        { Fact.Kind: FactKind.Integer } => "BIGINT",
        { Fact: { Type: Zhida.Feel.Types.NumberType } fact } => $"DECIMAL(18,{TableLayout.ScaleOf(fact.Kind)})",
        _ => "VARCHAR",
    };

    private static IEnumerable<string> Objects(TableLayout layout, Chunk chunk, Dictionary dictionary)
    {
        var (table, subjects) = (chunk.Tables[layout.Object], chunk.Subjects);
        for (var row = 0; row < table.Count; row++)
        {
            if (Bits.Get(table.Virtual, row)) continue;
            var subject = table.Subject[row];
            yield return $"({string.Join(", ", layout.Columns.Select(column => column.Role switch
            {
                ColumnRole.Id => Quote(IdOf(table, row)),
                ColumnRole.Subject => Quote(IdOf(subjects, subject)),
                ColumnRole.Reference => Reference(layout, column, table, row, chunk),
                ColumnRole.UnknownObjects => Unknown(chunk, dictionary, row),
                _ => Value(table.Facts.GetValueOrDefault(column.Fact!), column.Fact!, row),
            }))})";
        }
    }

    private static string Reference(TableLayout layout, ColumnLayout column, ObjectTable table, int row, Chunk chunk)
    {
        var index = layout.Object.References.FindIndex(r => r.Target == column.Target);
        var to = table.References[index][row];
        return to < 0 ? "NULL" : Quote(IdOf(chunk.Tables[column.Target!], to));
    }

    private static string Unknown(Chunk chunk, Dictionary dictionary, int subject)
    {
        var unknown = dictionary.Objects.Values.Where(type => type != dictionary.Subject &&
            chunk.Tables[type] is var table && table.First[subject] < table.First[subject + 1] &&
            Bits.Get(table.Virtual, table.First[subject])).Select(t => t.Name).ToList();
        return unknown.Count == 0 ? "NULL" : Quote(string.Join(TableLayout.Separator, unknown));
    }

    private static IEnumerable<string> Years(TableLayout layout, Chunk chunk)
    {
        var owners = chunk.Tables[layout.Object];
        if (owners.Years is not { } years) yield break;
        for (var row = 0; row < years.Count; row++)
        {
            var owner = years.Owner[row];
            yield return $"({string.Join(", ", layout.Columns.Select(column => column.Role switch
            {
                ColumnRole.Subject => Quote(IdOf(chunk.Subjects, owners.Subject[owner])),
                ColumnRole.Owner => Quote(IdOf(owners, owner)),
                ColumnRole.Year => years.Year[row].ToString(CultureInfo.InvariantCulture),
                _ => Value(years.Facts.GetValueOrDefault(column.Fact!), column.Fact!, row),
            }))})";
        }
    }

    private static IEnumerable<string> Grants(Chunk chunk)
    {
        if (chunk.Grants is not { } grants) yield break;
        for (var subject = 0; subject < chunk.Subjects.Count; subject++)
            for (var i = grants.First[subject]; i < grants.First[subject + 1]; i++)
            {
                var g = grants.Grants[i];
                yield return $"({Quote(IdOf(chunk.Subjects, subject))}, {Quote(g.Item)}, {Quote(g.Scope)}, " +
                    $"{Quote(g.Key)}, {Quote(g.Period)}, {g.Amount.ToString(CultureInfo.InvariantCulture)})";
            }
    }

    private static string IdOf(ObjectTable table, int row) => table.Ids.Pool[table.Ids[row]];

    private static string Quote(string? text) => text is null ? "NULL" : $"'{text.Replace("'", "''")}'";

    private static string Value(FactColumn? column, Fact fact, int row)
    {
        if (column is null || !Bits.Get(column.Known, row)) return "NULL";
        return column switch
        {
            NumberColumn numbers => Scaled(numbers.Values[row], TableLayout.ScaleOf(fact.Kind)),
            DateColumn dates => $"DATE '{DateOnly.FromDayNumber(dates.Days[row] + 719162):yyyy-MM-dd}'",
            FlagColumn flags => Bits.Get(flags.Bits, row) ? "TRUE" : "FALSE",
            TextColumn texts when fact.Type is Zhida.Feel.Types.ListType && texts.Pool[texts[row]].Length == 0 =>
                Quote(TableLayout.EmptyList),
            TextColumn texts => Quote(texts.Pool[texts[row]]),
            _ => throw new InvalidOperationException($"{column}"),
        };
    }

    private static string Scaled(long value, int scale)
    {
        var number = (decimal)value;
        for (var i = 0; i < scale; i++) number /= 10;
        return number.ToString(CultureInfo.InvariantCulture);
    }
}
