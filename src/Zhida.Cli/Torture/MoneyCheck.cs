using Zhida.Casework.Cases;
using Zhida.Casework.Money;
using Zhida.Ledger;

namespace Zhida.Cli.Torture;

/// <summary>Cases and ledger together: what a case holds follows from its moves, and is what its transfers say; no cap
/// of the texts is passed; a line is paid once.</summary>
internal static class MoneyCheck
{
    /// <summary>Under these what was posted comes back: from the subject, from the bank.</summary>
    private static readonly string[] BackCodes = ["追回", "退汇"];

    public static IEnumerable<string> Find(TortureState state)
    {
        var held = state.Moves.GroupBy(m => m.Case).ToDictionary(m => m.Key, Held.Of);
        return Transfers(state).Concat(Balances(state, held)).Concat(Caps(state, held)).Concat(Lines(state, held));
    }

    /// <summary>The transfers of a case are those that its moves name: none without its move, none twice.</summary>
    private static IEnumerable<string> Transfers(TortureState state)
    {
        var named = state.Moves.SelectMany(m => m.Transfers.Select(t => (m.Case, Id: t))).ToDictionary(t => t.Id);
        foreach (var transfer in state.Transfers.Where(t => t.Reference != Guid.Empty))
            if (!named.Remove(transfer.Id, out var by) || by.Case != transfer.Reference)
                yield return $"没有办理的记账：{transfer}";
        foreach (var (id, by) in named) yield return $"办件 {by} 的一笔不在账上：{id}";
    }

    private static IEnumerable<string> Balances(TortureState state, Dictionary<Guid, Held> held)
    {
        var transfers = state.Transfers.ToLookup(t => t.Reference);
        foreach (var file in state.Cases.Values)
        {
            var (reserved, posted) = held.GetValueOrDefault(file.Id) ?? new Held(0, 0);
            var own = transfers[file.Id].ToList();
            var done = own.Where(t => t.PendingId is not null).Select(t => t.PendingId!.Value).ToHashSet();
            var accounts = own.SelectMany(t => new[] { t.DebitId, t.CreditId }).Distinct()
                .Select(id => state.Accounts[id]).Where(IsMoney).Select(account => (account.Name,
                    Reserved: own.Where(t => t.IsPending && t.DebitId == account.Id && !done.Contains(t.Id))
                        .Sum(t => t.Amount),
                    Posted: own.Where(t => t.Flags.HasFlag(TransferFlags.PostPending) && t.DebitId == account.Id)
                        .Sum(t => t.Amount) -
                        own.Where(t => BackCodes.Contains(t.Code) && t.CreditId == account.Id).Sum(t => t.Amount)))
                .ToList();
            foreach (var account in accounts.Where(a => (a.Reserved, a.Posted) != (reserved, posted)))
                yield return $"办件 {file.Id}（{file.Phase}）应占{reserved}分、应付{posted}分，{account.Name} 上是" +
                    $"{account.Reserved}、{account.Posted}";
            if (reserved + posted > 0 && accounts.Count == 0) yield return $"办件 {file.Id} 的钱不在账上";
            if (reserved + posted > 0 && reserved + posted != file.Amount)
                yield return $"办件 {file.Id} 写着{file.Amount}分，占{reserved}分、付{posted}分";
        }
    }

    private static bool IsMoney(Account account) => account.Currency == Accounts.Money &&
        account.Kind is Accounts.BudgetKind or Accounts.CapKind or Accounts.QuotaKind;

    private static IEnumerable<string> Caps(TortureState state, Dictionary<Guid, Held> held)
    {
        var drawn = state.Cases.Values.Select(c => (Case: c, Fen: held.GetValueOrDefault(c.Id)?.Drawn ?? 0)).ToList();
        var loans = drawn.Where(d => d.Case.Item == Scenario.Loans).ToList();
        foreach (var firm in loans.GroupBy(d => d.Case.Subject))
        {
            if (firm.Sum(d => d.Fen) > Scenario.FirmCap) yield return $"企业 {firm.Key} 超过年度上限";
            foreach (var project in firm.GroupBy(d => Scenario.ProjectOf(d.Case.Object)))
                if (project.Sum(d => d.Fen) > Scenario.ProjectCap)
                    yield return $"企业 {firm.Key} 的项目 {project.Key} 超过年度上限";
        }
        if (drawn.Where(d => d.Case.Item == Scenario.Quota).Sum(d => d.Fen) > Scenario.WholeQuota)
            yield return "额度超过总额";
    }

    private static IEnumerable<string> Lines(TortureState state, Dictionary<Guid, Held> held) =>
        state.Cases.Values.Where(c => held.GetValueOrDefault(c.Id)?.Posted > 0)
            .CountBy(c => (c.Item, c.Subject, c.Object, c.Period)).Where(l => l.Value > 1)
            .Select(l => $"同一笔付了{l.Value}次：{l.Key}");

    /// <summary>What a case holds by its moves, in 分: reserved, and paid and not taken back.</summary>
    private sealed record Held(long Reserved, long Posted)
    {
        public long Drawn => Reserved + Posted;

        public static Held Of(IEnumerable<StoredMove> moves)
        {
            var (reserved, posted) = (0L, 0L);
            foreach (var move in moves)
            {
                var effects = MoveTable.Of(move.Move).Effects;
                // What was paid is not decided again when it is looked at again.
                if (effects.HasFlag(Effects.Decide) && move.Decision is not null) reserved = move.Granted ?? 0;
                if (effects.HasFlag(Effects.Release)) reserved = 0;
                if (effects.HasFlag(Effects.TakeBack)) posted = 0;
                if (effects.HasFlag(Effects.Reserve)) (reserved, posted) = (posted, 0);
                // An item without a step of payment is done when its last step is.
                if (effects.HasFlag(Effects.Post) || move.To == CasePhase.Completed)
                    (posted, reserved) = (posted + reserved, 0);
            }
            return new Held(reserved, posted);
        }
    }
}
