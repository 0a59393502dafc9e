using Zhida.Casework.Cases;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Money;

/// <summary>Gives budgets and quotas their amounts. What was given is raised and lowered by further transfers, never
/// below what is spent or reserved.</summary>
public static class Budgets
{
    /// <summary>Adds to (or, below zero, takes from) what a payer may spend on an item in a place and year.</summary>
    /// <param name="id">From the caller: the same again is the same change.</param>
    /// <param name="fen">分.</param>
    public static async Task<Result<Account>> GrantAsync(
        UnitOfWork work, Guid id, string item, string payer, string place, string year, long fen)
    {
        var (budget, source) = (Accounts.Budget(item, payer, place, year), Accounts.Source(payer, Accounts.Money));
        return await MoveAsync(work, id, source, budget, fen, "预算下达");
    }

    /// <summary>Sets how much of an item's quota there is to divide: adds to it, or takes from it.</summary>
    public static Task<Result<Account>> GrantQuotaAsync(UnitOfWork work, Guid id, string item, long fen) =>
        MoveAsync(work, id, Accounts.Source("额度", Accounts.Money), Accounts.Undivided(item), fen, "额度下达");

    /// <summary>Gives a bank or a city its part of an item's quota, or takes it back; the parts together never pass the
    /// whole.</summary>
    /// <param name="holder">A bank's 统一社会信用代码, or a division code.</param>
    public static Task<Result<Account>> DivideQuotaAsync(
        UnitOfWork work, Guid id, string item, string holder, long fen) =>
        MoveAsync(work, id, Accounts.Undivided(item), Accounts.Quota(item, holder), fen, "额度分配");

    private static async Task<Result<Account>> MoveAsync(
        UnitOfWork work, Guid id, Account from, Account to, long fen, string code)
    {
        GeneralLedger.Open(work, [from, to]);
        var (debit, credit) = fen >= 0 ? (from, to) : (to, from);
        var results = await GeneralLedger.PostAsync(work,
        [
            new Transfer { Id = id, DebitId = debit.Id, CreditId = credit.Id, Amount = Math.Abs(fen), Code = code },
        ]);
        var after = await GeneralLedger.LockAsync(work, [to.Id, debit.Id]);
        if (results[0].Stands) return after[to.Id];
        work.Abandon();
        return results[0].Status == TransferStatus.ExceedsCredits
            ? new Problem("money", $"{debit.Name} 只余{Fen.Text(after[debit.Id].Available)}，不够{Fen.Text(Math.Abs(fen))}",
                "减少金额，或先腾出未用的部分")
            : new Problem("money", $"没有记账：{results[0].Status}", "同一编号只能用于同一笔");
    }
}
