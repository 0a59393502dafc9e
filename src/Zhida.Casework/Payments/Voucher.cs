using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Clock;
using Zhida.Casework.Paper;
using Zhida.Casework.Storage;

namespace Zhida.Casework.Payments;

/// <summary>The 拨付凭证 of a payment that the treasury has confirmed.</summary>
internal static class Voucher
{
    public static async Task<CasePaper> OfAsync(
        ZhidaContext context, CaseDesk cases, Case file, Payment payment, long now)
    {
        var item = cases.Maker.Find(file.Item)[0];
        var payer = item.Steps.First(s => StepKind.PhaseOf(s) == CasePhase.Paying).Actor;
        var decision = await context.Papers.AsNoTracking()
            .Where(p => p.About == file.Id && p.Title == GrantTitle).OrderByDescending(p => p.At)
            .Select(p => p.Number).FirstOrDefaultAsync();
        return CasePaper.Of(new PaymentVoucher
        {
            Number = $"{file.Number}-拨付-{payment.Attempt}", Date = BeijingTime.DateOf(now), Department = payer,
            Contact = cases.Terms.Contacts(payer), Illustrative = PaperTerms.IsIllustrative(cases.Maker, item),
            Recipient = new Party(payment.PayeeName, file.Subject), Case = file.Number!,
            Item = $"{item.Number} {item.Title}", Decision = decision ?? file.Number!, Payer = payer,
            Bank = payment.Bank, Account = AccountForm.Mask(payment.AccountNumber), Amount = payment.Amount,
            PaidOn = BeijingTime.DateOf(now), Transfer = payment.Id.ToString(),
        }, file.Id, now);
    }

    private const string GrantTitle = "予以支持决定书";
}
