using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Casework.Storage;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Payments;

/// <summary>Takes what a subject pays back after 追回, in as many parts as it comes.</summary>
public sealed class Refunds(Database database, CaseDesk cases)
{
    /// <summary>Keeps a receipt: budgets and caps get back what came back; with the last part the case is 已追回.
    /// </summary>
    /// <param name="by">Of the office that the case is held by, or the program.</param>
    /// <param name="amount">分.</param>
    /// <param name="reference">The treasury's number of the receipt: the same again is the same receipt.</param>
    public Task<Result<Refund>> RefundAsync(Person by, Guid caseId, long amount, string reference) =>
        database.WriteAsync<Result<Refund>>(async work =>
        {
            if (string.IsNullOrWhiteSpace(reference))
                return new Problem("facts", "没有写缴款的凭证号", "照财政的缴款凭证填写", "凭证号");
            await using var context = Schema.Over(work);
            if (await CaseLocks.LockAsync(work, context, caseId) is not { } file)
                return new Problem("not-found", "没有这个办件", "检查编号");
            if (by.Role != Role.Program && BatchMaking.Forbidden(by, file, file.Holder) is { } forbidden)
                return forbidden;
            var id = NamedId.Of($"追回/{caseId}/{reference.Trim()}");
            if (await context.Refunds.FindAsync(id) is { } kept)
                return kept.Amount == amount ? kept
                    : new Problem("conflict", $"凭证{reference}已登记为{Fen.Text(kept.Amount)}", "核对凭证号和金额", "金额");
            if (file.Phase != CasePhase.Recalling)
                return new Problem("phase", $"办件现在是“{PhaseWords.Of(file.Phase)}”，不在追回", "先由负责人决定追回");
            var owed = (await PaidLegs.OfAsync(work, file)).Total;
            if (amount <= 0 || amount > owed)
                return new Problem("money", $"应退回{Fen.Text(owed)}，不能登记{Fen.Text(amount)}", "核对金额", "金额");
            if (amount < owed) await Release.TakeBackAsync(work, file, id, amount);
            else
            {
                var moved = await cases.MoveAsync(work, new MoveRequest(
                    id, caseId, file.Version, Move.Refund, Person.Program) { Reason = $"缴款凭证{reference}" });
                if (!moved.Succeeded) return new Result<Refund>(null, moved.Problems);
            }
            var refund = new Refund
            {
                Id = id, CaseId = caseId, Amount = amount, Reference = reference.Trim(), PersonId = by.Id,
                PersonName = by.Name, At = work.Now, Left = owed - amount,
            };
            context.Refunds.Add(refund);
            Journal.Note(work, "refund", refund.Id);
            await context.SaveChangesAsync();
            return refund;
        });
}
