using Npgsql;
using Xunit;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Ledger;

/// <summary>What people write for a database.</summary>
public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("postgres://zhi%40da:p%3Aw@db.example:5433/cases?Timeout=3", "zhi@da", "p:w", "db.example", 5433,
        "cases")]
    [InlineData("postgresql://db.example/cases", null, null, "db.example", 5432, "cases")]
    [InlineData("Host=db.example;Database=cases;Username=u", "u", null, "db.example", 5432, "cases")]
    [InlineData("database=cases;server=db.example", null, null, "db.example", 5432, "cases")]
    public async Task A_server(string address, string? user, string? password, string host, int port, string name)
    {
        await using var database = Database.Open(address);
        var parts = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        Assert.Equal((DatabaseKind.PostgreSql, user, password, host, port, name), (database.Kind,
            string.IsNullOrEmpty(parts.Username) ? null : parts.Username, parts.Password, parts.Host, parts.Port,
            parts.Database));
    }

    [Theory]
    [InlineData("data/zhida.db")]
    [InlineData("a=b.db")]
    public async Task A_file(string address)
    {
        await using var database = Database.Open(address);
        Assert.Equal(DatabaseKind.Sqlite, database.Kind);
    }

    [Theory]
    [InlineData("postgres://db.example")]
    [InlineData("postgres:///cases")]
    [InlineData("postgres://db.example/a/b")]
    [InlineData("postgres://db.example/a?nonsense=1")]
    [InlineData("Host=x;nonsense=1")]
    public void What_is_none_is_told(string address) =>
        Assert.Throws<FormatException>(() => Database.Open(address));
}
