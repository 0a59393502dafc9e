using System.Text.Json.Nodes;
using Xunit;
using Zhida.Casework.Campaigns;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Casework.Payments;
using Zhida.Casework.Publicity;
using Zhida.Casework.Registers;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework.Cases;
using Zhida.Tests.Casework.Payments;

namespace Zhida.Tests.Casework.Campaigns;

/// <summary>A desk for campaigns over a database and a folder of its own, with the people of the office.</summary>
internal sealed class CampaignScene : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CampaignPopulation _population;

    public CampaignScene(TestDatabases databases, DatabaseKind kind, CampaignPopulation population)
    {
        _population = population;
        Clock = new SceneClock(new DateTimeOffset(2026, 6, 30, 2, 0, 0, TimeSpan.Zero));
        Database = databases.New(kind, Clock);
        Cases = new CaseDesk(Database, population.Maker, CaseScene.Bundles, CaseScene.Terms, []);
        Credit = Path.Combine(_folder.Path, "信用.json");
        Audit = new CampaignAudit(Database, Cases);
        Known([]);
    }

    public SceneClock Clock { get; }

    public Database Database { get; }

    public CaseDesk Cases { get; }

    public CampaignAudit Audit { get; }

    /// <summary>The file of the register 信用.</summary>
    public string Credit { get; }

    public static Person Maker { get; } = Official("a", "甲");

    public static Person Second { get; } = Official("b", "乙");

    public static Person Auditor { get; } = Official("c", "丙");

    public static Person Head { get; } = Official("d", "丁") with { Role = Role.Head };

    /// <summary>A process of its own over the same database and files.</summary>
    public CampaignDesk Desk(int batch = 3, int chunk = 400) => new(Database, Cases, _population.Maker,
        new FileRegister("信用", Credit), Path.Combine(_folder.Path, "campaigns"))
    {
        Batch = batch, ChunkSubjects = chunk,
    };

    public string FilesOf(Guid campaign) => Path.Combine(_folder.Path, "campaigns", campaign.ToString());

    /// <summary>The register's answer: these are 严重失信, of the others it has no record.</summary>
    public void Known(IEnumerable<string> dishonest) => File.WriteAllText(Credit, new JsonObject(dishonest.Select(
        code => KeyValuePair.Create<string, JsonNode?>(code, new JsonObject
        {
            ["时间"] = "2026-06-29", ["主体"] = new JsonObject { ["严重失信"] = true },
        }))).ToJsonString());

    public Task BudgetAsync(long fen, string item = CampaignPopulation.Item) => Database.WriteAsync(work =>
        Budgets.GrantAsync(work, Guid.CreateVersion7(), item, "省财政", "21", "2026", fen));

    public async Task<Account> BudgetOfAsync(string item = CampaignPopulation.Item)
    {
        var id = Accounts.Budget(item, "省财政", "21", "2026").Id;
        return (await Database.WriteAsync(work => GeneralLedger.LockAsync(work, [id])))[id];
    }

    public async Task<Campaign> CreatedAsync(string source, string item = CampaignPopulation.Item) =>
        (await Desk().CreateAsync(Maker, new CampaignRequest(
            Guid.CreateVersion7(), item, source, CampaignPopulation.On, ConsentDays: 5, SamplePercent: 30))).Value!;

    public async Task<Campaign> AdvancedAsync(Guid id, CampaignState expected)
    {
        var result = await Desk().AdvanceAsync(id);
        Assert.Empty(result.Problems);
        Assert.True(expected == result.Value!.State, $"{result.Value.State}: " + string.Join('\n',
            (await Desk().LinesAsync(id)).Select(l => $"{l.SubjectKey} {l.State} {l.Reason}").Distinct()));
        return result.Value;
    }

    /// <summary>Both sign what is there.</summary>
    public async Task SignedAsync(Guid id)
    {
        var hash = (await Desk().ShowAsync(id))!.Campaign.ListHash!;
        Assert.Empty((await Desk().SignAsync(Maker, id, hash)).Problems);
        Assert.Empty((await Desk().SignAsync(Second, id, hash)).Problems);
    }

    public async Task<Case> ReadAsync(Guid id) => (await Database.ReadAsync(work =>
        CaseQueries.FindAsync(work, _population.Maker.Program, Person.Program, id)))!;

    public async Task<Result<Case>> MoveAsync(Guid id, Move move, Person? by = null)
    {
        var file = await ReadAsync(id);
        var person = by ?? (MoveTable.Of(move).By == Mover.Applicant ? Owner(file.Subject) : Person.Program);
        var request = new MoveRequest(Guid.CreateVersion7(), id, file.Version, move, person) { Reason = "示范" };
        return person.Role == Role.Program ? await Database.WriteAsync(work => Cases.MoveAsync(work, request))
            : await Cases.MoveAsync(request);
    }

    /// <summary>One list, shown for five working days, against which nobody objects.</summary>
    public async Task<int> PublishedAsync(Guid campaign)
    {
        var count = (await Desk().CasesAsync(campaign, CasePhase.Publicising)).Count;
        Assert.Empty((await Desk().PublishAsync(Second, Guid.CreateVersion7(), campaign)).Problems);
        Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(count, await new PublicityDesk(Database, Cases, _population.Maker).CloseDueAsync());
        return count;
    }

    /// <summary>The subject's yes, with an account.</summary>
    public async Task<Result<Case>> ConsentedAsync(Guid id, Person? by = null)
    {
        var file = await ReadAsync(id);
        return await Desk().ConsentAsync(Guid.CreateVersion7(), by ?? Owner(file.Subject), id, file.Version,
            new AccountForm(AccountKind.Corporate, file.SubjectName, "虚构银行沈阳分行", "3300123456789012"));
    }

    /// <summary>One batch with all that is to be paid; what left the treasury, which tells everything twice.</summary>
    public async Task<IReadOnlyList<Movement>> PaidAsync(Guid campaign)
    {
        var files = await Desk().CasesAsync(campaign, CasePhase.Paying);
        var payments = new PaymentDesk(Database);
        var batch = await payments.PrepareAsync(Guid.CreateVersion7(), PaymentScene.Maker, files);
        Assert.Empty(batch.Problems);
        Assert.Empty((await payments.ReleaseAsync(PaymentScene.Checker, batch.Value!.Id)).Problems);
        var treasury = new SimulatedTreasury(1, TreasuryMoods.Twice);
        var link = new TreasuryLink(Database, Cases, treasury, PaymentScene.Patience);
        Assert.Empty(await link.SendDueAsync());
        for (var i = 0; i < 5; i++) await link.ReconcileAsync();
        return treasury.Statement;
    }

    /// <summary>Makes a move of all cases of a campaign in a phase.</summary>
    public async Task<int> AllAsync(Guid campaign, CasePhase phase, Move move)
    {
        var files = await Desk().CasesAsync(campaign, phase);
        foreach (var id in files) Assert.Empty((await MoveAsync(id, move)).Problems);
        return files.Count;
    }

    public static Person Owner(string code) => new("u" + code, "经办", Role.Applicant) { Subjects = [code] };

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private static Person Official(string id, string name) =>
        new(id, name, Role.Clerk) { Office = "省市场监管局", Place = "21" };
}
