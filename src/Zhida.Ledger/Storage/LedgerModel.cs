using Microsoft.EntityFrameworkCore;

namespace Zhida.Ledger.Storage;

/// <summary>The ledger's tables, as part of a model.</summary>
public static class LedgerModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.HasKey(a => a.Id);
            account.Property(a => a.Id).ValueGeneratedNever();
            account.Property(a => a.Name).HasMaxLength(Account.NameLength);
            account.Property(a => a.Currency).HasMaxLength(Account.WordLength);
            account.Property(a => a.Kind).HasMaxLength(Account.WordLength);
            account.HasIndex(a => a.Name).IsUnique();
            account.HasIndex(a => new { a.Kind, a.Name });
        });
        model.Entity<Transfer>(transfer =>
        {
            transfer.ToTable("transfers");
            transfer.HasKey(t => t.Id);
            transfer.Property(t => t.Id).ValueGeneratedNever();
            transfer.Property(t => t.Code).HasMaxLength(Transfer.CodeLength);
            // A pending transfer is resolved once, whatever races.
            transfer.HasIndex(t => t.PendingId).IsUnique().HasFilter("pending_id IS NOT NULL");
            transfer.HasIndex(t => new { t.DebitId, t.At });
            transfer.HasIndex(t => new { t.CreditId, t.At });
            transfer.HasIndex(t => t.Reference);
            transfer.HasIndex(t => t.ExpiresAt).HasFilter("expires_at > 0");
        });
        model.Entity<JournalEntry>(entry =>
        {
            entry.ToTable("journal");
            entry.HasKey(e => e.Seq);
            entry.Property(e => e.Seq).ValueGeneratedOnAdd();
            entry.Property(e => e.Kind).HasMaxLength(Account.WordLength);
        });
    }
}
