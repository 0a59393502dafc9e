using System.Diagnostics;
using System.Text.Json.Nodes;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Casework.Paper;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;

namespace Zhida.Bench.Cases;

/// <summary>Clients that bring cases of 4.1 from draft to paid, one after the other, each a firm of its own; one budget
/// pays all.</summary>
internal sealed class CaseLoad(Database database, DecisionMaker maker, string sample, string bundles)
{
    public const int MovesOfACase = 6;

    private const string Item = "liaoning-2026:4.1", Loan = "贷一", Project = "整机线", Year = "2026";
    private const string Materials = """{"借款合同与放款凭证": ["a"], "付息凭证": ["b"]}""";
    private const long Plenty = 1_000_000_000_000_000;

    private static readonly Person City = new("c1", "市经办", Role.Clerk) { Office = "市或示范区", Place = "2101" };
    private static readonly Person Province = new("p1", "省厅经办", Role.Clerk) { Office = "省发展改革委", Place = "21" };

    private readonly CaseDesk _desk =
        new(database, maker, bundles, new PaperTerms(office => new Contact(office, "12345", "示范地址1号")), []);

    private int _firms;

    public Task PrepareAsync() => database.WriteAsync(work =>
        Budgets.GrantAsync(work, Guid.CreateVersion7(), Item, "省财政", "21", Year, Plenty));

    /// <summary>Cases a second, filed to paid.</summary>
    public async Task<double> MeasureAsync(int clients, TimeSpan time)
    {
        // What is compiled when first called is not what is measured.
        foreach (var _ in Enumerable.Range(0, 20)) await OneAsync((_, _) => { });
        var made = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < time)
            {
                await OneAsync((_, _) => { });
                Interlocked.Increment(ref made);
            }
        })));
        return made / watch.Elapsed.TotalSeconds;
    }

    /// <summary>How long each step takes one client, as medians in µs.</summary>
    public async Task<IReadOnlyList<(string Step, double Micros)>> PartsAsync(int cases)
    {
        var times = new Dictionary<string, List<double>>();
        void Note(string step, TimeSpan time)
        {
            if (!times.TryGetValue(step, out var list)) times[step] = list = [];
            list.Add(time.TotalMicroseconds);
        }
        for (var i = 0; i < cases; i++) await OneAsync(Note);
        var file = await OneAsync((_, _) => { });
        var decider = new LineDecider(maker);
        for (var i = 0; i < cases; i++)
        {
            var watch = Stopwatch.StartNew();
            decider.Decide(file, new DateOnly(2026, 6, 30), used: []);
            Note("one decision alone", watch.Elapsed);
        }
        return [.. times.Select(t => (t.Key, t.Value.Order().ElementAt(t.Value.Count / 2)))];
    }

    private async Task<Case> OneAsync(Action<string, TimeSpan> note)
    {
        var firm = $"示范{Interlocked.Increment(ref _firms):000000}";
        var owner = new Person("u" + firm, "企业经办", Role.Applicant) { Subjects = [firm] };
        var facts = Facts(firm);
        var watch = Stopwatch.StartNew();
        var file = Value(await _desk.OpenAsync(owner, Item, firm, "示范企业", Loan, Year, facts));
        note("open", watch.Elapsed);
        foreach (var (move, by) in new[]
            { (Move.File, owner), (Move.Accept, City), (Move.Approve, Province), (Move.EndPublicity, Person.Program),
                (Move.Pay, Person.Program) })
        {
            watch.Restart();
            var request = new MoveRequest(Guid.CreateVersion7(), file.Id, file.Version, move, by)
            {
                Facts = move == Move.File ? facts : null, Materials = move == Move.File ? Materials : null,
            };
            // The program's in a transaction of its own, as publicity and payment make them.
            file = Value(by.Role == Role.Program
                ? await database.WriteAsync(work => _desk.MoveAsync(work, request)) : await _desk.MoveAsync(request));
            note(MoveTable.Of(move).Word, watch.Elapsed);
        }
        if (file.Phase != CasePhase.Completed) throw new InvalidOperationException($"{file.Phase}");
        return file;
    }

    /// <summary>A project of its own, for its cap is one for all who have a part in it.</summary>
    private string Facts(string firm)
    {
        var facts = JsonNode.Parse(sample.Replace(Project, firm + Project))!.AsObject();
        facts.Remove("已得");
        facts["主体"]!["编号"] = firm;
        return facts.ToJsonString();
    }

    private static Case Value(Result<Case> made) => made.Succeeded ? made.Value!
        : throw new InvalidOperationException(string.Join("; ", made.Problems));
}
