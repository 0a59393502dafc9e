using Xunit;
using Zhida.Casework.Cases;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Cases;

/// <summary>A history of the three cases of a firm, beside its model.</summary>
internal sealed class CaseHistory : IAsyncDisposable
{
    private const string Item = "liaoning-2026:4.1";
    private static readonly string[] Loans = ["贷一", "贷二", "贷三"];

    private static readonly Person CityHead = CaseScene.CityOther with { Role = Role.Head };

    private readonly CaseScene _scene;
    private readonly Case[] _cases = new Case[3];
    private CaseModel _model;

    private CaseHistory(CaseScene scene, long budget) => (_scene, _model) = (scene, new CaseModel(budget));

    public static async Task<CaseHistory> OpenAsync(TestDatabases databases, DatabaseKind kind, long budget)
    {
        var history = new CaseHistory(new CaseScene(databases, kind), budget);
        await history._scene.BudgetAsync(Item, budget);
        for (var i = 0; i < 3; i++)
            history._cases[i] = (await history._scene.Desk.OpenAsync(
                CaseScene.Owner, Item, CaseScene.Firm, "示范低空", Loans[i], "2026", CaseScene.Facts())).Value!;
        return history;
    }

    /// <summary>Makes a move on both, and compares.</summary>
    public async Task GoAsync(int loan, Move move)
    {
        var made = await MakeAsync(loan, move);
        Assert.Equal(_model.Go(loan, move), made.Succeeded);
        await CompareAsync();
    }

    /// <summary>Makes moves at the same time: what comes of them must be what some order of them comes to.</summary>
    public async Task TogetherAsync(IReadOnlyList<(int Loan, Move Move)> moves)
    {
        var made = await Task.WhenAll(moves.Select(m => Task.Run(() => MakeAsync(m.Loan, m.Move))));
        await RefreshAsync();
        var (left, start) = ((await _scene.BudgetOfAsync(Item)).Available, _model);
        foreach (var order in Orders(moves.Count))
        {
            var (model, changed, fits) = (start.Copy(), new HashSet<int>(), true);
            foreach (var i in order)
            {
                // Who comes second to a case has not seen what it is now.
                var goes = !changed.Contains(moves[i].Loan) && model.Go(moves[i].Loan, moves[i].Move);
                if (goes) changed.Add(moves[i].Loan);
                fits &= goes == made[i].Succeeded;
            }
            if (!fits || model.Left != left || Enumerable.Range(0, 3).Any(i => model.PhaseOf(i) != _cases[i].Phase))
                continue;
            _model = model;
            return;
        }
        Assert.Fail("no order of these moves comes to this: " +
            string.Join("; ", moves.Zip(made).Select(m => $"{m.First} {m.Second.Succeeded}")));
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private Task<Result<Case>> MakeAsync(int loan, Move move) => _scene.MoveAsync(
        _cases[loan], move, Actor(_cases[loan], move), "示范", move == Move.File ? CaseScene.Facts() : null,
        move == Move.File ? CaseScene.Materials : null);

    private static Person Actor(Case file, Move move) => MoveTable.Of(move).By switch
    {
        Mover.Program => Person.Program,
        Mover.Applicant => CaseScene.Owner,
        Mover.OfficeHead => file.Holder == StepKind.City ? CityHead : CaseScene.ProvinceHead,
        _ => file.Holder == StepKind.City ? CaseScene.CityClerk : CaseScene.Province,
    };

    private async Task CompareAsync()
    {
        await RefreshAsync();
        for (var i = 0; i < 3; i++) Assert.Equal(_model.PhaseOf(i), _cases[i].Phase);
        Assert.Equal(_model.Left, (await _scene.BudgetOfAsync(Item)).Available);
    }

    private async Task RefreshAsync()
    {
        for (var i = 0; i < 3; i++) _cases[i] = await _scene.ReadAsync(_cases[i].Id);
    }

    private static IEnumerable<IReadOnlyList<int>> Orders(int count)
    {
        if (count == 0) return [[]];
        return Orders(count - 1).SelectMany(rest => Enumerable.Range(0, count).Select(at =>
        {
            var order = rest.ToList();
            order.Insert(at, count - 1);
            return (IReadOnlyList<int>)order;
        }));
    }
}
