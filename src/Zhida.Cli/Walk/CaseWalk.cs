using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Spectre.Console;
using Zhida.Casework.Attachments;
using Zhida.Casework.Cases;
using Zhida.Casework.Clock;
using Zhida.Casework.Money;
using Zhida.Casework.Paper;
using Zhida.Casework.Payments;
using Zhida.Casework.Proof;
using Zhida.Casework.Publicity;
using Zhida.Casework.Registers;
using Zhida.Casework.Storage;
using Zhida.Cli.Rendering;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;

namespace Zhida.Cli.Walk;

/// <summary>One made-up case of 4.1 from draft to paid, on a database, by the code that does it for everybody; its
/// papers as PDF.</summary>
internal sealed class CaseWalk
{
    private const string Item = "liaoning-2026:4.1", Firm = "91210113XXXX000511", Name = "沈阳示范低空飞行器有限公司（虚构）";

    private readonly Database _database;
    private readonly WalkClock _clock;
    private readonly CaseDesk _desk;
    private readonly PublicityDesk _publicity;
    private readonly CaseAttachments _files;
    private readonly string _folder;
    private readonly Spectre.Console.Table _table = new() { Border = TableBorder.Rounded };
    private Case _case = null!;

    /// <param name="folder">For papers, attachments and versions.</param>
    public CaseWalk(Database database, WalkClock clock, DecisionMaker maker, string folder)
    {
        (_database, _clock, _folder) = (database, clock, folder);
        _desk = new CaseDesk(database, maker, Path.Combine(folder, "bundles"),
            new PaperTerms(office => new Contact(office, "12345", "示范地址")),
            [new FileRegister("登记", Path.Combine(Home.Root, "samples", "registers", "registration.json")),
                new FileRegister("信用", Path.Combine(Home.Root, "samples", "registers", "credit.json"))]);
        _publicity = new PublicityDesk(database, _desk, maker);
        _files = new CaseAttachments(database, new AttachmentStore(Path.Combine(folder, "attachments"),
            new AttachmentLimits(), new NoScanner()));
        _table.AddColumns("日期", "谁", "做什么", "办件到了", "这一步最迟", "金额");
    }

    private static Person Owner { get; } = new("示范经办", "企业经办", Role.Applicant) { Subjects = [Firm] };

    public async Task RunAsync()
    {
        await Schema.MigrateAsync(_database);
        await _database.WriteAsync(work =>
            Budgets.GrantAsync(work, Guid.CreateVersion7(), Item, "省财政", "21", "2026", 500_000_000));
        await FileAsync();
        await MoveAsync(2, Move.Accept, Official("沈阳市受理人", StepKind.City, "2101"));
        await MoveAsync(6, Move.Approve, Official("省复审人", "省发展改革委", "21"));
        await PublishAsync();
        await PayAsync();
        Screen.Out.Write(_table);
        await PrintPapersAsync();
        await new Sealer(_database).SealAllAsync();
        AuditView.Print(await AuditVerifier.VerifyAsync(_database), _clock.GetUtcNow(), signaturesChecked: false);
        await ShowAccountsAsync();
    }

