using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;

namespace Zhida.Casework.Storage;

/// <summary>The tables of cases, as part of a model.</summary>
internal static class CaseModel
{
    private const int IdLength = 100;
    private const int NameLength = 200;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<Case>(file =>
        {
            file.ToTable("cases");
            file.HasKey(c => c.Id);
            file.Property(c => c.Id).ValueGeneratedNever();
            file.Property(c => c.Number).HasMaxLength(IdLength);
            file.Property(c => c.Item).HasMaxLength(IdLength);
            file.Property(c => c.Subject).HasMaxLength(IdLength);
            file.Property(c => c.SubjectName).HasMaxLength(NameLength);
            file.Property(c => c.Object).HasMaxLength(NameLength);
            file.Property(c => c.Period).HasMaxLength(IdLength);
            file.Property(c => c.Holder).HasMaxLength(NameLength);
            file.Property(c => c.Place).HasMaxLength(IdLength);
            file.Property(c => c.City).HasMaxLength(IdLength);
            file.Property(c => c.Applicant).HasMaxLength(IdLength);
            file.HasIndex(c => c.Number).IsUnique();
            file.HasIndex(c => c.OpenKey).IsUnique();
            file.HasIndex(c => new { c.Subject, c.Id });
            // The queue of an office: what is due first comes first; the zone and each city have their own.
            file.HasIndex(c => new { c.Holder, c.City, c.DueDay, c.Id });
            file.HasIndex(c => new { c.Holder, c.DueDay, c.Id });
            file.HasIndex(c => new { c.Phase, c.DueDay });
            file.HasIndex(c => new { c.Campaign, c.Phase });
        });
        ConfigureRecords(model);
    }

    /// <summary>What is kept beside cases.</summary>
    private static void ConfigureRecords(ModelBuilder model)
    {
        model.Entity<CaseMove>(move =>
        {
            move.ToTable("case_moves");
            move.HasKey(m => m.Id);
            move.Property(m => m.Id).ValueGeneratedNever();
            move.Property(m => m.StepName).HasMaxLength(NameLength);
            move.Property(m => m.PersonId).HasMaxLength(IdLength);
            move.Property(m => m.PersonName).HasMaxLength(NameLength);
            move.Property(m => m.Office).HasMaxLength(NameLength);
            move.HasIndex(m => new { m.CaseId, m.Version }).IsUnique();
        });
        model.Entity<CaseDecision>(decision =>
        {
            decision.ToTable("case_decisions");
            decision.HasKey(d => d.Id);
            decision.Property(d => d.Id).ValueGeneratedNever();
            decision.Property(d => d.Bundle).HasMaxLength(IdLength);
            decision.Property(d => d.Outcome).HasMaxLength(IdLength);
            decision.Property(d => d.AmountState).HasMaxLength(IdLength);
            decision.HasIndex(d => d.CaseId);
        });
        model.Entity<CaseAttachment>(attachment =>
        {
            attachment.ToTable("case_attachments");
            attachment.HasKey(a => a.Id);
            attachment.Property(a => a.Id).ValueGeneratedNever();
            attachment.Property(a => a.Material).HasMaxLength(NameLength);
            attachment.Property(a => a.Hash).HasMaxLength(IdLength);
            attachment.Property(a => a.Name).HasMaxLength(NameLength);
            attachment.Property(a => a.By).HasMaxLength(IdLength);
            attachment.HasIndex(a => a.CaseId);
            attachment.HasIndex(a => a.Hash);
        });
        model.Entity<CasePaper>(paper =>
        {
            paper.ToTable("case_papers");
            paper.HasKey(p => p.Id);
            paper.Property(p => p.Id).ValueGeneratedNever();
            paper.Property(p => p.Number).HasMaxLength(IdLength);
            paper.Property(p => p.Title).HasMaxLength(IdLength);
            paper.Property(p => p.Digest).HasMaxLength(IdLength);
            paper.HasIndex(p => p.Number).IsUnique();
            paper.HasIndex(p => p.About);
        });
        model.Entity<Counter>(counter =>
        {
            counter.ToTable("counters");
            counter.HasKey(c => c.Name);
            counter.Property(c => c.Name).HasMaxLength(NameLength);
        });
    }
}

/// <summary>The next number of a series.</summary>
internal sealed record Counter(string Name, long Next);
