using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Proof;
using Zhida.Casework.Storage;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Payments;

/// <summary>What people do about payments: the applicant names an account; one official makes a batch, another releases
/// it. What the treasury does is <see cref="TreasuryLink"/>.</summary>
public sealed class PaymentDesk(Database database)
{
    /// <summary>Names the account for a case; a later one counts for later payments.</summary>
    /// <param name="id">Made by the caller (UUID v7): the same request again is made once.</param>
    public Task<Result<PayeeAccount>> GiveAccountAsync(Guid id, Person by, Guid caseId, AccountForm form) =>
        database.WriteAsync<Result<PayeeAccount>>(async work =>
        {
            await using var context = Schema.Over(work);
            if (await context.PayeeAccounts.FindAsync(id) is { } given) return given;
            if (await CaseLocks.LockAsync(work, context, caseId) is not { } file)
                return new Problem("not-found", "没有这个办件", "检查编号");
            if (by.Role != Role.Applicant || !by.Subjects.Contains(file.Subject))
                return new Problem("forbidden", "只有申报主体授权的经办人可以填写收款账户", "请主体在“授权经办人”中添加您");
            if (PhaseWords.IsClosed(file.Phase) || file.Phase == CasePhase.Recalling)
                return new Problem("phase", $"办件现在是“{PhaseWords.Of(file.Phase)}”，不能改收款账户", "看办件的进度");
            if (await context.Payments.AnyAsync(p => p.LiveKey == caseId))
                return new Problem("phase", "正在拨付，不能改收款账户", "等财政的回执；账号有误的，届时更正");
            var problems = form.Check(file.SubjectName);
            if (problems.Count > 0) return new Result<PayeeAccount>(null, problems);
            var account = new PayeeAccount
            {
                Id = id, CaseId = caseId, Kind = form.Kind, Name = form.Name.Trim(), Bank = form.Bank.Trim(),
                Number = form.Digits, GivenBy = by.Id, At = work.Now,
                Version = await context.PayeeAccounts.CountAsync(a => a.CaseId == caseId) + 1,
            };
            context.PayeeAccounts.Add(account);
            Journal.Note(work, "payee", account.Id);
            await context.SaveChangesAsync();
            return account;
        });

    /// <summary>Makes a batch of cases in phase 拨付 that one treasury pays: all of them or none.</summary>
    /// <param name="id">Of the batch, made by the caller (UUID v7): the same request again is made once.</param>
    public Task<Result<PaymentBatch>> PrepareAsync(Guid id, Person by, IReadOnlyList<Guid> cases) =>
        database.WriteAsync<Result<PaymentBatch>>(async work =>
        {
            await using var context = Schema.Over(work);
            if (await context.Batches.FindAsync(id) is { } made) return made;
            var files = await CaseLocks.LockAsync(work, context, cases);
            if (files.Count == 0 || files.Count < cases.Count)
                return new Problem("not-found", "批次是空的，或有重复的、没有的办件", "重新选择办件");
            return await new BatchMaking(work, context, id, by).MakeAsync(files);
        });

    /// <summary>The second person lets a batch go to the treasury.</summary>
    public Task<Result<PaymentBatch>> ReleaseAsync(Person by, Guid batch) =>
        SettleAsync(by, batch, BatchState.Released, "", (found, payments) =>
            by.Id == found.PreparedBy
                ? new Problem("forbidden", "编制和复核不能是同一人", "转给另一位承办人")
            : DigestOf(payments) != found.Digest
                ? new Problem("conflict", "批次的内容与编制时不符", "停止拨付，报告系统管理员") : null);

    /// <summary>Drops a batch that is not released; its cases can be paid by another.</summary>
    public Task<Result<PaymentBatch>> CancelAsync(Person by, Guid batch, string reason) =>
        SettleAsync(by, batch, BatchState.Cancelled, reason, (_, _) => string.IsNullOrWhiteSpace(reason)
            ? new Problem("reason", "作废批次要写明理由", "写明理由", "意见") : null);

    /// <summary>SM3 over what is paid, to whom.</summary>
    internal static string DigestOf(IEnumerable<Payment> payments) => Sm3.Hex(string.Join('\n', payments
        .OrderBy(p => p.Id.ToString(), StringComparer.Ordinal).Select(p => CsvLine.Of(p.Id.ToString(), p.CaseNumber,
            p.PayeeName, p.Bank, p.AccountNumber, p.Amount.ToString(CultureInfo.InvariantCulture)))));

    private Task<Result<PaymentBatch>> SettleAsync(
        Person by, Guid id, BatchState state, string reason, Func<PaymentBatch, List<Payment>, Problem?> check) =>
        database.WriteAsync<Result<PaymentBatch>>(async work =>
        {
            await using var context = Schema.Over(work);
            if (await BatchLocks.LockAsync(work, context, id) is not { } batch)
                return new Problem("not-found", "没有这个批次", "检查编号");
            var payments = await context.Payments.Where(p => p.BatchId == id).ToListAsync();
            var caseIds = payments.Select(p => p.CaseId).ToList();
            var files = await context.Cases.AsNoTracking().Where(c => caseIds.Contains(c.Id)).ToListAsync();
            if (files.Select(f => BatchMaking.Forbidden(by, f, batch.Office)).FirstOrDefault(p => p is not null) is
                { } forbidden) return forbidden;
            if (batch.State == state && batch.SettledBy == by.Id) return batch;
            if (batch.State != BatchState.Prepared)
                return new Problem("phase", "批次已经复核或作废", "看批次的状态");
            if (check(batch, payments) is { } problem) return problem;
            (batch.State, batch.Reason, batch.SettledAt) = (state, reason, work.Now);
            (batch.SettledBy, batch.SettledByName) = (by.Id, by.Name);
            if (state == BatchState.Cancelled)
                foreach (var payment in payments) payment.Become(PaymentState.Cancelled, reason, work.Now);
            await context.SaveChangesAsync();
            return batch;
        });
}
