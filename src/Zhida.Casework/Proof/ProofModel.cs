using Microsoft.EntityFrameworkCore;

namespace Zhida.Casework.Proof;

/// <summary>The tables of the audit chain, as part of a model.</summary>
internal static class ProofModel
{
    private const int WordLength = 40;
    private const int KeyLength = 64;
    private const int SignatureLength = 200;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<AuditSeal>(seal =>
        {
            seal.ToTable("audit_seals");
            seal.HasKey(s => s.Position);
            seal.Property(s => s.Position).ValueGeneratedNever();
            seal.Property(s => s.Kind).HasMaxLength(WordLength);
            // A row is sealed once; and what is not sealed is found by it.
            seal.HasIndex(s => new { s.Kind, s.RowId }).IsUnique();
        });
        model.Entity<AuditHead>(head =>
        {
            head.ToTable("audit_head");
            head.HasKey(h => h.Id);
            head.Property(h => h.Id).ValueGeneratedNever();
        });
        model.Entity<Checkpoint>(checkpoint =>
        {
            checkpoint.ToTable("audit_checkpoints");
            checkpoint.HasKey(c => c.Position);
            checkpoint.Property(c => c.Position).ValueGeneratedNever();
            checkpoint.Property(c => c.Hash).HasMaxLength(KeyLength);
            checkpoint.Property(c => c.Key).HasMaxLength(KeyLength);
            checkpoint.Property(c => c.Signature).HasMaxLength(SignatureLength);
        });
    }
}
