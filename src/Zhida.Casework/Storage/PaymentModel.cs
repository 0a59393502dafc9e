using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Payments;

namespace Zhida.Casework.Storage;

/// <summary>The tables of payment (拨付), as part of a model.</summary>
internal static class PaymentModel
{
    private const int IdLength = 100;
    private const int NameLength = 200;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<PaymentBatch>(batch =>
        {
            batch.ToTable("payment_batches");
            batch.HasKey(b => b.Id);
            batch.Property(b => b.Id).ValueGeneratedNever();
            batch.Property(b => b.Number).HasMaxLength(IdLength);
            batch.Property(b => b.Payer).HasMaxLength(NameLength);
            batch.Property(b => b.Office).HasMaxLength(NameLength);
            batch.HasIndex(b => b.Number).IsUnique();
        });
        model.Entity<Payment>(payment =>
        {
            payment.ToTable("payments");
            payment.HasKey(p => p.Id);
            payment.Property(p => p.Id).ValueGeneratedNever();
            payment.Property(p => p.CaseNumber).HasMaxLength(IdLength);
            payment.Property(p => p.PayeeName).HasMaxLength(NameLength);
            payment.Property(p => p.Bank).HasMaxLength(NameLength);
            payment.Property(p => p.AccountNumber).HasMaxLength(IdLength);
            payment.HasIndex(p => p.LiveKey).IsUnique();
            payment.HasIndex(p => new { p.CaseId, p.Attempt }).IsUnique();
            payment.HasIndex(p => p.BatchId);
            payment.HasIndex(p => new { p.State, p.SentAt });
            payment.HasIndex(p => p.PaidAt);
        });
        model.Entity<PayeeAccount>(account =>
        {
            account.ToTable("payee_accounts");
            account.HasKey(a => a.Id);
            account.Property(a => a.Id).ValueGeneratedNever();
            account.Property(a => a.Name).HasMaxLength(NameLength);
            account.Property(a => a.Bank).HasMaxLength(NameLength);
            account.Property(a => a.Number).HasMaxLength(IdLength);
            account.Property(a => a.GivenBy).HasMaxLength(IdLength);
            account.HasIndex(a => new { a.CaseId, a.Version }).IsUnique();
        });
        model.Entity<PaymentAnswer>(answer =>
        {
            answer.ToTable("payment_answers");
            answer.HasKey(a => a.Id);
            answer.Property(a => a.Id).ValueGeneratedNever();
            answer.Property(a => a.AnswerId).HasMaxLength(NameLength);
            answer.HasIndex(a => a.PaymentId);
            answer.HasIndex(a => a.At);
        });
        model.Entity<Refund>(refund =>
        {
            refund.ToTable("refunds");
            refund.HasKey(r => r.Id);
            refund.Property(r => r.Id).ValueGeneratedNever();
            refund.Property(r => r.Reference).HasMaxLength(NameLength);
            refund.Property(r => r.PersonId).HasMaxLength(IdLength);
            refund.Property(r => r.PersonName).HasMaxLength(NameLength);
            refund.HasIndex(r => r.CaseId);
        });
    }
}
