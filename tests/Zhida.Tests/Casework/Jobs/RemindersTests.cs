using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Jobs;
using Zhida.Casework.Registers;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework.Cases;

namespace Zhida.Tests.Casework.Jobs;

/// <summary>The daily look at cases, on both databases.</summary>
public sealed class RemindersTests(TestDatabases databases)
{
    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Who_has_to_know_is_told_once_as_a_step_runs_late(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        // Tuesday 2026-06-30: five working days, to Tuesday 2026-07-07.
        var file = await scene.FiledAsync();
        var reminders = new Reminders(scene.Database, scene.Desk);
        async Task<IReadOnlyList<string>> After(int days)
        {
            scene.Clock.Advance(TimeSpan.FromDays(days));
            await reminders.RemindAsync();
            await reminders.RemindAsync();
            return await scene.Database.ReadAsync(work => work.QueryAsync(
                "SELECT recipient FROM outbox WHERE topic = '催办' ORDER BY created_at, id",
                row => row.GetString(0), []));
        }
        Assert.Empty(await After(1));
        Assert.Equal(["office:市或示范区"], await After(2));
        Assert.Equal(["office:市或示范区", "office:市或示范区/负责人"], await After(5));
        Assert.Equal(3, (await After(7)).Count);
        Assert.Equal("office:省发展改革委", (await After(30))[^1]);
        Assert.Equal(3, (await scene.ReadAsync(file.Id)).Alarm);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_register_that_came_back_is_asked(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "信用.json");
        await using var scene = new CaseScene(databases, kind, new FileRegister("信用", path));
        var file = await scene.FiledAsync();
        var reminders = new Reminders(scene.Database, scene.Desk);
        Assert.Equal(0, await reminders.VerifyAsync());
        await File.WriteAllTextAsync(path,
            $$"""{"{{CaseScene.Firm}}": {"时间": "2026-06-30", "主体": {"严重失信": false} } }""");
        Assert.Equal(1, await reminders.VerifyAsync());
        Assert.Equal(Case.NothingAwaited, (await scene.ReadAsync(file.Id)).Awaiting);
        Assert.Equal(0, await reminders.VerifyAsync());
    }
}
