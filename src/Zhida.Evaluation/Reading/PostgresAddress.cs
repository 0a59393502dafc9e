using Npgsql;

namespace Zhida.Evaluation.Reading;

/// <summary>A PostgreSQL database and the schema in it that holds the tables: written
/// postgres://user@host:port/database or Host=…;Database=…, each perhaps with schema=.</summary>
public sealed record PostgresAddress(string ConnectionString, string Schema)
{
    private const string SchemaKey = "schema";

    /// <summary>Whether a path names a database at all.</summary>
    public static bool Is(string path) => IsAddress(path) || path.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where it can't be read.</summary>
    public static PostgresAddress? Parse(string path)
    {
        try
        {
            var address = IsAddress(path) ? OfAddress(new Uri(path)) : OfPairs(path);
            return new NpgsqlConnectionStringBuilder(address.ConnectionString).Host is { Length: > 0 } ? address : null;
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A table with its schema, quoted.</summary>
    public string Quoted(string table) => $"{Quote(Schema)}.{Quote(table)}";

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    private static bool IsAddress(string path) => path.StartsWith("postgres://", StringComparison.Ordinal) ||
                                                  path.StartsWith("postgresql://", StringComparison.Ordinal);

    private static PostgresAddress OfAddress(Uri uri)
    {
        var pairs = new NpgsqlConnectionStringBuilder { Host = uri.Host };
        if (uri.Port > 0) pairs.Port = uri.Port;
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0) pairs.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) pairs.Password = Uri.UnescapeDataString(user[1]);
        if (uri.AbsolutePath.Length > 1) pairs.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        var schema = "public";
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            var value = Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : "");
            if (pair[0] == SchemaKey) schema = value;
            // A folder of sockets is no host name, so it stands behind the question mark.
            else pairs[pair[0]] = value;
        }
        return new PostgresAddress(pairs.ConnectionString, schema);
    }

    private static PostgresAddress OfPairs(string path)
    {
        var raw = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = path };
        var schema = raw.TryGetValue(SchemaKey, out var given) ? (string)given : "public";
        raw.Remove(SchemaKey);
        return new PostgresAddress(new NpgsqlConnectionStringBuilder(raw.ConnectionString).ConnectionString, schema);
    }
}
