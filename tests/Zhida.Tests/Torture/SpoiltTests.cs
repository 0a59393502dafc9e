using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Xunit;
using Zhida.Cli.Torture;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;

namespace Zhida.Tests.Torture;

/// <summary>That the check after a torture finds what is wrong: a database at which clients have worked, spoilt in one
/// place.</summary>
public sealed class SpoiltTests(WorkedDatabase worked) : IClassFixture<WorkedDatabase>
{
    private const string OneMove = "(SELECT id FROM case_moves WHERE version = 2 LIMIT 1)";
    private const string OnePost = "(SELECT id FROM transfers WHERE flags & 4 <> 0 LIMIT 1)";
    private const string OneBudget = "(SELECT id FROM accounts WHERE kind = '预算' LIMIT 1)";

    [Fact]
    public async Task What_was_told_is_there()
    {
        Assert.NotEmpty(worked.Log.Moves);
        Assert.Empty(await worked.FindAsync(""));
    }

    [Theory]
    [InlineData($"DELETE FROM case_moves WHERE id = {OneMove}", "答复办成的不在库中")]
    [InlineData($"UPDATE case_moves SET version = 99 WHERE id = {OneMove}", "库中的与答复的不同")]
    [InlineData("DELETE FROM cases WHERE id = (SELECT id FROM cases LIMIT 1)", "答复建立的办件不在库中")]
    [InlineData("UPDATE cases SET phase = 9 WHERE phase IN (1, 2)", "末次办理是")]
    [InlineData("""UPDATE case_moves SET "from" = 3 WHERE "from" = 1""", "表中没有的办理")]
    [InlineData("UPDATE cases SET amount = amount + 1 WHERE amount > 0 AND phase IN (2, 4, 5, 10)", "写着")]
    [InlineData($"UPDATE accounts SET debits_posted = debits_posted - 1 WHERE id = {OneBudget}", "不是各笔之和")]
    [InlineData($"UPDATE accounts SET credits_posted = debits_posted - 1 WHERE id = {OneBudget}", "超支")]
    [InlineData("DELETE FROM transfers WHERE code = '预算下达'", "答复下达的预算不在账上")]
    [InlineData($"DELETE FROM transfers WHERE id = {OnePost}", "的一笔不在账上")]
    [InlineData("INSERT INTO transfers SELECT 'F0000000-0000-7000-8000-000000000001', debit_id, credit_id, amount, " +
        $"NULL, 0, 0, '兑现', reference, at FROM transfers WHERE id = {OnePost}", "没有办理的记账")]
    [InlineData("DELETE FROM audit_seals WHERE kind = 'move'", "在审计链里有0次")]
    public async Task What_is_spoilt_is_found(string spoil, string found) =>
        Assert.Contains(await worked.FindAsync(spoil), f => f.Contains(found));

    [Fact]
    public async Task What_nobody_was_told_is_found()
    {
        var log = new TortureLog();
        foreach (var (id, told) in worked.Log.Moves.Skip(1)) log.Moves[id] = told;
        Assert.Contains(await worked.FindAsync("", log), f => f.Contains("没有人要求的办理"));
        var (refused, _) = worked.Log.Moves.First();
        log.Refused[refused] = "phase";
        Assert.Contains(await worked.FindAsync("", log), f => f.Contains("的却办成了"));
    }
}

/// <summary>A SQLite database at which clients have worked through the server of the torture, in this process.
/// </summary>
public sealed class WorkedDatabase : IAsyncLifetime
{
    private const int Enough = 400;

    private readonly TemporaryFolder _folder = new();
    private int _copies;

    internal TortureLog Log { get; } = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "worked.db");

    public async ValueTask InitializeAsync()
    {
        await using (var database = Database.OfFile(Path)) await Schema.MigrateAsync(database);
        var maker = DecisionMaker.Open(PolicyTree.Read(Repository.Root).Files, [], ["liaoning-2026-demo"],
            new Dictionary<string, string>()).Maker!;
        var server = new TortureServer(
            pages => TortureTarget.Open(Path, new Fixed(), pages), maker, _folder.Path);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var over = new CancellationTokenSource();
        var serving = server.RunAsync(listener, over.Token);
        using (var client = new TortureClient(((IPEndPoint)listener.LocalEndpoint).Port, Log, "甲",
            await File.ReadAllTextAsync(Repository.PathOf("samples/low-altitude.json")), seed: 7))
        {
            using var stop = new CancellationTokenSource();
            var working = client.RunAsync(stop.Token);
            while (Log.Moves.Count < Enough && !working.IsCompleted) await Task.Delay(10);
            await stop.CancelAsync();
            await working;
        }
        await over.CancelAsync();
        await serving;
        Assert.Empty(Log.Bugs);
    }

    /// <summary>What is found in a copy, after a statement.</summary>
    internal async Task<List<string>> FindAsync(string spoil, TortureLog? log = null)
    {
        var copy = $"{Path}.{Interlocked.Increment(ref _copies)}";
        File.Copy(Path, copy);
        await using var database = Database.OfFile(copy);
        if (spoil.Length > 0)
            await using (var connection = await database.ConnectAsync())
            await using (var command = connection.CreateCommand())
            {
                // Who spoils it drops the triggers first.
                command.CommandText = "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'";
                var drops = "";
                await using (var rows = await command.ExecuteReaderAsync())
                    while (await rows.ReadAsync()) drops += rows.GetString(0);
                command.CommandText = drops + spoil;
                Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
            }
        return [.. TortureCheck.Find(await TortureState.ReadAsync(database), log ?? Log)];
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class Fixed : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Scenario.Start;
    }
}
