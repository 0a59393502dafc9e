using CsCheck;
using Xunit;
using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Payments;

public sealed class PaidLegsTests(TestDatabases databases)
{
    /// <summary>Parts that come back one after another take from no leg more than it has, from budgets exactly what
    /// came back, and with the last one nothing is left.</summary>
    [Fact]
    public Task Parts_come_back_to_the_fen() =>
        Gen.Select(Gen.Long[1, 5000].List[1, 4], Gen.Long[1, 3000].List[1, 5]).SampleAsync(async (budgets, parts) =>
        {
            await using var database = databases.New(DatabaseKind.Sqlite);
            var file = await PaidAsync(database, budgets);
            foreach (var part in parts)
            {
                var before = await LegsAsync(database, file);
                if (part >= before.Total) break;
                await database.WriteAsync(work => Release.TakeBackAsync(work, file, Guid.CreateVersion7(), part));
                var after = await LegsAsync(database, file);
                Assert.Equal(before.Total - part, after.Total);
                // The cap is drawn as far as is paid; the place is held.
                Assert.Equal([1, after.Total],
                    after.Legs.Where(l => l.To != Accounts.Payee(file.Subject).Id).Select(l => l.Amount).Order());
            }
            await database.WriteAsync(work => Release.TakeBackAsync(work, file, Guid.CreateVersion7()));
            Assert.Empty((await LegsAsync(database, file)).Legs);
        }, iter: 20, threads: 1);

    private static Task<PaidLegs> LegsAsync(Database database, Case file) =>
        database.ReadAsync(work => PaidLegs.OfAsync(work, file));

    /// <summary>A case that several treasuries paid, with a cap and a place in a group.</summary>
    private static async Task<Case> PaidAsync(Database database, List<long> budgets)
    {
        var file = new Case
        {
            Id = Guid.CreateVersion7(), Item = "a:1", Subject = "甲", SubjectName = "甲", Object = "一", Period = "2026",
            Facts = "{}", Applicant = "u", CreatedAt = 0,
        };
        var (payee, contra) = (Accounts.Payee("甲"), Accounts.Contra("甲", Accounts.Money));
        var (cap, hold) = (Accounts.Cap("甲", countsLines: false), Accounts.Hold("甲", "a:1"));
        var count = Accounts.Contra("甲", Accounts.Count);
        await database.WriteAsync(async work =>
        {
            foreach (var (fen, i) in budgets.Select((b, i) => (b, i)))
                await Budgets.GrantAsync(work, Guid.CreateVersion7(), "a:1", $"{i}财政", "21", "2026", fen);
            GeneralLedger.Open(work, [payee, contra, cap, hold, count]);
            Transfer Of(Account from, Account to, long amount, TransferFlags flags) => new()
            {
                Id = Guid.CreateVersion7(), DebitId = from.Id, CreditId = to.Id, Amount = amount, Flags = flags,
                Code = flags == TransferFlags.None ? "上限核定" : "占用", Reference = file.Id,
            };
            var results = await GeneralLedger.PostAsync(work,
            [
                Of(contra, cap, budgets.Sum(), TransferFlags.None),
                Of(cap, contra, budgets.Sum(), TransferFlags.Pending),
                Of(hold, count, 1, TransferFlags.Pending),
                .. budgets.Select((b, i) => Of(Accounts.Budget("a:1", $"{i}财政", "21", "2026"), payee, b,
                    TransferFlags.Pending)),
            ]);
            Assert.All(results, r => Assert.True(r.Stands, $"{r}"));
            await Release.PostAsync(work, file, Guid.CreateVersion7());
        });
        return file;
    }
}
