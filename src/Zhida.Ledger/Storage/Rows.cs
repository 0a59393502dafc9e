namespace Zhida.Ledger.Storage;

/// <summary>A table's rows, written many at once: by one statement over arrays on PostgreSQL, one by one on SQLite,
/// which has no round trips to save.</summary>
internal sealed class Rows<T>
{
    /// <summary>So few are cheaper one by one: the server need not take arrays apart.</summary>
    private const int Few = 4;

    private readonly Column<T>[] _columns;
    private readonly string _one;
    private readonly string _many;

    private Rows(Column<T>[] columns, string one, string many) => (_columns, _one, _many) = (columns, one, many);

    public static Rows<T> Insert(string table, params Column<T>[] columns)
    {
        var into = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))})";
        var parameters = string.Join(", ", columns.Select((_, i) => $"${i + 1}"));
        return new(columns, $"{into} VALUES ({parameters})", $"{into} SELECT * FROM {Unnest(columns)}");
    }

    /// <summary>Changes the rows that the first column names.</summary>
    public static Rows<T> Update(string table, params Column<T>[] columns)
    {
        var key = columns[0].Name;
        var one = columns.Skip(1).Select((c, i) => $"{c.Name} = ${i + 2}");
        var many = columns.Skip(1).Select(c => $"{c.Name} = v.{c.Name}");
        return new(columns, $"UPDATE {table} SET {string.Join(", ", one)} WHERE {key} = $1",
            $"UPDATE {table} SET {string.Join(", ", many)} FROM {Unnest(columns)} " +
            $"AS v({string.Join(", ", columns.Select(c => c.Name))}) WHERE {table}.{key} = v.{key}");
    }

    public void Write(UnitOfWork work, IReadOnlyList<T> rows)
    {
        if (work.Kind == DatabaseKind.PostgreSql && rows.Count > Few)
            work.Write(_many, Array.ConvertAll(_columns, c => (object?)c.ArrayOf(rows)));
        else
            foreach (var row in rows) work.Write(_one, Array.ConvertAll(_columns, c => c.Value(row)));
    }

    private static string Unnest(Column<T>[] columns) =>
        $"unnest({string.Join(", ", columns.Select((c, i) => $"${i + 1}::{c.SqlType}[]"))})";
}

/// <summary>A column of a table and the value that a row has in it.</summary>
internal sealed record Column<T>(string Name, Type Type, Func<T, object?> Value)
{
    public string SqlType => Type == typeof(Guid) || Type == typeof(Guid?) ? "uuid"
        : Type == typeof(long) ? "bigint"
        : Type == typeof(int) ? "integer"
        : "text";

    public Array ArrayOf(IReadOnlyList<T> rows)
    {
        var array = Array.CreateInstance(Type, rows.Count);
        for (var i = 0; i < rows.Count; i++) array.SetValue(Value(rows[i]), i);
        return array;
    }
}
