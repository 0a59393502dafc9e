using System.Text.Json;
using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Notices;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework.Cases;

namespace Zhida.Tests.Casework.Notices;

/// <summary>What people read of a case on its way, and that the way is proved.</summary>
public sealed class CaseNoticesTests(TestDatabases databases)
{
    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Each_is_told_of_what_is_theirs(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync("liaoning-2026:4.1", 500_000_000);
        var file = await scene.FiledAsync();
        file = await scene.GoAsync(file, (Move.AskCorrection, CaseScene.CityClerk), (Move.Correct, CaseScene.Owner),
            (Move.Accept, CaseScene.CityClerk), (Move.Approve, CaseScene.Province),
            (Move.EndPublicity, Person.Program), (Move.Pay, Person.Program), (Move.Recall, CaseScene.ProvinceHead));
        Assert.Equal(CasePhase.Recalling, file.Phase);
        while (await new Dispatcher(scene.Database, []).DispatchAsync() > 0)
        {
        }
        Assert.Equal(
            ["已收到申报", "需要补正", "已收到补正", "已受理", "审核通过", "公示期满", "已拨付", "追回资金"],
            await TitlesAsync(scene, CaseScene.Owner));
        Assert.Equal(["新到办件", "已提交补正"], await TitlesAsync(scene, CaseScene.CityClerk));
        Assert.Empty(await TitlesAsync(scene, CaseScene.DalianClerk));
        Assert.NotEmpty(await TitlesAsync(scene, CaseScene.Province));
        var all = await scene.Database.ReadAsync(work => Inbox.PageAsync(work, CaseScene.Owner));
        Assert.Contains("办理时限停止计算", TextOf(all.Single(n => n.Topic == "case.askcorrection")));
        Assert.Contains("877,808.22元", TextOf(all.Single(n => n.Topic == "case.pay")));
        var office = await scene.Database.ReadAsync(work => Inbox.PageAsync(work, CaseScene.Province));
        Assert.DoesNotContain(office, n => TextOf(n).Contains("示范低空") || n.Body.Contains(CaseScene.Firm));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_refused_move_tells_nobody(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var file = await scene.FiledAsync();
        Assert.NotEmpty((await scene.MoveAsync(file, Move.Accept, CaseScene.DalianClerk)).Problems);
        while (await new Dispatcher(scene.Database, []).DispatchAsync() > 0)
        {
        }
        Assert.Equal(["已收到申报"], await TitlesAsync(scene, CaseScene.Owner));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_case_on_its_way_is_sealed_whole(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync("liaoning-2026:4.1", 500_000_000);
        await scene.GoAsync(await scene.FiledAsync(), (Move.Accept, CaseScene.CityClerk));
        await new Sealer(scene.Database).SealAllAsync();
        var report = await AuditVerifier.VerifyAsync(scene.Database);
        Assert.Empty(report.Faults);
        Assert.True(report.Seals >= 5, $"{report.Seals} seals");
    }

    private static async Task<List<string>> TitlesAsync(CaseScene scene, Person person) =>
        [.. (await scene.Database.ReadAsync(work => Inbox.PageAsync(work, person))).AsEnumerable().Reverse()
            .Select(n => n.Subject.Split('：')[0])];

    private static string TextOf(InboxNotice notice)
    {
        using var body = JsonDocument.Parse(notice.Body);
        return body.RootElement.GetProperty("text").GetString()!;
    }
}
