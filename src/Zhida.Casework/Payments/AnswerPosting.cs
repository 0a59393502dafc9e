using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Casework.Storage;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Payments;

/// <summary>What an answer does to a payment, its case and the ledger, within one transaction.</summary>
internal sealed class AnswerPosting(UnitOfWork work, ZhidaContext context, CaseDesk cases)
{
    public Payment Payment { get; private set; } = null!;

    public Case Case { get; private set; } = null!;

    /// <summary>Locks the case, then the payment; false: there is no such payment.</summary>
    public async Task<bool> LockAsync(Guid payment)
    {
        var found = await work.QueryAsync(
            "SELECT case_id FROM payments WHERE id = $1", row => row.GetGuid(0), [payment]);
        if (found is not [var file]) return false;
        Case = (await CaseLocks.LockAsync(work, context, file))!;
        await work.QueryAsync([new Query(
            $"SELECT id FROM payments WHERE id = $1{work.ForUpdate}", [payment], _ => { })]);
        Payment = await context.Payments.SingleAsync(p => p.Id == payment);
        return true;
    }

    /// <summary>Applies an answer. With a problem, the transaction is to be given up.</summary>
    public async Task<(AnswerEffect Effect, Problem? Problem)> ApplyAsync(TreasuryAnswer answer)
    {
        var isWhole = answer.Amount == Payment.Amount;
        switch (Payment.State, answer.Kind)
        {
            case (PaymentState.Sent, AnswerKind.Paid or AnswerKind.Returned) when !isWhole:
                return (Doubt($"财政说{WordsOf(answer)}，应为{Fen.Text(Payment.Amount)}"), null);
            case (PaymentState.Sent, AnswerKind.Paid):
                return (AnswerEffect.Applied, await PayAsync(answer.Amount, $"财政回执{answer.Id}"));
            case (PaymentState.Sent, AnswerKind.Returned):
                // The confirmation is late or lost: paid and returned is nothing to post.
                End(PaymentState.Returned, answer);
                Payment.ReturnedAt = work.Now;
                return (AnswerEffect.Applied, null);
            case (PaymentState.Sent, _):
                End(PaymentState.Failed, answer);
                return (AnswerEffect.Applied, null);
            case (PaymentState.Paid, AnswerKind.Returned) when isWhole:
                return (AnswerEffect.Applied, await ReturnAsync(answer));
            case (PaymentState.Paid or PaymentState.Returned, AnswerKind.Paid) when isWhole:
            case (PaymentState.Returned, AnswerKind.Returned) when isWhole:
            case (PaymentState.Failed, AnswerKind.Failed or AnswerKind.AccountWrong):
                return (AnswerEffect.Repeated, null);
            default:
                return (await ContradictAsync(answer), null);
        }
    }

    /// <summary>Posts a confirmed payment with the case's move; what the ledger posts is what was confirmed.</summary>
    public async Task<Problem?> PayAsync(long confirmed, string reason)
    {
        var payable = (await Payable.OfAsync(work, Case)).Values.Sum();
        if (payable != confirmed)
            return new Problem("money", $"账上占用{Fen.Text(payable)}，财政已付{Fen.Text(confirmed)}", "核对后再记账");
        var before = (await PaidLegs.OfAsync(work, Case)).Total;
        var move = NamedId.Of($"拨付/{Payment.Id}");
        var made = await cases.MoveAsync(work, new MoveRequest(move, Case.Id, Case.Version, Move.Pay, Person.Program)
        {
            Reason = reason,
        });
        if (!made.Succeeded) return made.Problems[0];
        if ((await PaidLegs.OfAsync(work, Case)).Total - before != confirmed)
            throw new InvalidOperationException($"payment {Payment.Id}: posted is not what was confirmed");
        Payment.Become(PaymentState.Paid, reason, work.Now);
        (Payment.PaidAt, Payment.PaidMove) = (work.Now, move);
        var voucher = await Voucher.OfAsync(context, cases, Case, Payment, work.Now);
        context.Papers.Add(voucher);
        Journal.Note(work, "paper", voucher.Id);
        return null;
    }

    /// <summary>Holds a payment for a person, where its state allows that.</summary>
    public AnswerEffect Doubt(string reason)
    {
        if (Payment.State == PaymentState.Doubtful) return AnswerEffect.Doubted;
        if (!PaymentStates.MayBecome(Payment.State, PaymentState.Doubtful)) return AnswerEffect.Contradicts;
        Payment.Become(PaymentState.Doubtful, reason, work.Now);
        return AnswerEffect.Doubted;
    }

    /// <summary>The bank sent it back: the case is in phase 拨付 again, with what it reserved; or it was being recalled,
    /// and is whole again.</summary>
    private async Task<Problem?> ReturnAsync(TreasuryAnswer answer)
    {
        var move = NamedId.Of($"退汇/{Payment.Id}");
        var isRecalled = Case.Phase == CasePhase.Recalling;
        if (isRecalled && (await PaidLegs.OfAsync(work, Case)).Total != answer.Amount)
            return new Problem("money", "追回中已退回一部分，又整笔退汇", "核对后由人处理");
        var made = await cases.MoveAsync(work, new MoveRequest(
            move, Case.Id, Case.Version, isRecalled ? Move.Refund : Move.Return, Person.Program)
        {
            Reason = $"退汇：{answer.Text}（回执{answer.Id}）",
        });
        if (!made.Succeeded) return made.Problems[0];
        End(PaymentState.Returned, answer);
        (Payment.ReturnedAt, Payment.ReturnedMove) = (work.Now, move);
        return null;
    }

    /// <summary>What was failed is said to be paid, or the like: another attempt that has not left is held; what has
    /// been posted stays, and a person looks.</summary>
    private async Task<AnswerEffect> ContradictAsync(TreasuryAnswer answer)
    {
        if (await IsSettledAsync(answer)) return AnswerEffect.Repeated;
        var reason = $"{PaymentStates.WordOf(Payment.State)}，财政又说{WordsOf(answer)}";
        if (Payment.State != PaymentState.Failed) return Doubt(reason);
        var other = await context.Payments.SingleOrDefaultAsync(p => p.LiveKey == Case.Id);
        if (other is null) return Case.Phase == CasePhase.Paying ? Doubt(reason) : AnswerEffect.Contradicts;
        if (other.State == PaymentState.Ready) other.Become(PaymentState.Doubtful, $"前一次{reason}", work.Now);
        return AnswerEffect.Contradicts;
    }

    /// <summary>Whether a person has settled already what an answer says: it came before and made the payment doubtful;
    /// or the person found that nothing is paid, and here is the return.</summary>
    private async Task<bool> IsSettledAsync(TreasuryAnswer answer)
    {
        if (Payment.State == PaymentState.Doubtful) return false;
        var doubts = await context.Answers.AsNoTracking()
            .Where(a => a.PaymentId == Payment.Id && a.Effect == AnswerEffect.Doubted).ToListAsync();
        return doubts.Exists(a => a.Kind == answer.Kind && a.Amount == answer.Amount) ||
            doubts.Count > 0 && Payment.State == PaymentState.Failed &&
            answer.Kind == AnswerKind.Returned && answer.Amount == Payment.Amount;
    }

    private static string WordsOf(TreasuryAnswer answer) =>
        AnswerFile.WordOf(answer.Kind) + Fen.Text(answer.Amount);

    private void End(PaymentState state, TreasuryAnswer answer)
    {
        Payment.Become(state, answer.Text, work.Now);
        Payment.NeedsAccount = answer.Kind is AnswerKind.AccountWrong or AnswerKind.Returned;
    }
}
