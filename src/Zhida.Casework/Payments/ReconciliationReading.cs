using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Casework.Storage;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Payments;

/// <summary>Payments and ledger read from one state of the database, and compared.</summary>
/// <param name="to">The largest long: no day, all of the payments at hand.</param>
internal sealed class ReconciliationReading(
    UnitOfWork work, ZhidaContext context, long from, long to)
{
    private readonly List<Difference> _differences = [];

    private bool Within(long? at) => at >= from && at < to;

    public async Task<Reconciliation> OfAsync(List<Payment> payments)
    {
        long posted = 0;
        foreach (var payment in payments) posted += await CheckAsync(payment);
        await FindStrangersAsync(payments);
        Tally Of(Func<Payment, bool> which) =>
            new(payments.Count(which), payments.Where(which).Sum(p => p.Amount));
        return new Reconciliation
        {
            Sent = Of(p => Within(p.SentAt)), Waiting = Of(p => p.State == PaymentState.Sent),
            Confirmed = Of(p => Within(p.PaidAt)), Doubtful = Of(p => p.State == PaymentState.Doubtful),
            Failed = Of(p => p.State == PaymentState.Failed && Within(p.ChangedAt)),
            Returned = Of(p => p.ReturnedMove is not null && Within(p.ReturnedAt)),
            Posted = posted, Differences = _differences,
        };
    }

    /// <summary>分 that the ledger posted for a payment within the time.</summary>
    private async Task<long> CheckAsync(Payment payment)
    {
        var file = await context.Cases.AsNoTracking().SingleAsync(c => c.Id == payment.CaseId);
        var payee = Accounts.Payee(file.Subject).Id;
        var paid = (await TransfersAsync(payment.PaidMove)).Where(t => t.CreditId == payee && !t.IsPending)
            .Sum(t => t.Amount);
        var back = (await TransfersAsync(payment.ReturnedMove)).Where(t => t.DebitId == payee).Sum(t => t.Amount);
        void Tell(string message) => _differences.Add(new Difference(payment.Id, payment.CaseNumber, message));
        if (payment.State == PaymentState.Doubtful) Tell($"存疑：{payment.Reason}");
        if (paid != (payment.PaidAt is null ? 0 : payment.Amount))
            Tell($"已付{Fen.Text(payment.PaidAt is null ? 0 : payment.Amount)}，账上兑现{Fen.Text(paid)}");
        if (back != (payment.ReturnedMove is null ? 0 : payment.Amount))
            Tell($"退汇{Fen.Text(payment.ReturnedMove is null ? 0 : payment.Amount)}，账上冲回{Fen.Text(back)}");
        await CheckCaseAsync(file, payment);
        foreach (var answer in await context.Answers.AsNoTracking()
                     .Where(a => a.PaymentId == payment.Id && a.Effect == AnswerEffect.Contradicts).ToListAsync())
            Tell($"回执{answer.AnswerId}说{AnswerFile.WordOf(answer.Kind)}{Fen.Text(answer.Amount)}，与已记的不符");
        return (Within(payment.PaidAt) ? paid : 0) - (Within(payment.ReturnedAt) ? back : 0);
    }

    /// <summary>The invariant: what the ledger has posted for a case is what its payments confirmed, less what came
    /// back.</summary>
    private async Task CheckCaseAsync(Case file, Payment payment)
    {
        var ledger = (await PaidLegs.OfAsync(work, file)).Total;
        var paid = await context.Payments.Where(p => p.CaseId == file.Id && p.PaidAt != null && p.ReturnedMove == null)
            .SumAsync(p => p.Amount);
        var refunded = await context.Refunds.Where(r => r.CaseId == file.Id).SumAsync(r => r.Amount);
        if (ledger != paid - refunded)
            _differences.Add(new Difference(payment.Id, payment.CaseNumber,
                $"办件共付{Fen.Text(paid)}、退回{Fen.Text(refunded)}，账上净付{Fen.Text(ledger)}"));
    }

    /// <summary>Postings and answers of the time that no payment explains.</summary>
    private async Task FindStrangersAsync(List<Payment> payments)
    {
        var cases = payments.Select(p => p.CaseId).ToList();
        var moves = await context.Moves.AsNoTracking().Where(m => m.Move == Move.Pay &&
                (to == long.MaxValue ? cases.Contains(m.CaseId) : m.At >= from && m.At < to) &&
                !context.Payments.Any(p => p.PaidMove == m.Id))
            .Join(context.Cases, m => m.CaseId, c => c.Id, (_, c) => c.Number).ToListAsync();
        _differences.AddRange(moves.Select(m => new Difference(null, m ?? "", "账上已兑现，没有对应的拨付")));
        if (to == long.MaxValue) return;
        _differences.AddRange((await context.Answers.AsNoTracking()
                .Where(a => a.Effect == AnswerEffect.Unknown && a.At >= from && a.At < to).ToListAsync())
            .Select(a => new Difference(a.PaymentId, "",
                $"回执{a.AnswerId}说的编号不是我们发出的：{AnswerFile.WordOf(a.Kind)}{Fen.Text(a.Amount)}")));
    }

    private async Task<List<Transfer>> TransfersAsync(Guid? move)
    {
        if (move is null) return [];
        var bodies = await context.Moves.Where(m => m.Id == move).Select(m => m.Body).ToListAsync();
        if (bodies is not [var body]) return [];
        using var json = JsonDocument.Parse(body);
        return await GeneralLedger.FindAsync(work,
            [.. json.RootElement.GetProperty("transfers").EnumerateArray().Select(t => t.GetGuid())]);
    }
}
