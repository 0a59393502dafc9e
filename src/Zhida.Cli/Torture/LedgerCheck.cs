using Zhida.Ledger;

namespace Zhida.Cli.Torture;

/// <summary>The ledger by itself: accounts are what their transfers come to, limits hold, grants are those that were
/// acknowledged.</summary>
internal static class LedgerCheck
{
    private const string GrantCode = "预算下达";

    public static IEnumerable<string> Accounts(TortureState state)
    {
        var sums = state.Accounts.Values.ToDictionary(a => a.Id, _ => new Sums());
        var pending = state.Transfers.Where(t => t.IsPending).ToDictionary(t => t.Id);
        var resolved = new HashSet<Guid>();
        foreach (var transfer in state.Transfers)
        {
            if (transfer.PendingId is { } id && !resolved.Add(id)) yield return $"{id} 了结了两次";
            var released = transfer.PendingId is { } of ? pending[of].Amount : 0;
            var (debit, credit) = (sums[transfer.DebitId], sums[transfer.CreditId]);
            var held = (transfer.IsPending ? transfer.Amount : 0) - released;
            var posted = transfer.IsPending || transfer.Flags.HasFlag(TransferFlags.VoidPending) ? 0 : transfer.Amount;
            (debit.Pending, debit.Posted) = (debit.Pending + held, debit.Posted + posted);
            (credit.CreditPending, credit.CreditPosted) = (credit.CreditPending + held, credit.CreditPosted + posted);
        }
        foreach (var account in state.Accounts.Values)
        {
            var sum = sums[account.Id];
            if ((account.DebitsPending, account.DebitsPosted, account.CreditsPending, account.CreditsPosted) !=
                (sum.Pending, sum.Posted, sum.CreditPending, sum.CreditPosted))
                yield return $"账户 {account.Name} 不是各笔之和：{account} {sum}";
            if (account.Flags.HasFlag(AccountFlags.DebitsMustNotExceedCredits) && account.Available < 0)
                yield return $"账户 {account.Name} 超支{-account.Available}分";
        }
    }

    public static IEnumerable<string> Grants(TortureState state, TortureLog log)
    {
        var stored = state.Transfers.Where(t => t.Code == GrantCode).ToDictionary(t => t.Id);
        foreach (var (id, fen) in log.Grants)
            if (!stored.Remove(id, out var grant)) yield return $"答复下达的预算不在账上：{id} {fen}分";
            else if (grant.Amount != Math.Abs(fen)) yield return $"下达{fen}分，账上是{grant.Amount}分：{id}";
        foreach (var id in stored.Keys) yield return $"没有答复过的预算下达：{id}";
    }

    private sealed record Sums
    {
        public long Pending { get; set; }

        public long Posted { get; set; }

        public long CreditPending { get; set; }

        public long CreditPosted { get; set; }
    }
}
