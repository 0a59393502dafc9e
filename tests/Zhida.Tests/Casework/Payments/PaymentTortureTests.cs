using System.Collections;
using CsCheck;
using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Payments;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Payments;

/// <summary>Whatever the treasury does, and wherever the process dies: nobody is paid twice, and in the end ledger and
/// treasury agree to the 分.</summary>
public sealed class PaymentTortureTests(TestDatabases databases)
{
    private const TreasuryMoods AllMoods = (TreasuryMoods)255;
    /// <summary>Days. Of what is refused, comes back and is answered late, a case may need many attempts.</summary>
    private const int Rounds = 400;

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public Task Every_single_mood_ends_reconciled(DatabaseKind kind) => Task.WhenAll(
        Enumerable.Range(0, 8).Select(bit => RunAsync(kind, 40 + bit, (TreasuryMoods)(1 << bit), crashes: false)));

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public Task Random_moods_and_crashes_never_pay_twice(DatabaseKind kind) =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[0, (int)AllMoods]).SampleAsync(
            (seed, moods) => RunAsync(kind, seed, (TreasuryMoods)moods, crashes: true), iter: 12, threads: 2);

    private async Task RunAsync(DatabaseKind kind, int seed, TreasuryMoods moods, bool crashes)
    {
        await using var scene = new PaymentScene(databases, kind);
        var cases = await scene.PayingAsync(3);
        var treasury = new SimulatedTreasury(seed, moods);
        var crashing = new CrashingTreasury(treasury, crashes ? new Random(seed) : null);
        for (var round = 0; round < Rounds; round++)
        {
            await StepAsync(() => PrepareAsync(scene, cases));
            await StepAsync(() => scene.Link(crashing).SendDueAsync());
            await StepAsync(() => scene.Link(crashing).ReconcileAsync());
            // People take their time, so that other steps meet what is doubtful.
            if (round % 3 == 2) await StepAsync(() => SettleAsync(scene, treasury));
            AssertPaidAtMostOnce(treasury, cases);
            scene.Cases.Clock.Advance(TimeSpan.FromDays(1));
            if (await IsOverAsync(scene, treasury, cases)) break;
        }
        await AssertReconciledAsync(scene, treasury, cases, moods.HasFlag(TreasuryMoods.WrongAmount));
    }

    /// <summary>All are paid, and what came back is known: its answer may be late.</summary>
    private static async Task<bool> IsOverAsync(PaymentScene scene, SimulatedTreasury treasury, List<Case> cases)
    {
        if ((await CasesAsync(scene, cases)).Any(c => c.Phase != CasePhase.Completed)) return false;
        var ended = (await scene.PaymentsAsync())
            .Where(p => p.State is PaymentState.Returned or PaymentState.Failed).Select(p => p.Id).ToHashSet();
        return treasury.Statement.All(m => !m.CameBack || ended.Contains(m.Payment));
    }

    /// <summary>A step that may die; whatever it leaves, the next one begins from what is kept.</summary>
    private static async Task StepAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (CrashException)
        {
            // The process is gone; the next step is made by another.
        }
    }

    private static async Task<List<Case>> CasesAsync(PaymentScene scene, List<Case> cases)
    {
        var found = new List<Case>();
        foreach (var file in cases) found.Add(await scene.CaseAsync(file.Id));
        return found;
    }

    /// <summary>What people do: cases that have no payment get one, with the account corrected where that is asked for.
    /// </summary>
    private static async Task PrepareAsync(PaymentScene scene, List<Case> cases)
    {
        foreach (var file in (await CasesAsync(scene, cases)).Where(c => c.Phase == CasePhase.Paying))
        {
            var made = await scene.Desk.PrepareAsync(Guid.CreateVersion7(), PaymentScene.Maker, [file.Id]);
            if (made.Problems is [{ Code: "account" }]) await scene.GiveAccountAsync(file);
            if (made.Value is { } batch)
                Assert.Empty((await scene.Desk.ReleaseAsync(PaymentScene.Checker, batch.Id)).Problems);
        }
    }

    /// <summary>A person settles doubts after the bank's statement.</summary>
    private static async Task SettleAsync(PaymentScene scene, SimulatedTreasury treasury)
    {
        foreach (var payment in (await scene.PaymentsAsync()).Where(p => p.State == PaymentState.Doubtful))
        {
            var stays = treasury.Statement.Any(m => m.Payment == payment.Id && !m.CameBack);
            Assert.Empty((await scene.Link(treasury).SettleAsync(
                PaymentScene.Checker, payment.Id, stays, "银行流水")).Problems);
        }
    }

    private static void AssertPaidAtMostOnce(SimulatedTreasury treasury, List<Case> cases)
    {
        foreach (var file in cases)
            Assert.True(treasury.Statement.Where(m => m.CaseNumber == file.Number && !m.CameBack).Sum(m => m.Amount)
                <= file.Amount, $"{file.Number} was paid more than it is due");
    }

    private static async Task AssertReconciledAsync(
        PaymentScene scene, SimulatedTreasury treasury, List<Case> cases, bool wrongAmounts)
    {
        Assert.All(await CasesAsync(scene, cases), c => Assert.Equal(CasePhase.Completed, c.Phase));
        var stays = treasury.Statement.Where(m => !m.CameBack).ToList();
        Assert.Equal(cases.Select(c => (c.Number!, c.Amount!.Value)).Order(),
            stays.Select(m => (m.CaseNumber, m.Amount)).Order());
        long posted = 0;
        foreach (var batch in (await scene.PaymentsAsync()).Select(p => p.BatchId).Distinct())
        {
            var report = await Reconciliation.OfBatchAsync(scene.Database, batch);
            Assert.Equal(report.Confirmed.Sum - report.Returned.Sum, report.Posted);
            // A wrong amount that is told after its return stays on the list: nobody can make it fit.
            Assert.All(report.Differences, d => Assert.Contains("与已记的不符", d.Message));
            Assert.True(report.Balances || wrongAmounts, $"{report}");
            posted += report.Posted;
        }
        Assert.Equal(stays.Sum(m => m.Amount), posted);
    }

    private sealed class CrashException : Exception;

    /// <summary>The process dies around what it asks of the treasury, and between two answers.</summary>
    private sealed class CrashingTreasury(ITreasury treasury, Random? random) : ITreasury
    {
        public async Task SubmitAsync(PaymentOrders orders)
        {
            MayDie();
            await treasury.SubmitAsync(orders);
            MayDie();
        }

        public async Task<IReadOnlyList<AnswerSheet>> ReceiveAsync() => [.. (await treasury.ReceiveAsync())
            .Select(s => s with { Answers = new CrashingList(s.Answers, MayDie) })];

        public async Task TakenAsync(AnswerSheet sheet)
        {
            MayDie();
            await treasury.TakenAsync(sheet);
            MayDie();
        }

        private void MayDie()
        {
            if (random?.Next(5) == 0) throw new CrashException();
        }
    }

    private sealed class CrashingList(IReadOnlyList<TreasuryAnswer> answers, Action mayDie)
        : IReadOnlyList<TreasuryAnswer>
    {
        public int Count => answers.Count;

        public TreasuryAnswer this[int index] => answers[index];

        public IEnumerator<TreasuryAnswer> GetEnumerator()
        {
            foreach (var answer in answers)
            {
                mayDie();
                yield return answer;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
