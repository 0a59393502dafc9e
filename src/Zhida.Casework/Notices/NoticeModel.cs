using Microsoft.EntityFrameworkCore;

namespace Zhida.Casework.Notices;

/// <summary>The tables of notices, as part of a model.</summary>
internal static class NoticeModel
{
    private const int WordLength = 40;
    private const int NameLength = 300;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<OutboxNotice>(notice =>
        {
            notice.ToTable("outbox");
            notice.HasKey(n => n.Id);
            notice.Property(n => n.Id).ValueGeneratedNever();
            notice.Property(n => n.Topic).HasMaxLength(WordLength);
            notice.Property(n => n.Place).HasMaxLength(WordLength);
            notice.Property(n => n.Subject).HasMaxLength(NameLength);
            notice.Property(n => n.DedupeKey).HasMaxLength(NameLength);
            notice.HasIndex(n => n.DedupeKey).IsUnique();
            notice.HasIndex(n => n.NextAt).HasFilter("delivered_at IS NULL AND dead_at IS NULL");
            notice.HasIndex(n => n.DeadAt).HasFilter("dead_at IS NOT NULL");
        });
        model.Entity<InboxNotice>(notice =>
        {
            notice.ToTable("inbox");
            notice.HasKey(n => n.Id);
            notice.Property(n => n.Id).ValueGeneratedNever();
            notice.Property(n => n.Recipient).HasMaxLength(NameLength);
            notice.Property(n => n.Topic).HasMaxLength(WordLength);
            notice.Property(n => n.Place).HasMaxLength(WordLength);
            notice.Property(n => n.Subject).HasMaxLength(NameLength);
            notice.HasIndex(n => new { n.Recipient, n.Id });
            notice.HasIndex(n => n.Recipient).HasFilter("read_at IS NULL").HasDatabaseName("IX_inbox_unread");
        });
    }
}
