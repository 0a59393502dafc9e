using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Zhida.Casework.Campaigns;
using Zhida.Casework.Cases;
using Zhida.Casework.Notices;
using Zhida.Casework.Payments;
using Zhida.Casework.Proof;
using Zhida.Casework.Publicity;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Storage;

/// <summary>The one model of the database. Both kinds of database have migrations of their own; locking and what is
/// hot is plain SQL over the same tables.</summary>
public abstract partial class ZhidaContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Case> Cases => Set<Case>();

    public DbSet<CaseMove> Moves => Set<CaseMove>();

    public DbSet<CaseDecision> Decisions => Set<CaseDecision>();

    public DbSet<CasePaper> Papers => Set<CasePaper>();

    public DbSet<CaseAttachment> Attachments => Set<CaseAttachment>();

    public DbSet<PublicNotice> Notices => Set<PublicNotice>();

    public DbSet<NoticeLine> NoticeLines => Set<NoticeLine>();

    public DbSet<Objection> Objections => Set<Objection>();

    public DbSet<PaymentBatch> Batches => Set<PaymentBatch>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<PayeeAccount> PayeeAccounts => Set<PayeeAccount>();

    public DbSet<PaymentAnswer> Answers => Set<PaymentAnswer>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<Campaign> Campaigns => Set<Campaign>();

    public DbSet<CampaignFile> CampaignFiles => Set<CampaignFile>();

    public DbSet<CampaignSignature> CampaignSignatures => Set<CampaignSignature>();

    public DbSet<CampaignLine> CampaignLines => Set<CampaignLine>();

    public DbSet<CampaignSample> CampaignSamples => Set<CampaignSample>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        LedgerModel.Configure(modelBuilder);
        CaseModel.Configure(modelBuilder);
        PublicityModel.Configure(modelBuilder);
        PaymentModel.Configure(modelBuilder);
        CampaignModel.Configure(modelBuilder);
        ProofModel.Configure(modelBuilder);
        NoticeModel.Configure(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        foreach (var property in entity.GetProperties())
            property.SetColumnName(WordStart().Replace(property.Name, "_").ToLowerInvariant());
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}

/// <summary>The model on SQLite.</summary>
public sealed class SqliteContext(DbContextOptions<SqliteContext> options) : ZhidaContext(options);

/// <summary>The model on PostgreSQL.</summary>
public sealed class PostgresContext(DbContextOptions<PostgresContext> options) : ZhidaContext(options);

/// <summary>For the tool that writes migrations.</summary>
public sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteContext>
{
    public SqliteContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteContext>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>For the tool that writes migrations.</summary>
public sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresContext>
{
    public PostgresContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresContext>().UseNpgsql("Host=none").Options);
}
