using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework;
using Zhida.Tests.Evaluation;

[assembly: AssemblyFixture(typeof(TestDatabases))]

namespace Zhida.Tests.Casework;

/// <summary>Empty databases with all tables, of either kind, one for each that asks: copies of one that was migrated.
/// On PostgreSQL tests are skipped where it is not installed.</summary>
public sealed class TestDatabases : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<PostgresServer> _server = new(() => new PostgresServer());
    private readonly Lazy<string> _template;
    private readonly Lazy<string> _file;
    private int _count;

    public TestDatabases()
    {
        _template = new Lazy<string>(() =>
        {
            _server.Value.Execute("CREATE DATABASE template");
            Migrate(Database.OfServer(Named("template")));
            return "template";
        });
        _file = new Lazy<string>(() =>
        {
            var path = Path.Combine(_folder.Path, "template.db");
            Migrate(Database.OfFile(path));
            SqliteConnection.ClearAllPools();
            return path;
        });
    }

    /// <summary>For [MemberData].</summary>
    public static TheoryData<DatabaseKind> Kinds => new(DatabaseKind.Sqlite, DatabaseKind.PostgreSql);

    public Database New(DatabaseKind kind, TimeProvider? clock = null)
    {
        var name = $"test{Interlocked.Increment(ref _count)}";
        if (kind == DatabaseKind.Sqlite)
        {
            var path = Path.Combine(_folder.Path, name + ".db");
            File.Copy(_file.Value, path);
            return Database.OfFile(path, clock);
        }
        lock (_template) _server.Value.Execute($"CREATE DATABASE {name} TEMPLATE {_template.Value}");
        return Database.OfServer(Named(name), clock);
    }

    /// <summary>A database without tables.</summary>
    public Database Empty(DatabaseKind kind, TimeProvider? clock = null)
    {
        var name = $"empty{Interlocked.Increment(ref _count)}";
        if (kind == DatabaseKind.Sqlite) return Database.OfFile(Path.Combine(_folder.Path, name + ".db"), clock);
        _server.Value.Execute($"CREATE DATABASE {name}");
        return Database.OfServer(Named(name), clock);
    }

    /// <summary>A connection to the server's own database.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_server.Value.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public void Dispose()
    {
        if (_server.IsValueCreated) _server.Value.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static void Migrate(Database database)
    {
        Schema.MigrateAsync(database).GetAwaiter().GetResult();
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        NpgsqlConnection.ClearAllPools();
    }

    private string Named(string database) =>
        new NpgsqlConnectionStringBuilder(_server.Value.ConnectionString) { Database = database }.ToString();
}
