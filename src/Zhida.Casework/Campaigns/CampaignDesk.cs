using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zhida.Casework.Cases;
using Zhida.Casework.Clock;
using Zhida.Casework.Registers;
using Zhida.Casework.Storage;
using Zhida.Evaluation.Matching;
using Zhida.Evaluation.Reading;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Casework.Campaigns;

/// <summary>Runs campaigns (免申即享). What the program does is <see cref="AdvanceAsync"/>, as often as anybody likes,
/// by any number of processes; what people decide are the other calls (docs/campaigns.md).</summary>
/// <param name="credit">信用: asked whether a subject is 严重失信.</param>
/// <param name="root">The folder of all campaigns' frozen files.</param>
public sealed partial class CampaignDesk(
    Database database, CaseDesk cases, DecisionMaker maker, IRegister credit, string root)
{
    /// <summary>Lines that a transaction checks.</summary>
    public int Batch { get; init; } = 200;

    /// <summary>Subjects that are loaded in one transaction; null: as many as population runs take at once.</summary>
    public int? ChunkSubjects { get; init; }

    /// <summary>Makes a campaign; nothing is read yet.</summary>
    public Task<Result<Campaign>> CreateAsync(Person by, CampaignRequest request) =>
        database.WriteAsync<Result<Campaign>>(async work =>
        {
            await using var tables = Schema.Over(work);
            if (await tables.Campaigns.FindAsync(request.Id) is { } made) return made;
            if (maker.Find(request.Item) is not [{ } item])
                return new Problem("not-found", $"没有事项 {request.Item}", "检查编号");
            if (OfficesOf(item) is not { Count: > 0 } offices)
                return new Problem("facts", $"{item.Number}没有审核环节，不能免申即享", "由主体申报");
            if (!by.IsOfficial || !offices.Contains(by.Office) || !by.Serves(Province))
                return new Problem("forbidden", $"免申即享由{offices[0]}的承办人建立", "转给承办部门");
            if (Check(item, request) is { } problem) return problem;
            var campaign = new Campaign
            {
                Id = request.Id, Item = item.Id, Bundle = maker.Bundle.Id,
                On = request.On.DayNumber - Feel.Values.FeelDate.UnixEpochDayNumber, Source = request.Source,
                ConsentDays = request.ConsentDays, SamplePercent = request.SamplePercent,
                Seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                MadeBy = by.Id, MadeByName = by.Name, CreatedAt = work.Now,
            };
            tables.Campaigns.Add(campaign);
            await tables.SaveChangesAsync();
            return campaign;
        });

    /// <summary>Does all that can be done without people, in small transactions. Killed at any point and called again
    /// it goes on, and nothing is done twice.</summary>
    /// <param name="committed">Called after each transaction.</param>
    /// <exception cref="OperationCanceledException">It was stopped between two transactions.</exception>
    public async Task<Result<Campaign>> AdvanceAsync(
        Guid id, Action<Campaign>? committed = null, CancellationToken stop = default)
    {
        var context = new StageContext(
            database, cases, maker, credit, root, Batch, ChunkSubjects, committed ?? (_ => { }), stop);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (await FindAsync(id) is not { } campaign) return CampaignLocks.NotFound;
            var result = await StepAsync(context, campaign);
            if (result.Problem is { } problem) return problem;
            if (!result.Went) return (await FindAsync(id))!;
        }
    }

    /// <summary>A campaign as it stands; null: there is none.</summary>
    public Task<CampaignView?> ShowAsync(Guid id) => database.ReadAsync<CampaignView?>(async work =>
    {
        await using var tables = Schema.Over(work);
        if (await tables.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id) is not { } campaign)
            return null;
        var lines = await tables.CampaignLines.Where(l => l.CampaignId == id).GroupBy(l => l.State)
            .Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(l => l.Amount) }).ToListAsync();
        var files = await tables.Cases.Where(c => c.Campaign == id).GroupBy(c => c.Phase)
            .Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(c => c.Amount ?? 0) }).ToListAsync();
        var signatures = await tables.CampaignSignatures.AsNoTracking().Where(s => s.CampaignId == id)
            .OrderBy(s => s.Position).ToListAsync();
        return new CampaignView(campaign,
            await tables.CampaignFiles.AsNoTracking().Where(f => f.CampaignId == id).OrderBy(f => f.Name)
                .ToListAsync(),
            lines.ToDictionary(l => l.Key, l => (l.Count, l.Sum)),
            files.ToDictionary(f => f.Key, f => (f.Count, f.Sum)),
            maker.Find(campaign.Item) is [{ } item] ? OfficesOf(item) : [],
            [.. signatures.Select(s => CampaignLocks.ReadPerson(s.Person).Name)]);
    });

    /// <summary>Its cases in a phase, in the order of the frozen table.</summary>
    public Task<List<Guid>> CasesAsync(Guid id, CasePhase phase) => database.ReadAsync(async work =>
    {
        await using var tables = Schema.Over(work);
        return await tables.CampaignLines.Where(l => l.CampaignId == id)
            .Join(tables.Cases, l => l.CaseId, c => c.Id, (l, c) => new { l.Position, c.Id, c.Phase })
            .Where(c => c.Phase == phase).OrderBy(c => c.Position).Select(c => c.Id).ToListAsync();
    });

    /// <summary>Its lines, in the order of the frozen table.</summary>
    /// <param name="state">Only those; null: all.</param>
    public Task<List<CampaignLine>> LinesAsync(Guid id, CampaignLineState? state = null) =>
        database.ReadAsync(async work =>
        {
            await using var tables = Schema.Over(work);
            return await tables.CampaignLines.AsNoTracking()
                .Where(l => l.CampaignId == id && (state == null || l.State == state)).OrderBy(l => l.Position)
                .ToListAsync();
        });

    /// <summary>Whose signatures a list needs: an office for each review before publicity, and always two people.
    /// </summary>
    internal static IReadOnlyList<string> OfficesOf(Item item)
    {
        var offices = item.Steps.Skip(StepKind.First(item))
            .TakeWhile(s => StepKind.PhaseOf(s) is CasePhase.Accepting or CasePhase.Reviewing)
            .Select(s => s.Actor).ToList();
        return offices is [var only] ? [only, only] : offices;
    }

    private const string Province = "21";

    private Problem? Check(Item item, CampaignRequest request)
    {
        if (item.Method is Method.Quota or Method.Service or Method.Easement)
            return new Problem("facts", $"{item.Number}不是由财政兑付的事项", "免申即享只用于有固定金额的事项");
        if (MatchRequest.ProblemOf(maker.Program) is { } layered)
            return new Problem("facts", layered.Message, layered.Mend ?? "");
        if (request.ConsentDays < 1) return new Problem("facts", "没有写征询同意的工作日数", "至少1个工作日", "确认期限");
        if (request.SamplePercent is < 1 or > 100)
            return new Problem("facts", "抽查比例应为1%至100%", "写 1 到 100 的整数", "抽查比例");
        if (PostgresAddress.Is(request.Source))
            return PostgresAddress.Parse(request.Source) is not { } address
                ? new Problem("files", "PostgreSQL 的地址不对", "写成 postgres://用户@主机:端口/库", "来源")
                : new NpgsqlConnectionStringBuilder(address.ConnectionString).Password is { Length: > 0 }
                    ? new Problem("files", "地址里不要写口令", "用环境变量 PGPASSWORD 或口令文件", "来源") : null;
        return Directory.Exists(request.Source) || File.Exists(request.Source) ? null
            : new Problem("files", $"没有 {request.Source}", "写事实表所在的文件夹", "来源");
    }

    private Task<Campaign?> FindAsync(Guid id) => database.ReadAsync(async work =>
    {
        await using var tables = Schema.Over(work);
        return await tables.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id);
    });

    private async Task<StageResult> StepAsync(StageContext context, Campaign campaign)
    {
        if (campaign.State is CampaignState.Publicising or CampaignState.Consenting or CampaignState.Paying)
            return await new GrantStages(context, campaign).RunAsync();
        if (campaign.State == CampaignState.Sampling) return await new GrantStages(context, campaign).CloseAsync();
        if (campaign.State is CampaignState.Signing or CampaignState.Completed or CampaignState.Stopped)
            return StageResult.Waits;
        if (campaign.Bundle != maker.Bundle.Id || maker.Find(campaign.Item) is not [{ } item])
            return StageResult.Refused(new Problem("version",
                $"这一批按版本 {campaign.Bundle} 办理，现行版本是 {maker.Bundle.Id}", "用原来的版本继续，或终止这一批，另建一批"));
        var files = new FileStages(context, campaign, item);
        return campaign.State switch
        {
            CampaignState.Created => await files.SnapshotAsync(campaign.Source),
            CampaignState.Snapshotted => await files.MatchAsync(),
            CampaignState.Matched => await new LoadStage(context, campaign, item, files).RunAsync(),
            CampaignState.Checking => await new CheckStage(context, campaign).RunAsync(),
            _ => await new CaseStage(context, campaign, item).RunAsync(),
        };
    }
}
