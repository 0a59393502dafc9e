using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Payments;

/// <summary>What a reading of answers did.</summary>
public sealed record ReconcileResult(int Applied, int Repeated, int Doubtful);

/// <summary>
/// Sends released batches to the treasury and takes its answers. Every call may be made again at any time, also after
/// the process died within one: what is sent again has the same ids, and an answer counts once.
/// </summary>
/// <param name="patience">How long to wait for an answer before the same order is sent again.</param>
public sealed class TreasuryLink(Database database, CaseDesk cases, ITreasury treasury, TimeSpan patience)
{
    /// <summary>Hands over what of a batch is to be handed over: what is new, what may not have arrived, and what had
    /// no answer for too long.</summary>
    public async Task<Result<PaymentBatch>> SendAsync(Guid batch)
    {
        var (marked, orders) = await MarkAsync(batch);
        if (!marked.Succeeded || orders is null) return marked;
        try
        {
            await treasury.SubmitAsync(orders);
        }
        catch (IOException e)
        {
            return new Problem("treasury", $"没有送达财政：{e.Message}", "稍后再送：同一笔不会付两次");
        }
        await database.WriteAsync(work =>
        {
            work.Write("UPDATE payments SET handed_over = $2 WHERE batch_id = $1 AND sending = $2",
                batch, orders.Sending);
            return Task.CompletedTask;
        });
        return marked;
    }

    /// <summary>For the job: all batches with something to hand over; what went wrong.</summary>
    public async Task<IReadOnlyList<Problem>> SendDueAsync()
    {
        var due = await database.ReadAsync(async work =>
        {
            await using var context = Schema.Over(work);
            var waited = work.Now - patience.Ticks;
            return await context.Payments
                .Where(p => p.State == PaymentState.Ready || p.State == PaymentState.Sent &&
                    (p.HandedOver < p.Sending || p.SentAt <= waited))
                .Join(context.Batches.Where(b => b.State == BatchState.Released), p => p.BatchId, b => b.Id,
                    (_, b) => b.Id)
                .Distinct().ToListAsync();
        });
        var problems = new List<Problem>();
        foreach (var batch in due.Order()) problems.AddRange((await SendAsync(batch)).Problems);
        return problems;
    }

    /// <summary>Takes all answers that are there.</summary>
    /// <exception cref="IOException">The treasury can't be reached; what was taken stands.</exception>
    public async Task<ReconcileResult> ReconcileAsync()
    {
        var effects = new List<AnswerEffect>();
        foreach (var sheet in await treasury.ReceiveAsync())
        {
            foreach (var answer in sheet.Answers) effects.Add(await ApplyAsync(answer));
            // Only now: if the process dies before, the sheet comes again and its answers are known.
            await treasury.TakenAsync(sheet);
        }
        return new ReconcileResult(effects.Count(e => e == AnswerEffect.Applied),
            effects.Count(e => e == AnswerEffect.Repeated),
            effects.Count(e => e is not (AnswerEffect.Applied or AnswerEffect.Repeated)));
    }

    /// <summary>A person has found out how a doubtful payment went: 已付 (the amount ordered, by the bank's statement) or
    /// 失败 (nothing, or all of it came back). Not the one who prepared it.</summary>
    public Task<Result<Payment>> SettleAsync(Person by, Guid payment, bool isPaid, string reason) =>
        database.WriteAsync<Result<Payment>>(async work =>
        {
            await using var context = Schema.Over(work);
            var posting = new AnswerPosting(work, context, cases);
            if (!await posting.LockAsync(payment)) return new Problem("not-found", "没有这笔拨付", "检查编号");
            var batch = await context.Batches.AsNoTracking().SingleAsync(b => b.Id == posting.Payment.BatchId);
            if (BatchMaking.Forbidden(by, posting.Case, batch.Office) is { } forbidden) return forbidden;
            if (by.Id == batch.PreparedBy)
                return new Problem("forbidden", "编制和核实不能是同一人", "转给另一位承办人");
            if (string.IsNullOrWhiteSpace(reason))
                return new Problem("reason", "核实存疑的拨付要写明依据", "写明银行流水或财政的说明", "意见");
            if (posting.Payment.State != PaymentState.Doubtful)
                return new Problem("phase", $"这笔拨付是“{PaymentStates.WordOf(posting.Payment.State)}”，不是存疑", "看拨付的状态");
            var text = $"{by.Name}核实：{reason}";
            if (!isPaid) posting.Payment.Become(PaymentState.Failed, text, work.Now);
            else if (await posting.PayAsync(posting.Payment.Amount, text) is { } problem) return problem;
            await context.SaveChangesAsync();
            return posting.Payment;
        });

