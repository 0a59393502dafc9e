using System.Text.Json.Nodes;
using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Payments;
using Zhida.Ledger.Storage;
using Zhida.Tests.Casework.Cases;

namespace Zhida.Tests.Casework.Payments;

/// <summary>Cases in phase 拨付 and the people of the treasury's office.</summary>
internal sealed class PaymentScene(TestDatabases databases, DatabaseKind kind) : IAsyncDisposable
{
    public const string Item = "liaoning-2026:4.1";

    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    public CaseScene Cases { get; } = new(databases, kind);

    public Database Database => Cases.Database;

    public PaymentDesk Desk => new(Database);

    public static Person Maker { get; } = new("t1", "财政甲", Role.Clerk) { Office = "省财政厅", Place = "21" };

    public static Person Checker { get; } = new("t2", "财政乙", Role.Clerk) { Office = "省财政厅", Place = "21" };

    /// <summary>A link as a process that has just been started has it.</summary>
    public TreasuryLink Link(ITreasury treasury) => new(Database, Cases.Desk, treasury, Patience);

    /// <summary>So many cases in phase 拨付, each with an account.</summary>
    public async Task<List<Case>> PayingAsync(int count)
    {
        await Cases.BudgetAsync(Item, 500_000_000);
        var facts = CaseScene.Facts(f => AddLoans(f, count));
        var cases = new List<Case>();
        for (var i = 0; i < count; i++)
        {
            var file = await Cases.FiledAsync($"小{i}", facts: facts);
            file = await Cases.GoAsync(file, (Move.Accept, CaseScene.CityClerk), (Move.Approve, CaseScene.Province),
                (Move.EndPublicity, Person.Program));
            Assert.Equal(CasePhase.Paying, file.Phase);
            await GiveAccountAsync(file);
            cases.Add(file);
        }
        return cases;
    }

    public async Task GiveAccountAsync(Case file, string number = "3300 1234 5678 9012") => Assert.Empty((await Desk
        .GiveAccountAsync(Guid.CreateVersion7(), CaseScene.Owner, file.Id, new AccountForm(
            AccountKind.Corporate, file.SubjectName, "虚构银行沈阳分行", number))).Problems);

    public async Task<PaymentBatch> PreparedAsync(params IReadOnlyList<Case> cases)
    {
        var batch = await Desk.PrepareAsync(Guid.CreateVersion7(), Maker, [.. cases.Select(c => c.Id)]);
        Assert.Empty(batch.Problems);
        return batch.Value!;
    }

    public async Task<PaymentBatch> ReleasedAsync(params IReadOnlyList<Case> cases)
    {
        var released = await Desk.ReleaseAsync(Checker, (await PreparedAsync(cases)).Id);
        Assert.Empty(released.Problems);
        return released.Value!;
    }

    public Task<Case> CaseAsync(Guid id) => ContextAsync(context => context.Cases.FindAsync(id).AsTask())!;

    public Task<List<Payment>> PaymentsAsync() =>
        ContextAsync(context => Task.FromResult(context.Payments.OrderBy(p => p.Id).ToList()));

    public Task<T> ContextAsync<T>(Func<Zhida.Casework.Storage.ZhidaContext, Task<T>> query) =>
        Database.ReadAsync(async work =>
        {
            await using var context = Zhida.Casework.Storage.Schema.Over(work);
            return await query(context);
        });

    public async ValueTask DisposeAsync() => await Cases.DisposeAsync();

    private static void AddLoans(JsonObject facts, int count)
    {
        var loans = facts["贷款"]!.AsArray();
        for (var i = 0; i < count; i++)
        {
            var loan = loans[0]!.DeepClone();
            (loan["编号"], loan["本金"]) = ($"小{i}", $"{60 + i}万元");
            loans.Add(loan);
        }
    }
}
