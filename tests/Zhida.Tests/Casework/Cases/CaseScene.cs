using System.Text.Json.Nodes;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Casework.Paper;
using Zhida.Casework.Registers;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Tests.Casework.Cases;

/// <summary>A desk over a database of its own, with the demo layer in force, a made-up firm with loans and the people
/// of the offices.</summary>
internal sealed class CaseScene : IAsyncDisposable
{
    public const string Firm = "91210113XXXX000511";

    private static readonly Lazy<DecisionMaker> Maker = new(() => DecisionMaker.Open(
        PolicyTree.Read(Repository.Root).Files, [], ["liaoning-2026-demo"], new Dictionary<string, string>()).Maker!);

    /// <summary>Of all scenes: the version is the same.</summary>
    private static readonly Lazy<TemporaryFolder> Versions = new(() => new TemporaryFolder());

    public CaseScene(TestDatabases databases, DatabaseKind kind, params IReadOnlyList<IRegister> registers)
        : this(kind, databases, new SceneClock(new DateTimeOffset(2026, 6, 30, 2, 0, 0, TimeSpan.Zero)), registers)
    {
    }

    /// <summary>Over a database that is there.</summary>
    public CaseScene(Database database, SceneClock clock, IReadOnlyList<IRegister>? registers = null)
    {
        (Clock, Database) = (clock, database);
        Desk = new CaseDesk(Database, Maker.Value, Bundles, Terms, registers ?? []);
    }

    private CaseScene(
        DatabaseKind kind, TestDatabases databases, SceneClock clock, IReadOnlyList<IRegister> registers)
        : this(databases.New(kind, clock), clock, registers)
    {
    }

    public SceneClock Clock { get; }

    public Database Database { get; }

    public CaseDesk Desk { get; }

    public static PolicyProgram Program => Maker.Value.Program;

    public static PaperTerms Terms { get; } = new(office => new Contact(office, "12345", "示范地址1号"));

    public static string Bundles => Versions.Value.Path;

    public static Person Owner { get; } = new("u1", "企业经办", Role.Applicant) { Subjects = [Firm] };

    public static Person CityClerk { get; } = new("c1", "沈阳经办", Role.Clerk) { Office = "市或示范区", Place = "2101" };

    public static Person CityOther { get; } = new("c2", "沈阳另一经办", Role.Clerk) { Office = "市或示范区", Place = "2101" };

    public static Person DalianClerk { get; } = new("c3", "大连经办", Role.Clerk) { Office = "市或示范区", Place = "2102" };

    public static Person Province { get; } = new("p1", "省厅经办", Role.Clerk) { Office = "省发展改革委", Place = "21" };

    public static Person ProvinceHead { get; } = new("p2", "省厅负责人", Role.Head) { Office = "省发展改革委", Place = "21" };

    /// <summary>Facts of the sample firm, changed.</summary>
    public static string Facts(Action<JsonObject>? change = null)
    {
        var facts = JsonNode.Parse(File.ReadAllText(Repository.PathOf("samples/low-altitude.json")))!.AsObject();
        facts.Remove("已得");
        change?.Invoke(facts);
        return facts.ToJsonString();
    }

    /// <summary>Materials that item 4.1 asks for.</summary>
    public const string Materials = """{"借款合同与放款凭证": ["a"], "付息凭证": ["b"]}""";

    public Task BudgetAsync(string item, long fen, string year = "2026") => Database.WriteAsync(work =>
        Budgets.GrantAsync(work, Guid.CreateVersion7(), item, "省财政", "21", year, fen));

    /// <summary>A filed case of 4.1 about a loan.</summary>
    public async Task<Case> FiledAsync(string loan = "贷一", string period = "2026", string? facts = null)
    {
        var draft = (await Desk.OpenAsync(Owner, "4.1", Firm, "示范低空", loan, period, facts ?? Facts())).Value!;
        return (await MoveAsync(draft, Move.File, Owner, facts: facts ?? Facts(), materials: Materials)).Value!;
    }

    /// <summary>Makes a move; those of the program as publicity and payment make them.</summary>
    public Task<Result<Case>> MoveAsync(
        Case file, Move move, Person by, string reason = "", string? facts = null, string? materials = null)
    {
        var request = new MoveRequest(Guid.CreateVersion7(), file.Id, file.Version, move, by)
        {
            Reason = reason, Facts = facts, Materials = materials,
        };
        return by.Role == Role.Program && move != Move.Verify
            ? Database.WriteAsync(work => Desk.MoveAsync(work, request)) : Desk.MoveAsync(request);
    }

    /// <summary>Makes moves that must succeed.</summary>
    public async Task<Case> GoAsync(Case file, params (Move Move, Person By)[] moves)
    {
        foreach (var (move, by) in moves)
        {
            var made = await MoveAsync(file, move, by, reason: "示范");
            Xunit.Assert.Empty(made.Problems);
            file = made.Value!;
        }
        return file;
    }

    public async Task<Case> ReadAsync(Guid id) => (await Database.ReadAsync(work =>
        CaseQueries.FindAsync(work, Maker.Value.Program, Person.Program, id)))!;

    public async Task<Account> BudgetOfAsync(string item)
    {
        var id = Accounts.Budget(item, "省财政", "21", "2026").Id;
        return (await Database.WriteAsync(work => GeneralLedger.LockAsync(work, [id])))[id];
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

/// <summary>A clock that goes when told.</summary>
internal sealed class SceneClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;
    private int _failAt;

    public override DateTimeOffset GetUtcNow() => _failAt > 0 && --_failAt == 0
        ? throw new InvalidTimeZoneException("the process ends here") : _now;

    /// <summary>The n-th look at it fails; 0: none.</summary>
    public void FailAt(int n) => _failAt = n;

    public void Advance(TimeSpan by) => _now += by;
}
