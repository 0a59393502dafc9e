using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Casework.Payments;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework.Cases;

namespace Zhida.Tests.Casework.Payments;

/// <summary>Payments on both databases, step by step.</summary>
public sealed class PaymentDeskTests(TestDatabases databases)
{
    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_batch_is_prepared_released_sent_and_posted(DatabaseKind kind)
    {
        await using var scene = new PaymentScene(databases, kind);
        var cases = await scene.PayingAsync(2);
        var treasury = new SimulatedTreasury(1, TreasuryMoods.None);
        var batch = await scene.ReleasedAsync(cases);
        Assert.Equal((2, cases.Sum(c => c.Amount!.Value), "省财政"), (batch.Count, batch.Total, batch.Payer));
        Assert.Empty((await scene.Link(treasury).SendAsync(batch.Id)).Problems);
        Assert.Equal(new ReconcileResult(2, 0, 0), await scene.Link(treasury).ReconcileAsync());
        Assert.All(await scene.PaymentsAsync(), p => Assert.Equal(PaymentState.Paid, p.State));
        foreach (var file in cases) Assert.Equal(CasePhase.Completed, (await scene.CaseAsync(file.Id)).Phase);
        var report = await Reconciliation.OfBatchAsync(scene.Database, batch.Id);
        Assert.Equal((new Tally(2, batch.Total), batch.Total, true),
            (report.Confirmed, report.Posted, report.Balances));
        var day = await Reconciliation.OfDayAsync(scene.Database, new DateOnly(2026, 6, 30));
        Assert.Equal((batch.Total, true), (day.Posted, day.Balances));
        Assert.Equal(0, (await Reconciliation.OfDayAsync(scene.Database, new DateOnly(2026, 7, 1))).Posted);
        // Nothing left to send or to read.
        Assert.Empty(await scene.Link(treasury).SendDueAsync());
        Assert.Equal(new ReconcileResult(0, 0, 0), await scene.Link(treasury).ReconcileAsync());
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Two_people_and_one_payment_at_a_time(DatabaseKind kind)
    {
        await using var scene = new PaymentScene(databases, kind);
        var cases = await scene.PayingAsync(1);
        var batch = await scene.PreparedAsync(cases);
        var link = scene.Link(new SimulatedTreasury(1, TreasuryMoods.None));
        Assert.Equal("phase", (await link.SendAsync(batch.Id)).Problems[0].Code);
        Assert.Equal("编制和复核不能是同一人",
            (await scene.Desk.ReleaseAsync(PaymentScene.Maker, batch.Id)).Problems[0].Message);
        Assert.Equal("forbidden", (await scene.Desk.ReleaseAsync(CaseScene.Province, batch.Id)).Problems[0].Code);
        Assert.Equal("forbidden", (await scene.Desk.ReleaseAsync(
            PaymentScene.Checker with { Subjects = [CaseScene.Firm] }, batch.Id)).Problems[0].Code);
        Assert.Equal("conflict",
            (await scene.Desk.PrepareAsync(Guid.CreateVersion7(), PaymentScene.Maker, [cases[0].Id])).Problems[0].Code);
        Assert.Equal("phase", (await scene.Desk.GiveAccountAsync(Guid.CreateVersion7(), CaseScene.Owner, cases[0].Id,
            new AccountForm(AccountKind.Corporate, "示范低空", "虚构银行", "12345678"))).Problems[0].Code);
        Assert.Empty((await scene.Desk.CancelAsync(PaymentScene.Checker, batch.Id, "金额待核")).Problems);
        Assert.Equal("phase", (await scene.Desk.ReleaseAsync(PaymentScene.Checker, batch.Id)).Problems[0].Code);
        await scene.ReleasedAsync(cases);
        Assert.Equal([(1, PaymentState.Cancelled), (2, PaymentState.Ready)],
            (await scene.PaymentsAsync()).Select(p => (p.Attempt, p.State)));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_refused_account_is_corrected_and_a_wrong_amount_is_not_posted(DatabaseKind kind)
    {
        await using var scene = new PaymentScene(databases, kind);
        var (first, second) = (await scene.PayingAsync(2)) switch { var c => (c[0], c[1]) };
        var treasury = new ListedTreasury();
        var batch = await scene.ReleasedAsync(first, second);
        await scene.Link(treasury).SendAsync(batch.Id);
        var payments = await scene.PaymentsAsync();
        Payment Of(Case file) => payments.Single(p => p.CaseId == file.Id);
        treasury.Say("甲", Of(first).Id, AnswerKind.AccountWrong, 0);
        treasury.Say("乙", Of(second).Id, AnswerKind.Paid, Of(second).Amount - 1);
        treasury.Say("丙", Guid.CreateVersion7(), AnswerKind.Paid, 5);
        Assert.Equal(new ReconcileResult(1, 0, 2), await scene.Link(treasury).ReconcileAsync());
        var report = await Reconciliation.OfDayAsync(scene.Database, new DateOnly(2026, 6, 30));
        Assert.Equal((1, 1, 0L), (report.Failed.Count, report.Doubtful.Count, report.Posted));
        Assert.Equal(2, report.Differences.Count);
        Assert.Equal("account", (await scene.Desk.PrepareAsync(
            Guid.CreateVersion7(), PaymentScene.Maker, [first.Id])).Problems[0].Code);
        await scene.GiveAccountAsync(first, "330012340000");
        await scene.ReleasedAsync(first);
        // The same answer id with another amount is no proof either.
        treasury.Say("乙", Of(second).Id, AnswerKind.Paid, Of(second).Amount);
        Assert.Equal(new ReconcileResult(0, 0, 1), await scene.Link(treasury).ReconcileAsync());
        var link = scene.Link(treasury);
        Assert.Equal("编制和核实不能是同一人",
            (await link.SettleAsync(PaymentScene.Maker, Of(second).Id, true, "流水")).Problems[0].Message);
        Assert.Empty((await link.SettleAsync(PaymentScene.Checker, Of(second).Id, true, "银行流水")).Problems);
        Assert.Equal(CasePhase.Completed, (await scene.CaseAsync(second.Id)).Phase);
        Assert.True((await Reconciliation.OfBatchAsync(scene.Database, batch.Id)).Balances);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task What_the_bank_sends_back_is_reserved_again_and_paid_anew(DatabaseKind kind)
    {
        await using var scene = new PaymentScene(databases, kind);
        var file = (await scene.PayingAsync(1))[0];
        var treasury = new ListedTreasury();
        await scene.Link(treasury).SendAsync((await scene.ReleasedAsync(file)).Id);
        var payment = (await scene.PaymentsAsync()).Single();
        var before = await BudgetAsync(scene);
        treasury.Say("1", payment.Id, AnswerKind.Paid, payment.Amount);
        treasury.Say("2", payment.Id, AnswerKind.Returned, payment.Amount);
        treasury.Say("3", payment.Id, AnswerKind.Paid, payment.Amount);
        Assert.Equal(new ReconcileResult(2, 1, 0), await scene.Link(treasury).ReconcileAsync());
        var after = await BudgetAsync(scene);
        Assert.Equal((before.Available, before.DebitsPending), (after.Available, after.DebitsPending));
        Assert.Equal(CasePhase.Paying, (await scene.CaseAsync(file.Id)).Phase);
        Assert.Equal(0, (await Reconciliation.OfBatchAsync(scene.Database, payment.BatchId)).Posted);
        await scene.GiveAccountAsync(file);
        await scene.Link(treasury).SendAsync((await scene.ReleasedAsync(file)).Id);
        var again = (await scene.PaymentsAsync())[^1];
        treasury.Say("4", again.Id, AnswerKind.Paid, again.Amount);
        await scene.Link(treasury).ReconcileAsync();
        Assert.Equal(CasePhase.Completed, (await scene.CaseAsync(file.Id)).Phase);
        var paid = await BudgetAsync(scene);
        Assert.Equal((before.Available, 0L), (paid.Available, paid.DebitsPending));
        Assert.True((await Reconciliation.OfDayAsync(scene.Database, new DateOnly(2026, 6, 30))).Balances);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Refunds_come_in_parts_and_give_budget_and_caps_back(DatabaseKind kind)
    {
        await using var scene = new PaymentScene(databases, kind);
        var file = (await scene.PayingAsync(1))[0];
        var treasury = new SimulatedTreasury(1, TreasuryMoods.None);
        await scene.Link(treasury).SendAsync((await scene.ReleasedAsync(file)).Id);
        await scene.Link(treasury).ReconcileAsync();
        var refunds = new Refunds(scene.Database, scene.Cases.Desk);
        Assert.Equal("phase", (await refunds.RefundAsync(Person.Program, file.Id, 1, "凭证0")).Problems[0].Code);
        file = await scene.Cases.GoAsync(await scene.CaseAsync(file.Id), (Move.Recall, CaseScene.ProvinceHead));
        var paid = file.Amount!.Value;
        Assert.Equal("money", (await refunds.RefundAsync(Person.Program, file.Id, paid + 1, "凭证1")).Problems[0].Code);
        Assert.Equal(paid - 1001, (await refunds.RefundAsync(CaseScene.Province, file.Id, 1001, "凭证1")).Value!.Left);
        Assert.Equal(paid - 1001, (await refunds.RefundAsync(CaseScene.Province, file.Id, 1001, "凭证1")).Value!.Left);
        Assert.Equal("conflict", (await refunds.RefundAsync(CaseScene.Province, file.Id, 7, "凭证1")).Problems[0].Code);
        Assert.Equal(500_000_000 - paid + 1001, (await BudgetAsync(scene)).Available);
        Assert.Equal(CasePhase.Recalling, (await scene.CaseAsync(file.Id)).Phase);
        Assert.Equal(0, (await refunds.RefundAsync(Person.Program, file.Id, paid - 1001, "凭证2")).Value!.Left);
        Assert.Equal(CasePhase.Recalled, (await scene.CaseAsync(file.Id)).Phase);
        Assert.Equal(500_000_000, (await BudgetAsync(scene)).Available);
        await AssertNothingDrawnAsync(scene, file);
        Assert.Empty((await Reconciliation.OfDayAsync(scene.Database, new DateOnly(2026, 6, 30))).Differences);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Two_reconcilers_and_two_senders_at_once_pay_once(DatabaseKind kind)
    {
        await using var scene = new PaymentScene(databases, kind);
        var cases = await scene.PayingAsync(4);
        var treasury = new SimulatedTreasury(3, TreasuryMoods.Partly | TreasuryMoods.Twice);
        var batch = await scene.ReleasedAsync(cases);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            Task.Run(() => scene.Link(treasury).SendAsync(batch.Id))));
        Assert.Equal(4, treasury.Statement.Count);
        for (var i = 0; i < 3; i++)
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(scene.Link(treasury).ReconcileAsync)));
        var report = await Reconciliation.OfBatchAsync(scene.Database, batch.Id);
        Assert.Equal((new Tally(4, batch.Total), true), (report.Confirmed, report.Balances));
    }

    private static async Task<Account> BudgetAsync(PaymentScene scene)
    {
        var id = Accounts.Budget(PaymentScene.Item, "省财政", "21", "2026").Id;
        return (await scene.Database.WriteAsync(work => GeneralLedger.LockAsync(work, [id])))[id];
    }

    private static async Task AssertNothingDrawnAsync(PaymentScene scene, Case file)
    {
        var legs = await scene.Database.ReadAsync(work => PaidLegs.OfAsync(work, file));
        Assert.Empty(legs.Legs);
        var caps = await scene.Database.ReadAsync(work => work.QueryAsync(
            "SELECT name, credits_posted - debits_posted, (SELECT SUM(amount) FROM transfers WHERE credit_id = a.id " +
            "AND code = '上限核定') FROM accounts a WHERE kind = $1",
            row => (Name: row.GetString(0), Left: row.GetInt64(1), Limit: (long)row.GetDecimal(2)), ["上限"]));
        Assert.NotEmpty(caps);
        Assert.All(caps, c => Assert.Equal(c.Limit, c.Left));
    }
}
