using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Publicity;

namespace Zhida.Casework.Storage;

/// <summary>The tables of publicity (公示), as part of a model.</summary>
internal static class PublicityModel
{
    private const int IdLength = 100;
    private const int NameLength = 200;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<PublicNotice>(notice =>
        {
            notice.ToTable("public_notices");
            notice.HasKey(n => n.Id);
            notice.Property(n => n.Id).ValueGeneratedNever();
            notice.Property(n => n.Number).HasMaxLength(IdLength);
            notice.Property(n => n.Item).HasMaxLength(IdLength);
            notice.Property(n => n.Office).HasMaxLength(NameLength);
            notice.Property(n => n.PersonId).HasMaxLength(IdLength);
            notice.Property(n => n.PersonName).HasMaxLength(NameLength);
            notice.HasIndex(n => n.Number).IsUnique();
            notice.HasIndex(n => new { n.ClosedAt, n.LastDay });
        });
        model.Entity<NoticeLine>(line =>
        {
            line.ToTable("notice_lines");
            line.HasKey(l => l.Id);
            line.Property(l => l.Id).ValueGeneratedNever();
            line.Property(l => l.Name).HasMaxLength(NameLength);
            line.Property(l => l.Object).HasMaxLength(NameLength);
            line.Property(l => l.Period).HasMaxLength(IdLength);
            line.HasIndex(l => l.NoticeId);
            line.HasIndex(l => l.ShownKey).IsUnique();
        });
        model.Entity<Objection>(objection =>
        {
            objection.ToTable("objections");
            objection.HasKey(o => o.Id);
            objection.Property(o => o.Id).ValueGeneratedNever();
            objection.Property(o => o.Name).HasMaxLength(NameLength);
            objection.Property(o => o.Contact).HasMaxLength(NameLength);
            objection.Property(o => o.PersonId).HasMaxLength(IdLength);
            objection.Property(o => o.PersonName).HasMaxLength(NameLength);
            objection.HasIndex(o => new { o.CaseId, o.State });
        });
    }
}
