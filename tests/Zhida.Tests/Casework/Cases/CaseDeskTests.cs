using Xunit;
using Zhida.Casework.Cases;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Cases;

/// <summary>A case from draft to paid, on both databases.</summary>
public sealed class CaseDeskTests(TestDatabases databases)
{
    private const string Item = "liaoning-2026:4.1";

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_case_goes_from_draft_to_paid(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 500_000_000);
        var file = await scene.FiledAsync();
        Assert.Equal(("2026-4.1-000001", CasePhase.Accepting, "市或示范区"), (file.Number, file.Phase, file.Holder));
        file = await scene.GoAsync(file, (Move.Accept, CaseScene.CityClerk));
        Assert.Equal((CasePhase.Reviewing, 87_780_822L), (file.Phase, file.Amount));
        Assert.Equal(500_000_000 - 87_780_822, (await scene.BudgetOfAsync(Item)).Available);
        file = await scene.GoAsync(file, (Move.Approve, CaseScene.Province), (Move.EndPublicity, Person.Program),
            (Move.Pay, Person.Program));
        Assert.Equal(CasePhase.Completed, file.Phase);
        var budget = await scene.BudgetOfAsync(Item);
        Assert.Equal((87_780_822L, 0L), (budget.DebitsPosted, budget.DebitsPending));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Both_caps_hold_over_the_cases_of_a_year(DatabaseKind kind)
    {
        await using var scene = new CaseScene(databases, kind);
        await scene.BudgetAsync(Item, 5_000_000_000);
        var first = await scene.GoAsync(await scene.FiledAsync("贷一"), (Move.Accept, CaseScene.CityClerk));
        var second = await scene.GoAsync(await scene.FiledAsync("贷二"), (Move.Accept, CaseScene.CityClerk));
        // The project has 100 万元 a year: what the first left.
        Assert.Equal(100_000_000 - first.Amount, second.Amount);
        await scene.GoAsync(first, (Move.Withdraw, CaseScene.Owner));
        second = await scene.GoAsync(second, (Move.Approve, CaseScene.Province));
        Assert.True(second.Amount > 100_000_000 - first.Amount, "the approval decides again, with what came free");
    }
}