    private async Task FileAsync()
    {
        var facts = await File.ReadAllTextAsync(Path.Combine(Home.Root, "samples", "low-altitude.json"));
        _case = Must(await _desk.OpenAsync(Owner, Item, Firm, Name, "贷一", "2026", facts));
        if (_case.Phase != CasePhase.Draft)
            throw new BadInputException($"这个库里已有{_case.Number}，办到“{PhaseWords.Of(_case.Phase)}”", "换一个空的库");
        Show(Owner, "起草");
        foreach (var material in new[] { "借款合同与放款凭证", "付息凭证" })
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(
                $"%PDF-1.4\n%{material}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
                "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"));
            Must(await _files.AddAsync(Owner, _case.Id, material, material + ".pdf", content, CancellationToken.None));
        }
        await MoveAsync(0, Move.File, Owner);
    }

    private async Task PublishAsync()
    {
        _clock.Advance(1);
        var official = Official("省公示人", "省发展改革委", "21");
        var notice = Must(await _publicity.PublishAsync(
            official, new PublishRequest(Guid.CreateVersion7(), Item, [_case.Id])));
        Show(official, $"公示 {notice.Number}");
        _clock.Advance(12);
        await _publicity.CloseDueAsync();
        await ReadAsync();
        Show(Person.Program, "公示期满，无异议");
    }

    private async Task PayAsync()
    {
        var payments = new PaymentDesk(_database);
        Must(await payments.GiveAccountAsync(Guid.CreateVersion7(), Owner, _case.Id,
            new AccountForm(AccountKind.Corporate, Name, "示范银行沈阳分行", "2100001234567890")));
        var (maker, checker) = (Official("省财政编制人", "省财政厅", "21"), Official("省财政复核人", "省财政厅", "21"));
        var batch = Must(await payments.PrepareAsync(Guid.CreateVersion7(), maker, [_case.Id]));
        Show(maker, "编制拨付批次");
        Must(await payments.ReleaseAsync(checker, batch.Id));
        Show(checker, "复核，送财政");
        // Late, twice, and sure to come.
        var treasury = new SimulatedTreasury(7, TreasuryMoods.Late | TreasuryMoods.Twice);
        var link = new TreasuryLink(_database, _desk, treasury, patience: TimeSpan.FromDays(3));
        for (var day = 0; day < 20 && _case.Phase == CasePhase.Paying; day++)
        {
            await link.SendDueAsync();
            _clock.Advance(1);
            await link.ReconcileAsync();
            await ReadAsync();
        }
        Show(Person.Program, "财政确认，记账");
    }

    private async Task PrintPapersAsync()
    {
        var papers = await _database.ReadAsync(async work =>
        {
            await using var context = Schema.Over(work);
            return await context.Papers.OrderBy(p => p.At).ToListAsync();
        });
        var press = new PaperPress(new Uri("https://example.org"));
        foreach (var paper in papers)
        {
            var path = Path.Combine(_folder, $"{paper.Number}.pdf");
            await using var file = File.Create(path);
            Must(press.Print(DocumentDigest.Read(paper.Content), file));
            Screen.Line($"{paper.Title}：{path}");
        }
    }

    private async Task ShowAccountsAsync()
    {
        var accounts = await _database.ReadAsync(work => work.QueryAsync(
            "SELECT name, debits_posted, credits_posted, debits_pending FROM accounts WHERE name NOT LIKE '对方/%' " +
            "ORDER BY name", row => (Name: row.GetString(0), Out: row.GetInt64(1), In: row.GetInt64(2),
                Pending: row.GetInt64(3)), []));
        var table = new Spectre.Console.Table { Border = TableBorder.Rounded };
        table.AddColumns("账户", "转入", "转出", "占用");
        foreach (var account in accounts)
            table.AddRow(Markup.Escape(account.Name), Yuan(account.In), Yuan(account.Out), Yuan(account.Pending));
        Screen.Out.Write(table);
    }

    private async Task MoveAsync(int days, Move move, Person by)
    {
        _clock.Advance(days);
        _case = Must(await _desk.MoveAsync(
            new MoveRequest(Guid.CreateVersion7(), _case.Id, _case.Version, move, by)));
        Show(by, MoveTable.Of(move).Word);
    }

    private async Task ReadAsync() => _case = (await _database.ReadAsync(work =>
        CaseQueries.FindAsync(work, _desk.Program, Person.Program, _case.Id)))!;

    private void Show(Person by, string what) => _table.AddRow(
        Day(_clock.GetUtcNow().UtcTicks), Markup.Escape(by.Name), Markup.Escape(what), PhaseWords.Of(_case.Phase),
        _case.DueDay == Case.NoDay ? "—" : Day(BeijingTime.StartOf(_case.DueDay)),
        _case.Amount is { } fen ? Yuan(fen) : "—");

    private static string Day(long ticks) =>
        BeijingTime.DateOf(ticks).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Person Official(string name, string office, string place) =>
        new(name, name, Role.Clerk) { Office = office, Place = place };

    private static string Yuan(long fen) => (fen / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static T Must<T>(Result<T> made) where T : class => made.Value is { } value && made.Succeeded ? value
        : throw new BadInputException(made.Problems[0].Message, made.Problems[0].Mend);
}

/// <summary>Goes on by days, when told; begins on a day on which the demo layer is in force.</summary>
internal sealed class WalkClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 6, 30, 2, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(int days) => _now += TimeSpan.FromDays(days) + TimeSpan.FromMinutes(1);
}