    /// <summary>Marks as sent before anything leaves: from here on it may be paid, whatever happens to this process.
    /// </summary>
    private Task<(Result<PaymentBatch> Batch, PaymentOrders? Orders)> MarkAsync(Guid id) =>
        database.WriteAsync<(Result<PaymentBatch>, PaymentOrders?)>(async work =>
        {
            await using var context = Schema.Over(work);
            if (await BatchLocks.LockAsync(work, context, id) is not { } batch)
                return (new Problem("not-found", "没有这个批次", "检查编号"), null);
            if (batch.State != BatchState.Released)
                return (new Problem("phase", "批次还没有复核，或已作废", "先由另一人复核"), null);
            var waited = work.Now - patience.Ticks;
            await work.QueryAsync([new Query(
                $"SELECT id FROM payments WHERE batch_id = $1 ORDER BY id{work.ForUpdate}", [id], _ => { })]);
            var due = await context.Payments.Where(p => p.BatchId == id && (p.State == PaymentState.Ready ||
                p.State == PaymentState.Sent && (p.HandedOver < p.Sending || p.SentAt <= waited)))
                .OrderBy(p => p.Id).ToListAsync();
            if (due.Count == 0) return (batch, null);
            batch.Sendings++;
            foreach (var payment in due)
            {
                if (payment.State == PaymentState.Ready) payment.Become(PaymentState.Sent, "", work.Now);
                (payment.Sending, payment.SentAt) = (batch.Sendings, work.Now);
            }
            await context.SaveChangesAsync();
            return (batch, new PaymentOrders(batch.Number, batch.Sendings, batch.Payer, [.. due.Select(p =>
                new PaymentOrder(p.Id, p.CaseNumber, p.PayeeName, p.Bank, p.AccountNumber, p.Amount))]));
        });

    private async Task<AnswerEffect> ApplyAsync(TreasuryAnswer answer)
    {
        var (effect, problem) = await database.WriteAsync(work => ApplyAsync(work, answer, refused: null));
        if (problem is null) return effect;
        // What the ledger or the case doesn't take is not posted, but kept for a person.
        return (await database.WriteAsync(work => ApplyAsync(work, answer, problem))).Effect;
    }

    /// <param name="refused">Why posting it was refused in a transaction that was given up.</param>
    private async Task<(AnswerEffect Effect, Problem? Problem)> ApplyAsync(
        UnitOfWork work, TreasuryAnswer answer, Problem? refused)
    {
        await using var context = Schema.Over(work);
        var posting = new AnswerPosting(work, context, cases);
        var isKnown = await posting.LockAsync(answer.Payment);
        var id = PaymentAnswer.IdOf(answer);
        if (await context.Answers.AnyAsync(a => a.Id == id)) return (AnswerEffect.Repeated, null);
        var effect = AnswerEffect.Unknown;
        if (isKnown && refused is not null) effect = posting.Doubt(refused.Message);
        else if (isKnown && await context.Answers.AnyAsync(a =>
                     a.PaymentId == answer.Payment && a.AnswerId == answer.Id))
            effect = posting.Doubt($"回执{answer.Id}前后不一致");
        else if (isKnown)
        {
            (effect, var problem) = await posting.ApplyAsync(answer);
            if (problem is not null)
            {
                work.Abandon();
                return (effect, problem);
            }
        }
        context.Answers.Add(new PaymentAnswer
        {
            Id = id, PaymentId = answer.Payment, AnswerId = answer.Id, Kind = answer.Kind, Amount = answer.Amount,
            Text = answer.Text, At = work.Now, Effect = effect,
        });
        Journal.Note(work, "answer", id);
        await context.SaveChangesAsync();
        return (effect, null);
    }
}
