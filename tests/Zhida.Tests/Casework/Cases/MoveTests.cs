using Microsoft.EntityFrameworkCore;
using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Paper;
using Zhida.Casework.Registers;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Cases;

/// <summary>What may happen to a case, by whom, and what is refused with which words.</summary>
public sealed class MoveTests(TestDatabases databases)
{
    private const string Item = "liaoning-2026:4.1";

    [Fact]
    public void The_table_has_each_move_once_in_the_order_of_its_kinds() =>
        Assert.Equal(Enum.GetValues<Move>(), MoveTable.Rules.Select(r => r.Move));

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_move_that_the_table_does_not_have_is_refused_and_changes_nothing(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var (accepting, reviewing) = (await scene.FiledAsync("贷一"), await scene.FiledAsync("贷二"));
        reviewing = await scene.GoAsync(reviewing, (Move.Accept, CaseScene.CityClerk));
        var done = await scene.GoAsync(await scene.FiledAsync("贷三"), (Move.Withdraw, CaseScene.Owner));
        Person[] everybody =
        [
            CaseScene.Owner, CaseScene.CityClerk, CaseScene.CityOther, CaseScene.DalianClerk, CaseScene.Province,
            CaseScene.ProvinceHead, Person.Program,
        ];
        foreach (var file in new[] { accepting, reviewing, done })
        foreach (var rule in MoveTable.Rules.Where(r => !r.From.Contains(file.Phase)))
        foreach (var person in everybody)
        {
            var made = await scene.MoveAsync(file, rule.Move, person, "理由");
            Assert.True(Assert.Single(made.Problems).Code is "phase" or "forbidden");
            var now = await scene.ReadAsync(file.Id);
            Assert.Equal((file.Version, file.Phase), (now.Version, now.Phase));
        }
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Only_the_office_of_the_step_in_the_place_may_act_and_nobody_on_their_own_case(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.FiledAsync();
        async Task Refused(Person person, string says)
        {
            var problem = Assert.Single((await scene.MoveAsync(file, Move.Accept, person)).Problems);
            Assert.Equal("forbidden", problem.Code);
            Assert.Contains(says, problem.Message);
        }
        await Refused(CaseScene.Owner, "承办部门办理");
        await Refused(CaseScene.DalianClerk, "不在您的辖区");
        await Refused(CaseScene.Province, "由市或示范区承办");
        await Refused(CaseScene.CityClerk with { Subjects = [CaseScene.Firm] }, "回避");
        await Refused(CaseScene.CityClerk with { Id = CaseScene.Owner.Id }, "回避");
        file = await scene.GoAsync(file, (Move.Accept, CaseScene.CityClerk));
        var same = CaseScene.CityClerk with { Office = "省发展改革委", Place = "21" };
        Assert.Contains("两个审批环节", Assert.Single((await scene.MoveAsync(file, Move.Approve, same)).Problems).Message);
        await scene.GoAsync(file, (Move.Approve, CaseScene.Province));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_correction_is_asked_once_and_the_case_goes_on_where_it_was(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.FiledAsync();
        Assert.Equal("reason", Assert.Single(
            (await scene.MoveAsync(file, Move.AskCorrection, CaseScene.CityClerk)).Problems).Code);
        file = await scene.GoAsync(file, (Move.AskCorrection, CaseScene.CityClerk));
        Assert.Equal((CasePhase.Correcting, "主体"), (file.Phase, file.Holder));
        var spoilt = await scene.MoveAsync(file, Move.Save, CaseScene.Owner, facts: "{ 还没写完");
        Assert.Equal("{ 还没写完", (await scene.ReadAsync(file.Id)).Facts);
        Assert.Equal("facts", Assert.Single(
            (await scene.MoveAsync(spoilt.Value!, Move.Correct, CaseScene.Owner)).Problems).Code);
        file = (await scene.MoveAsync(spoilt.Value!, Move.Correct, CaseScene.Owner, facts: CaseScene.Facts())).Value!;
        Assert.Equal((CasePhase.Accepting, "市或示范区"), (file.Phase, file.Holder));
        Assert.Contains("已经要求补正过一次", Assert.Single(
            (await scene.MoveAsync(file, Move.AskCorrection, CaseScene.CityClerk, "再补")).Problems).Message);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_rejected_case_gives_its_money_back_and_may_be_reconsidered(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.GoAsync(await scene.FiledAsync(), (Move.Accept, CaseScene.CityClerk),
            (Move.Reject, CaseScene.Province));
        Assert.Equal(0, (await scene.BudgetOfAsync(Item)).DebitsPending);
        file = await scene.GoAsync(file, (Move.AskReconsideration, CaseScene.Owner));
        Assert.Equal("forbidden", Assert.Single(
            (await scene.MoveAsync(file, Move.Overturn, CaseScene.Province, "理由")).Problems).Code);
        file = await scene.GoAsync(file, (Move.Overturn, CaseScene.ProvinceHead), (Move.Approve, CaseScene.Province));
        Assert.Equal(CasePhase.Publicising, file.Phase);
        Assert.Equal(file.Amount, (await scene.BudgetOfAsync(Item)).DebitsPending);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task There_is_one_open_case_of_a_line_and_a_paid_line_is_not_paid_again(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            scene.Desk.OpenAsync(CaseScene.Owner, "4.1", CaseScene.Firm, "示范低空", "贷一", "2026", "{}"))));
        Assert.Single(opened.Select(o => o.Value!.Id).Distinct());
        var file = await scene.GoAsync(await scene.FiledAsync(), (Move.Accept, CaseScene.CityClerk),
            (Move.Approve, CaseScene.Province), (Move.EndPublicity, Person.Program), (Move.Pay, Person.Program));
        var again = await scene.Desk.OpenAsync(CaseScene.Owner, "4.1", CaseScene.Firm, "示范低空", "贷一", "2026", "{}");
        Assert.Equal((file.Id, CasePhase.Completed), (again.Value!.Id, again.Value.Phase));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task What_was_paid_is_taken_back_into_budget_and_caps(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.GoAsync(await scene.FiledAsync(), (Move.Accept, CaseScene.CityClerk),
            (Move.Approve, CaseScene.Province), (Move.EndPublicity, Person.Program), (Move.Pay, Person.Program),
            (Move.Recall, CaseScene.ProvinceHead), (Move.Refund, Person.Program));
        Assert.Equal(CasePhase.Recalled, file.Phase);
        Assert.Equal(500_000_000, (await scene.BudgetOfAsync(Item)).Available);
        var next = await scene.GoAsync(await scene.FiledAsync("贷一"), (Move.Accept, CaseScene.CityClerk));
        Assert.Equal(87_780_822, next.Amount);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Who_saw_an_older_version_is_told_and_the_same_request_is_made_once(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.FiledAsync();
        var accept = new MoveRequest(Guid.CreateVersion7(), file.Id, file.Version, Move.Accept, CaseScene.CityClerk);
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => scene.Desk.MoveAsync(accept))));
        Assert.All(made, m => Assert.Empty(m.Problems));
        Assert.Equal(87_780_822, (await scene.BudgetOfAsync(Item)).DebitsPending);
        Assert.Equal("conflict", Assert.Single((await scene.MoveAsync(file, Move.Approve, CaseScene.Province))
            .Problems).Code);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Without_budget_nothing_is_accepted(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var file = await scene.FiledAsync();
        Assert.Contains("没有为4.1下达预算",
            Assert.Single((await scene.MoveAsync(file, Move.Accept, CaseScene.CityClerk)).Problems).Message);
        await scene.BudgetAsync(Item, 87_780_821);
        Assert.Contains("只余877,808.21元，不够877,808.22元",
            Assert.Single((await scene.MoveAsync(file, Move.Accept, CaseScene.CityClerk)).Problems).Message);
        await scene.BudgetAsync(Item, 1);
        await scene.GoAsync(file, (Move.Accept, CaseScene.CityClerk));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Filing_tells_all_that_is_missing_at_once(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        var facts = CaseScene.Facts(f =>
        {
            f["主体"]!["注册地"] = null;
            f["项目"]![0]!["低空方向"] = null;
        });
        var draft = (await scene.Desk.OpenAsync(
            CaseScene.Owner, "4.1", CaseScene.Firm, "示范低空", "贷一", "2026", facts)).Value!;
        var problems = (await scene.MoveAsync(draft, Move.File, CaseScene.Owner)).Problems;
        Assert.Equal(["主体.注册地", "项目.低空方向", "借款合同与放款凭证", "付息凭证"], problems.Select(p => p.Field));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_register_that_is_down_blocks_nothing_and_is_asked_again(DatabaseKind kind)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "登记.json");
        await using var scene = new CaseScene(databases, kind, new FileRegister("登记", path));
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.FiledAsync();
        Assert.Contains("主体.注册地", file.Awaiting);
        file = await scene.GoAsync(file, (Move.Accept, CaseScene.CityClerk));
        Assert.Contains("待核验", Assert.Single((await scene.MoveAsync(file, Move.Approve, CaseScene.Province))
            .Problems).Message);
        await File.WriteAllTextAsync(path, $$"""
            {"{{CaseScene.Firm}}": {"时间": "2026-06-30", "主体": {"注册地": "210113", "名称": "示范低空",
              "主体类型": "企业", "统一社会信用代码": "91210113XXXX000511", "集团编号": "91210113XXXX000511"} } }
            """);
        file = await scene.GoAsync(file, (Move.Verify, Person.Program));
        Assert.Equal(Case.NothingAwaited, file.Awaiting);
        Assert.Contains("\"来源\":\"经营主体登记\"", file.Checked);
        Assert.Empty((await scene.MoveAsync(file, Move.Approve, CaseScene.Province)).Problems);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_step_is_due_in_working_days_that_stand_still_during_a_correction(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        // Tuesday 2026-06-30; 受理 has five working days.
        var file = await scene.FiledAsync();
        Assert.Equal(new DateOnly(2026, 7, 7), DayOf(file));
        file = await scene.GoAsync(file, (Move.AskCorrection, CaseScene.CityClerk));
        Assert.Equal(Case.NoDay, file.DueDay);
        scene.Clock.Advance(TimeSpan.FromDays(3));
        file = (await scene.MoveAsync(file, Move.Correct, CaseScene.Owner)).Value!;
        Assert.Equal(new DateOnly(2026, 7, 10), DayOf(file));
        file = await scene.GoAsync(file, (Move.Accept, CaseScene.CityClerk));
        // Friday 2026-07-03; 复审 has ten.
        Assert.Equal(new DateOnly(2026, 7, 17), DayOf(file));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Nobody_ends_a_publicity_or_pays_by_a_side_door(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.GoAsync(await scene.FiledAsync(), (Move.Accept, CaseScene.CityClerk),
            (Move.Approve, CaseScene.Province));
        foreach (var move in new[] { Move.EndPublicity, Move.Pay, Move.Refund, Move.Return })
        foreach (var person in new[] { CaseScene.Owner, CaseScene.ProvinceHead, Person.Program })
        {
            var request = new MoveRequest(Guid.CreateVersion7(), file.Id, file.Version, move, person) { Reason = "快" };
            Assert.Equal("forbidden", Assert.Single((await scene.Desk.MoveAsync(request)).Problems).Code);
        }
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Moves_leave_papers_that_can_be_printed_again(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.GoAsync(await scene.FiledAsync("贷一"), (Move.AskCorrection, CaseScene.CityClerk),
            (Move.Correct, CaseScene.Owner), (Move.Accept, CaseScene.CityClerk), (Move.Approve, CaseScene.Province));
        await scene.GoAsync(await scene.FiledAsync("贷二"), (Move.Decline, CaseScene.CityClerk));
        await scene.GoAsync(await scene.FiledAsync("贷三"), (Move.Accept, CaseScene.CityClerk),
            (Move.Reject, CaseScene.Province));
        var papers = await scene.Database.ReadAsync(async work =>
        {
            await using var context = Schema.Over(work);
            return await context.Papers.OrderBy(p => p.At).ThenBy(p => p.Number).ToListAsync();
        });
        Assert.Equal(["不予受理决定书", "不予支持决定书", "予以支持决定书", "受理通知书", "受理通知书", "补正通知书"],
            papers.Select(p => p.Title).Order(StringComparer.Ordinal));
        Assert.Contains(papers, p => p.Number == $"{file.Number}-支持-5" && p.Content.Contains("87780822"));
        var press = new PaperPress(new Uri("https://example.org"));
        foreach (var paper in papers)
        {
            using var pdf = new MemoryStream();
            var printed = press.Print(DocumentDigest.Read(paper.Content), pdf);
            Assert.Empty(printed.Problems);
            Assert.Equal(paper.Digest, printed.Value!.Digest);
        }
    }

    private static DateOnly DayOf(Case file) => new DateOnly(1970, 1, 1).AddDays((int)file.DueDay);

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_queue_shows_each_office_its_own_in_pages(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var files = new List<Case>();
        foreach (var loan in new[] { "贷一", "贷二", "贷三" }) files.Add(await scene.FiledAsync(loan));
        async Task<List<QueueRow>> Page(Person person, QueueRow? after = null) =>
            await scene.Database.ReadAsync(work => CaseQueries.QueueAsync(work, person, after, 2));
        var first = await Page(CaseScene.CityClerk);
        var second = await Page(CaseScene.CityClerk, first[^1]);
        Assert.Equal(files.Select(f => f.Id).Order(), first.Concat(second).Select(r => r.Id).Order());
        Assert.Empty(await Page(CaseScene.DalianClerk));
        Assert.Empty(await Page(CaseScene.Province));
        await scene.GoAsync(files[0], (Move.Accept, CaseScene.CityClerk));
        Assert.Equal([files[0].Id], (await Page(CaseScene.Province)).Select(r => r.Id));
        var mine = await scene.Database.ReadAsync(work =>
            CaseQueries.OfSubjectAsync(work, CaseScene.Owner, CaseScene.Firm, files[2].Id));
        Assert.Equal([files[1].Id, files[0].Id], mine.Select(c => c.Id));
    }
}
