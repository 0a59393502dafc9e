using Npgsql;

namespace Zhida.Ledger.Storage;

/// <summary>The address of a PostgreSQL database, as people write it.</summary>
internal static class ServerAddress
{
    /// <summary>For Npgsql; null: it is no server's, but a file.</summary>
    /// <exception cref="FormatException">It looks like one and is none.</exception>
    public static string? Read(string address)
    {
        if (address.StartsWith("postgres://", StringComparison.Ordinal) ||
            address.StartsWith("postgresql://", StringComparison.Ordinal)) return OfUri(address);
        // A file's path may hold = too; a server's string names its host first or last.
        var names = address.Split(';').Select(part => part.Split('=')[0].Trim());
        if (!address.Contains('=') || !names.Any(n => n.Equals("Host", StringComparison.OrdinalIgnoreCase) ||
                                                      n.Equals("Server", StringComparison.OrdinalIgnoreCase)))
            return null;
        try
        {
            return new NpgsqlConnectionStringBuilder(address).ToString();
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new FormatException($"PostgreSQL 的连接串不对：{e.Message}", e);
        }
    }

    private static string OfUri(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0 ||
            uri.AbsolutePath.Trim('/') is not { Length: > 0 } name || name.Contains('/'))
            throw new FormatException("PostgreSQL 的地址不对：应为 postgres://用户:口令@主机:端口/库");
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host, Database = Uri.UnescapeDataString(name),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        if (uri.Port > 0) builder.Port = uri.Port;
        try
        {
            foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var at = pair.IndexOf('=', StringComparison.Ordinal);
                if (at > 0) builder[Uri.UnescapeDataString(pair[..at])] = Uri.UnescapeDataString(pair[(at + 1)..]);
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new FormatException($"PostgreSQL 的地址不对：{e.Message}", e);
        }
        return builder.ToString();
    }
}
