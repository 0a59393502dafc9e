using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Campaigns;

namespace Zhida.Casework.Storage;

/// <summary>The tables of campaigns, as part of a model.</summary>
internal static class CampaignModel
{
    private const int IdLength = 100;
    private const int NameLength = 200;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<Campaign>(campaign =>
        {
            campaign.ToTable("campaigns");
            campaign.HasKey(c => c.Id);
            campaign.Property(c => c.Id).ValueGeneratedNever();
            campaign.Property(c => c.Item).HasMaxLength(IdLength);
            campaign.Property(c => c.Bundle).HasMaxLength(IdLength);
            campaign.HasIndex(c => new { c.State, c.Id });
        });
        model.Entity<CampaignFile>(file =>
        {
            file.ToTable("campaign_files");
            file.HasKey(f => new { f.CampaignId, f.Name });
            file.Property(f => f.Name).HasMaxLength(NameLength);
        });
        model.Entity<CampaignSignature>(signature =>
        {
            signature.ToTable("campaign_signatures");
            signature.HasKey(s => new { s.CampaignId, s.Position });
            signature.Property(s => s.PersonId).HasMaxLength(IdLength);
            signature.HasIndex(s => new { s.CampaignId, s.PersonId }).IsUnique();
        });
        model.Entity<CampaignLine>(line =>
        {
            line.ToTable("campaign_lines");
            line.HasKey(l => l.Id);
            line.Property(l => l.Id).ValueGeneratedNever();
            line.Property(l => l.SubjectKey).HasMaxLength(NameLength);
            line.Property(l => l.Subject).HasMaxLength(IdLength);
            line.Property(l => l.SubjectName).HasMaxLength(NameLength);
            line.Property(l => l.Object).HasMaxLength(NameLength);
            line.Property(l => l.Period).HasMaxLength(IdLength);
            line.HasIndex(l => new { l.CampaignId, l.SubjectKey, l.Object, l.Period }).IsUnique();
            line.HasIndex(l => new { l.CampaignId, l.State, l.Position });
            line.HasIndex(l => new { l.CampaignId, l.Subject });
            line.HasIndex(l => l.CaseId).IsUnique();
        });
        model.Entity<CampaignSample>(sample =>
        {
            sample.ToTable("campaign_samples");
            sample.HasKey(s => s.LineId);
            sample.Property(s => s.LineId).ValueGeneratedNever();
            sample.HasIndex(s => s.CampaignId);
        });
    }
}
