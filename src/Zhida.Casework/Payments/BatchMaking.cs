using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Clock;
using Zhida.Casework.Money;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Payments;

/// <summary>One batch in one transaction, over locked cases.</summary>
internal sealed class BatchMaking(UnitOfWork work, ZhidaContext context, Guid id, Person by)
{
    private readonly List<Problem> _problems = [];
    private readonly List<Payment> _payments = [];
    private readonly HashSet<string> _payers = [];

    public async Task<Result<PaymentBatch>> MakeAsync(List<Case> files)
    {
        foreach (var file in files.OrderBy(f => f.Number, StringComparer.Ordinal))
            if (await CheckAsync(file) is { } problem) _problems.Add(problem with { Field = file.Number });
        if (_payers.Count > 1)
            _problems.Add(new Problem("money", $"批次里有{string.Join("、", _payers)}的办件", "按财政分别编制"));
        if (_problems.Count > 0) return new Result<PaymentBatch>(null, _problems);
        var year = BeijingTime.DateOf(work.Now).Year;
        var batch = new PaymentBatch
        {
            Id = id, Number = $"{year}-B{await Counters.TakeAsync(work, $"拨付批次-{year}"):000000}",
            Payer = _payers.Single(), Office = by.Office, Count = _payments.Count, Total = _payments.Sum(p => p.Amount),
            Digest = PaymentDesk.DigestOf(_payments), PreparedBy = by.Id, PreparedByName = by.Name,
            PreparedAt = work.Now,
        };
        context.Batches.Add(batch);
        context.Payments.AddRange(_payments);
        await context.SaveChangesAsync();
        return batch;
    }

    /// <summary>Why a person can't act on a batch with a case; null: they can.</summary>
    public static Problem? Forbidden(Person by, Case file, string office) =>
        !by.IsOfficial || by.Office != office ? new Problem("forbidden", $"这一步由{office}承办", "转给承办部门")
        : !by.Serves(file.Place) ? new Problem("forbidden", $"{file.Number}属于{file.Place}，不在您的辖区", "转给当地的承办人")
        : by.Id == file.Applicant || by.Subjects.Contains(file.Subject)
            ? new Problem("forbidden", $"与{file.Number}有利害关系，应当回避", "转给同一部门的其他人") : null;

    private async Task<Problem?> CheckAsync(Case file)
    {
        if (file.Phase != CasePhase.Paying)
            return new Problem("phase", $"{file.Number}现在是“{PhaseWords.Of(file.Phase)}”，不在拨付环节", "从批次中去掉");
        if (Forbidden(by, file, file.Holder) is { } forbidden) return forbidden;
        var before = await context.Payments.AsNoTracking().Where(p => p.CaseId == file.Id).OrderBy(p => p.Attempt)
            .ToListAsync();
        if (before.Find(p => p.LiveKey is not null) is { } live)
            return new Problem("conflict", $"{file.Number}已有一笔拨付：{PaymentStates.WordOf(live.State)}", "等它有了结果再办");
        var account = await context.PayeeAccounts.AsNoTracking().Where(a => a.CaseId == file.Id)
            .OrderByDescending(a => a.Version).FirstOrDefaultAsync();
        if (account is null)
            return new Problem("account", $"{file.Number}还没有收款账户", "请申报人填写");
        if (before is [.., { NeedsAccount: true } last] && last.AccountId == account.Id)
            return new Problem("account", $"{file.Number}上次未成：{last.Reason}", "请申报人更正或确认收款账户");
        var payable = await Payable.OfAsync(work, file);
        if (payable.Count != 1)
            return new Problem("money", payable.Count == 0 ? $"{file.Number}在账上没有应付的资金"
                : $"{file.Number}由{string.Join("、", payable.Keys)}共同承担，不能在一个批次里拨付", "核对预算占用");
        var (payer, amount) = payable.Single();
        _payers.Add(payer);
        _payments.Add(new Payment
        {
            Id = Guid.CreateVersion7(), BatchId = id, CaseId = file.Id, CaseNumber = file.Number!,
            Attempt = before.Count == 0 ? 1 : before[^1].Attempt + 1, AccountId = account.Id, PayeeName = account.Name,
            Bank = account.Bank, AccountNumber = account.Number, Amount = amount,
        }.Begin(work.Now));
        return amount == file.Amount ? null : new Problem("money",
            $"{file.Number}决定的金额是{Fen.Text(file.Amount ?? 0)}，账上占用{Fen.Text(amount)}", "核对后再拨付");
    }
}
