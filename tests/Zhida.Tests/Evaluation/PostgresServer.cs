using Npgsql;
using Xunit;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Evaluation;

/// <summary>A PostgreSQL server of one test class, that need not survive the machine; gone when the tests end. Tests
/// are skipped where PostgreSQL is not installed.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly OwnServer? _server =
        OwnServer.IsInstalled ? new OwnServer("fsync=off", "max_connections=400") : null;

    /// <summary>For Npgsql; skips the test where there is no server.</summary>
    public string ConnectionString
    {
        get
        {
            if (_server is null) Assert.Skip("needs Debian's postgresql");
            return _server.ConnectionString;
        }
    }

    /// <summary>The same as an address.</summary>
    public string Address => ConnectionString.Length > 0 ? $"postgres://zhida@127.0.0.1:{_server!.Port}/postgres" : "";

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose() => _server?.Dispose();
}
