using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Cli.Torture;

/// <summary>The database that is tortured: a file, or a PostgreSQL server of its own that syncs every commit.
/// </summary>
internal sealed class TortureTarget : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zhida-").FullName;

    public TortureTarget(DatabaseKind kind)
    {
        Kind = kind;
        if (kind == DatabaseKind.Sqlite)
        {
            Address = Path.Combine(_folder, "torture.db");
            return;
        }
        Server = new OwnServer("max_connections=200");
        Server.Execute("CREATE DATABASE torture");
        Address = Server.ConnectionString.Replace("Database=postgres", "Database=torture", StringComparison.Ordinal);
    }

    public DatabaseKind Kind { get; }

    public string Address { get; }

    public OwnServer? Server { get; }

    public string Bundles => Path.Combine(_folder, "bundles");

    public async Task MigrateAsync()
    {
        await using var database = Open(Address);
        await Schema.MigrateAsync(database);
    }

    /// <param name="address">A file, or as Npgsql takes it.</param>
    /// <param name="mostPages">Of a file; 0: any number.</param>
    public static Database Open(string address, TimeProvider? clock = null, uint mostPages = 0) =>
        address.Contains("Host=", StringComparison.Ordinal) ? Database.OfServer(address, clock)
        : mostPages == 0 ? Database.OfFile(address, clock)
        : Database.OfFile(address, clock, mostPages);

    public void Dispose()
    {
        Server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
