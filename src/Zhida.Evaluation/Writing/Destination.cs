using Npgsql;

namespace Zhida.Evaluation.Writing;

/// <summary>What kind of table results are written to.</summary>
public enum ResultFormat
{
    Parquet,
    Csv,
    Xlsx,
    PostgreSql,
}

/// <summary>Where results go: a file by its ending, or a table of PostgreSQL. Other files of the run lie beside
/// <see cref="Path"/>.</summary>
/// <param name="Path">The file; for PostgreSQL the name of the table, in the current folder.</param>
/// <param name="Connection">For PostgreSQL: what Npgsql connects with.</param>
/// <param name="Table">For PostgreSQL.</param>
public sealed record Destination(ResultFormat Format, string Path, string? Connection = null, string? Table = null)
{
    private const int LongestName = 63 - 7;

    /// <summary>What people call it: without a password.</summary>
    public string Name => Format == ResultFormat.PostgreSql ? $"PostgreSQL 表 {Table}" : Path;

    public string CountsPath => Path + ".counts.csv";

    /// <summary>Reads the value of --out.</summary>
    public static (Destination? Destination, Refusal? Problem) Parse(string text)
    {
        if (text.StartsWith("postgres://", StringComparison.Ordinal) ||
            text.StartsWith("postgresql://", StringComparison.Ordinal)) return OfAddress(text);
        ResultFormat? format = System.IO.Path.GetExtension(text).ToLowerInvariant() switch
        {
            ".parquet" => ResultFormat.Parquet,
            ".csv" => ResultFormat.Csv,
            ".xlsx" => ResultFormat.Xlsx,
            _ => null,
        };
        if (format is not { } known)
            return (null, new Refusal($"--out：不知道“{text}”是什么格式",
                "文件名以 .parquet、.csv 或 .xlsx 结尾，或写 postgres://用户@主机:端口/库?table=表名"));
        if (Directory.Exists(text)) return (null, new Refusal($"--out：{text} 是文件夹", "写一个文件名"));
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(text))!;
        return Directory.Exists(folder) ? (new Destination(known, text), null)
            : (null, new Refusal($"--out：没有文件夹 {folder}", "先建这个文件夹，或换一个地方"));
    }

    private static (Destination?, Refusal?) OfAddress(string text)
    {
        const string form = "写成 postgres://用户:口令@主机:端口/库?table=表名";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0)
            return (null, new Refusal("--out：PostgreSQL 的地址不对", form));
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host, Database = Uri.UnescapeDataString(address.AbsolutePath.Trim('/')),
        };
        if (address.Port > 0) connection.Port = address.Port;
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0) connection.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) connection.Password = Uri.UnescapeDataString(user[1]);
        string? table = null;
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "");
            if (parts[0] == "table") table = value;
            else if (parts[0] == "host") connection.Host = value;
            else return (null, new Refusal($"--out：不认识“{parts[0]}”", form));
        }
        if (table is not { Length: > 0 and <= LongestName } || !table.All(c => char.IsLetterOrDigit(c) || c == '_') ||
            System.Text.Encoding.UTF8.GetByteCount(table) > LongestName)
            return (null, new Refusal("--out：没有写表名，或者表名不合要求",
                $"{form}；表名用字母、汉字、数字和下划线，至多 {LongestName} 字节"));
        return (new Destination(ResultFormat.PostgreSql, table, connection.ConnectionString, table), null);
    }
}

/// <summary>An expected failure: what and where, and the mend.</summary>
public sealed record Refusal(string Message, string? Mend = null);
