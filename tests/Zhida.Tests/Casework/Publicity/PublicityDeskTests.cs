using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Publicity;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;
using Zhida.Tests.Casework.Cases;

namespace Zhida.Tests.Casework.Publicity;

/// <summary>Publicity on both databases; the demo layer gives it 5工作日.</summary>
public sealed class PublicityDeskTests(TestDatabases databases)
{
    private const string Item = "liaoning-2026:4.1";

    /// <summary>The official text alone leaves the length open.</summary>
    private static readonly Lazy<DecisionMaker> Official = new(() => DecisionMaker.Open(
        PolicyTree.Read(Repository.Root).Files, [], [], new Dictionary<string, string>()).Maker!);

    private static readonly Lazy<DecisionMaker> Demo = new(() => DecisionMaker.Open(
        PolicyTree.Read(Repository.Root).Files, [], ["liaoning-2026-demo"], new Dictionary<string, string>()).Maker!);

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Cases_without_objections_move_on_after_the_last_day(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var desk = new PublicityDesk(scene.Database, scene.Desk, Demo.Value);
        var (first, second) = (await PublicisingAsync(scene, "贷一"), await PublicisingAsync(scene, "贷三"));
        Assert.Equal("forbidden", (await desk.PublishAsync(CaseScene.CityClerk, Request(first))).Problems[0].Code);
        Assert.Equal("facts", (await desk.PublishAsync(CaseScene.Province,
            Request(first) with { Workdays = 3 })).Problems[0].Code);
        var request = Request(first, second);
        var notice = (await desk.PublishAsync(CaseScene.Province, request)).Value!;
        Assert.Equal(notice.Number, (await desk.PublishAsync(CaseScene.Province, request)).Value!.Number);
        Assert.Equal("conflict", (await desk.PublishAsync(CaseScene.Province, Request(first))).Problems[0].Code);
        var shown = (await desk.ShowAsync(notice.Number))!;
        Assert.Equal((new DateOnly(2026, 6, 30), (DateOnly?)new DateOnly(2026, 7, 7), 5),
            (shown.From, shown.Last, shown.Workdays));
        Assert.Equal([("示范低空技术", "贷款 贷一", first.Amount), ("示范低空技术", "贷款 贷三", second.Amount)],
            shown.Lines.Select(l => (l.Name, l.Object, l.Amount)).Order());
        scene.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(0, await desk.CloseDueAsync());
        await scene.GoAsync(second, (Move.Withdraw, CaseScene.Owner));
        Assert.Equal(["公示中", "已撤回"], (await desk.ShowAsync(notice.Number))!.Lines.Select(l => l.State).Order());
        scene.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await desk.CloseDueAsync());
        Assert.Equal(0, await desk.CloseDueAsync());
        Assert.Equal(["公示期满", "已撤回"], (await desk.ShowAsync(notice.Number))!.Lines.Select(l => l.State).Order());
        Assert.Equal(CasePhase.Paying, (await PhaseAsync(scene, first)));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Objections_hold_a_case_until_they_are_answered(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var desk = new PublicityDesk(scene.Database, scene.Desk, Demo.Value);
        var (first, second) = (await PublicisingAsync(scene, "贷一"), await PublicisingAsync(scene, "贷三"));
        Assert.Equal("本件没有未答复的异议",
            (await scene.MoveAsync(first, Move.UpholdObjection, CaseScene.Province, "查实")).Problems[0].Message);
        var notice = (await desk.PublishAsync(CaseScene.Province, Request(first, second))).Value!;
        var lines = (await desk.ShowAsync(notice.Number))!.Lines;
        var (one, two) = (lines.Single(l => l.Object == "贷款 贷一").Id, lines.Single(l => l.Object == "贷款 贷三").Id);
        Assert.Equal("联系方式", (await ObjectAsync(desk, one, contact: " ")).Problems[0].Field);
        var held = (await ObjectAsync(desk, one)).Value!;
        var (upheld, moot) = ((await ObjectAsync(desk, two)).Value!, (await ObjectAsync(desk, two)).Value!);
        scene.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal("公示期已满", (await ObjectAsync(desk, one)).Problems[0].Message);
        Assert.Equal(0, await desk.CloseDueAsync());
        Assert.Equal("forbidden", (await desk.DismissAsync(CaseScene.CityClerk, held.Id, "不实")).Problems[0].Code);
        Assert.Equal("reason", (await desk.DismissAsync(CaseScene.Province, held.Id, " ")).Problems[0].Code);
        Assert.Equal("reason", (await desk.UpholdAsync(CaseScene.Province, upheld.Id, " ")).Problems[0].Code);
        Assert.Equal(ObjectionState.Dismissed,
            (await desk.DismissAsync(CaseScene.Province, held.Id, "经核实不存在")).Value!.State);
        Assert.Equal(ObjectionState.Upheld,
            (await desk.UpholdAsync(CaseScene.Province, upheld.Id, "经核实存在")).Value!.State);
        Assert.Equal("conflict", (await desk.DismissAsync(CaseScene.Province, moot.Id, "不实")).Problems[0].Code);
        Assert.Equal(CasePhase.Reviewing, await PhaseAsync(scene, second));
        Assert.Equal(1, await desk.CloseDueAsync());
        Assert.Equal(CasePhase.Paying, await PhaseAsync(scene, first));
        Assert.Equal(["公示期满", "异议成立，退回审核"],
            (await desk.ShowAsync(notice.Number))!.Lines.Select(l => l.State).Order());
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task An_open_length_is_stated_and_an_unpublished_year_does_not_end(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var file = await PublicisingAsync(scene, "贷一");
        // The same steps with their days open, as in the official text: there the applicant's step comes first.
        var open = new PublicityDesk(scene.Database, scene.Desk, Official.Value);
        await scene.Database.WriteAsync(work =>
        {
            work.Write("UPDATE cases SET step = 3 WHERE id = $1", file.Id);
            return Task.CompletedTask;
        });
        Assert.Equal("公示期", (await open.PublishAsync(CaseScene.Province, Request(file))).Problems[0].Field);
        Assert.Equal("reason",
            (await open.PublishAsync(CaseScene.Province, Request(file) with { Workdays = 7 })).Problems[0].Code);
        var notice = (await open.PublishAsync(CaseScene.Province,
            Request(file) with { Workdays = 150, WorkdaysReason = "参照省财政厅惯例" })).Value!;
        Assert.Null(notice.LastDay);
        Assert.True((await open.ShowAsync(notice.Number))!.IsProvisional);
        scene.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(0, await open.CloseDueAsync());
        Assert.Equal(CasePhase.Publicising, await PhaseAsync(scene, file));
    }

    [Theory]
    [InlineData("王小二", "企业", "王**")]
    [InlineData("阿依古丽·买买提", "企业", "阿*******")]
    [InlineData("大连一家人食品店主李四", "小微企业主", "大**********")]
    [InlineData("沈阳示范机床有限公司", "企业", "沈阳示范机床有限公司")]
    public void Names_of_persons_are_masked(string name, string kind, string shown) => Assert.Equal(shown,
        ShownName.Of(new Case
        {
            Id = Guid.Empty, Item = "", Subject = "", SubjectName = name, Object = "", Period = "", Applicant = "",
            CreatedAt = 0,
            Facts = $$"""{"主体": {"主体类型": "{{kind}}" } }""",
        }));

    private static PublishRequest Request(params IEnumerable<Case> cases) =>
        new(Guid.CreateVersion7(), "4.1", [.. cases.Select(c => c.Id)]);

    private static Task<Result<Objection>> ObjectAsync(PublicityDesk desk, Guid line, string contact = "024-0000") =>
        desk.ObjectAsync(Guid.CreateVersion7(), line, "某群众", contact, "贷款没有用于该项目");

    private static async Task<Case> PublicisingAsync(CaseScene scene, string loan)
    {
        await scene.BudgetAsync(Item, 500_000_000);
        var draft = (await scene.Desk.OpenAsync(
            CaseScene.Owner, "4.1", CaseScene.Firm, "示范低空技术", loan, "2026", CaseScene.Facts())).Value!;
        var filed = (await scene.MoveAsync(draft, Move.File, CaseScene.Owner, materials: CaseScene.Materials)).Value!;
        return await scene.GoAsync(filed, (Move.Accept, CaseScene.CityClerk), (Move.Approve, CaseScene.Province));
    }

    private static Task<CasePhase> PhaseAsync(CaseScene scene, Case file) => scene.Database.ReadAsync(async work =>
    {
        await using var context = Zhida.Casework.Storage.Schema.Over(work);
        return (await context.Cases.FindAsync(file.Id))!.Phase;
    });
}
