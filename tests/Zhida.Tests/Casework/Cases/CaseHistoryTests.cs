using CsCheck;
using Xunit;
using Zhida.Casework.Cases;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Cases;

/// <summary>Random histories of cases against a model that knows neither the table of moves nor the ledger; and
/// concurrent ones, which must be like one after another in some order.</summary>
public sealed class CaseHistoryTests(TestDatabases databases)
{
    /// <summary>Moves that lead on come more often, else few cases would be paid.</summary>
    private static readonly Gen<(int Loan, Move Move)> Step = Gen.Select(Gen.Int[0, 2], Gen.Frequency(
        (1, Gen.Enum<Move>().Where(m => m != Move.UpholdObjection)),
        (2, Gen.OneOf(Move.File, Move.Accept, Move.Approve, Move.EndPublicity, Move.Pay))));

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public Task Histories_agree_with_the_model(DatabaseKind kind) =>
        Gen.Select(Gen.Long[0, 200_000_000], Step.Array[5, 40]).SampleAsync(async (budget, steps) =>
        {
            await using var history = await CaseHistory.OpenAsync(databases, kind, budget);
            foreach (var (loan, move) in steps) await history.GoAsync(loan, move);
        }, iter: Repository.IsLong ? 2000 : 25, threads: 1);

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public Task Concurrent_moves_are_like_one_after_another(DatabaseKind kind) =>
        Gen.Select(Gen.Long[60_000_000, 170_000_000], Step.Array[3, 12], Step.Array[3, 3])
            .SampleAsync(async (budget, before, together) =>
            {
                await using var history = await CaseHistory.OpenAsync(databases, kind, budget);
                foreach (var (loan, move) in before) await history.GoAsync(loan, move);
                await history.TogetherAsync(together);
            }, iter: Repository.IsLong ? 1000 : 20, threads: 1);
}
