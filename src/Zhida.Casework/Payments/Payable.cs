using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Payments;

/// <summary>What the ledger has reserved for the subject of a case: 分 by who pays.</summary>
internal static class Payable
{
    public static async Task<IReadOnlyDictionary<string, long>> OfAsync(UnitOfWork work, Case file)
    {
        var payee = Accounts.Payee(file.Subject).Id;
        var legs = (await Reserved.OfAsync(work, file.Id)).Where(t => t.CreditId == payee).ToList();
        var budgets = await GeneralLedger.LockAsync(work, legs.Select(l => l.DebitId));
        return legs.GroupBy(l => Accounts.PayerOf(budgets[l.DebitId])!)
            .ToDictionary(g => g.Key, g => g.Sum(l => l.Amount));
    }
}
