using Xunit;
using Zhida.Casework.Cases;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework.Cases;

namespace Zhida.Tests.Casework.Storage;

/// <summary>A disk that is full is told, changes nothing, and is over when there is space.</summary>
public sealed class FullDiskTests(TestDatabases databases)
{
    [Fact]
    public async Task A_full_disk_is_told_and_leaves_all_as_it_was()
    {
        var clock = new SceneClock(new DateTimeOffset(2026, 6, 30, 2, 0, 0, TimeSpan.Zero));
        await using var roomy = new CaseScene(databases.New(DatabaseKind.Sqlite, clock), clock);
        await roomy.BudgetAsync("liaoning-2026:4.1", 500_000_000);
        var file = await roomy.FiledAsync();
        var path = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(roomy.Database.ConnectionString).DataSource;
        await using var full = new CaseScene(Database.OfFile(path, clock, mostPages: 1), clock);
        // What still fits into pages that are there is done.
        Result<Case> made = file;
        for (var loan = 0; made.Succeeded && loan < 100; loan++)
            made = await full.Desk.OpenAsync(
                CaseScene.Owner, "4.1", CaseScene.Firm, "示范低空", $"贷{loan}", "2026", CaseScene.Facts());
        Assert.Equal(("storage", "磁盘空间不足，没有保存"), (made.Problems[0].Code, made.Problems[0].Message));
        var accept = await full.MoveAsync(file, Move.Accept, CaseScene.CityClerk);
        Assert.Equal("storage", Assert.Single(accept.Problems).Code);
        Assert.Equal((CasePhase.Accepting, file.Version),
            ((await roomy.ReadAsync(file.Id)).Phase, (await roomy.ReadAsync(file.Id)).Version));
        Assert.Equal(0, (await roomy.BudgetOfAsync("liaoning-2026:4.1")).DebitsPending);
        await roomy.GoAsync(file, (Move.Accept, CaseScene.CityClerk));
    }
}
