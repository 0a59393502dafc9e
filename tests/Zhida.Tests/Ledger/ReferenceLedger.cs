using Zhida.Ledger;

namespace Zhida.Tests.Ledger;

/// <summary>
/// What the ledger must do, written for plainness and apart from it: all that stands is a list of transfers, each
/// balance is a sum over that list, a status is the first rule that is broken.
/// </summary>
internal sealed class ReferenceLedger(IReadOnlyList<Account> accounts)
{
    private readonly List<Transfer> _standing = [];
    private readonly HashSet<Guid> _swept = [];

    public IReadOnlyList<Account> Accounts => accounts;

    public IReadOnlyList<Transfer> Standing => _standing;

    public ReferenceLedger Copy()
    {
        var copy = new ReferenceLedger(accounts);
        copy._standing.AddRange(_standing);
        copy._swept.UnionWith(_swept);
        return copy;
    }

    public List<TransferStatus> Post(IReadOnlyList<Transfer> transfers, long now)
    {
        var statuses = new List<TransferStatus>();
        while (statuses.Count < transfers.Count)
        {
            var rest = transfers.Skip(statuses.Count).ToList();
            var members = rest.TakeWhile(t => t.Flags.HasFlag(TransferFlags.Linked)).ToList();
            var isOpen = members.Count == rest.Count;
            if (!isOpen) members.Add(rest[members.Count]);
            statuses.AddRange(PostChain(members, isOpen, now));
        }
        return statuses;
    }

    /// <summary>The pending transfers that are given back because their time is over.</summary>
    public List<Guid> Expire(long now)
    {
        var over = _standing.Where(t => t.IsPending && t.ExpiresAt > 0 && t.ExpiresAt <= now &&
            ResolutionOf(t.Id) is null).OrderBy(t => t.ExpiresAt).ThenBy(t => t.Id).ToList();
        foreach (var pending in over)
        {
            _swept.Add(pending.Id);
            _standing.Add(new Transfer
            {
                Id = Guid.NewGuid(), DebitId = pending.DebitId, CreditId = pending.CreditId, Amount = pending.Amount,
                PendingId = pending.Id, Flags = TransferFlags.VoidPending, Code = "到期",
                At = Moment(pending.DebitId, pending.CreditId, now),
            });
        }
        return [.. over.Select(t => t.Id)];
    }

    /// <summary>An account at a moment, as the sum of its transfers until then.</summary>
    public Account Balance(Guid id, long at = long.MaxValue)
    {
        var balance = accounts.Single(a => a.Id == id);
        foreach (var transfer in _standing.Where(t => t.At <= at))
        {
            var reserved = transfer.IsPending ? transfer.Amount
                : transfer.Resolves ? -_standing.Single(t => t.Id == transfer.PendingId).Amount : 0;
            var posted = transfer.IsPending || transfer.Flags.HasFlag(TransferFlags.VoidPending) ? 0 : transfer.Amount;
            if (transfer.DebitId == id)
                balance = balance with
                {
                    DebitsPending = balance.DebitsPending + reserved, DebitsPosted = balance.DebitsPosted + posted,
                    ChangedAt = transfer.At,
                };
            if (transfer.CreditId == id)
                balance = balance with
                {
                    CreditsPending = balance.CreditsPending + reserved, CreditsPosted = balance.CreditsPosted + posted,
                    ChangedAt = transfer.At,
                };
        }
        return balance;
    }

    private List<TransferStatus> PostChain(List<Transfer> members, bool isOpen, long now)
    {
        var stood = _standing.Count;
        var isRepeated = members.All(m => _standing.Any(t => t.Id == m.Id));
        var statuses = members.ConvertAll(_ => TransferStatus.LinkedEventFailed);
        if (isOpen) statuses[^1] = TransferStatus.LinkedEventChainOpen;
        var told = new List<TransferStatus>();
        for (var i = 0; i < members.Count - (isOpen ? 1 : 0); i++)
        {
            told.Add(Post(members[i], now));
            if (told[i] == TransferStatus.Created || isRepeated && told[i] == TransferStatus.Exists) continue;
            statuses[i] = told[i];
            _standing.RemoveRange(stood, _standing.Count - stood);
            return statuses;
        }
        if (!isOpen) return told;
        _standing.RemoveRange(stood, _standing.Count - stood);
        return statuses;
    }

    private TransferStatus Post(Transfer transfer, long now)
    {
        foreach (var (status, isBroken) in RulesFor(transfer, now))
            if (isBroken()) return status;
        if (transfer.Resolves)
        {
            var pending = _standing.Single(t => t.Id == transfer.PendingId);
            transfer = transfer with { DebitId = pending.DebitId, CreditId = pending.CreditId };
        }
        _standing.Add(transfer with { At = Moment(transfer.DebitId, transfer.CreditId, now) });
        return TransferStatus.Created;
    }

    private IEnumerable<(TransferStatus Status, Func<bool> IsBroken)> RulesFor(Transfer t, long now)
    {
        var kinds = new[] { TransferFlags.Pending, TransferFlags.PostPending, TransferFlags.VoidPending };
        var twin = _standing.SingleOrDefault(s => s.Id == t.Id);
        if (twin is not null)
        {
            yield return (TransferStatus.ExistsWithDifferentFlags, () => twin.Flags != t.Flags);
            yield return (TransferStatus.ExistsWithDifferentPendingId, () => twin.PendingId != t.PendingId);
            yield return (TransferStatus.ExistsWithDifferentExpiry, () => twin.ExpiresAt != t.ExpiresAt);
            yield return (TransferStatus.ExistsWithDifferentDebitAccount,
                () => twin.DebitId != t.DebitId && !(t.Resolves && t.DebitId == Guid.Empty));
            yield return (TransferStatus.ExistsWithDifferentCreditAccount,
                () => twin.CreditId != t.CreditId && !(t.Resolves && t.CreditId == Guid.Empty));
            yield return (TransferStatus.ExistsWithDifferentAmount, () => twin.Amount != t.Amount);
            yield return (TransferStatus.ExistsWithDifferentReference, () => twin.Reference != t.Reference);
            yield return (TransferStatus.ExistsWithDifferentCode, () => twin.Code != t.Code);
            yield return (TransferStatus.Exists, () => true);
        }
        yield return (TransferStatus.FlagsAreMutuallyExclusive, () => kinds.Count(k => t.Flags.HasFlag(k)) > 1);
        foreach (var rule in t.Resolves ? RulesForResolutions(t, now) : RulesForMovements(t, now)) yield return rule;
    }

    private IEnumerable<(TransferStatus Status, Func<bool> IsBroken)> RulesForMovements(Transfer t, long now)
    {
        Account? Named(Guid id) => accounts.SingleOrDefault(a => a.Id == id);
        yield return (TransferStatus.DebitAccountMustBeNamed, () => t.DebitId == Guid.Empty);
        yield return (TransferStatus.CreditAccountMustBeNamed, () => t.CreditId == Guid.Empty);
        yield return (TransferStatus.AccountsMustBeDifferent, () => t.DebitId == t.CreditId);
        yield return (TransferStatus.PendingIdMustNotBeNamed, () => t.PendingId is not null);
        yield return (TransferStatus.ExpiryIsForPendingTransfers, () => t.ExpiresAt != 0 && !t.IsPending);
        yield return (TransferStatus.ExpiryMustBeInTheFuture, () => t.ExpiresAt != 0 && t.ExpiresAt <= now);
        yield return (TransferStatus.AmountMustNotBeNegative, () => t.Amount < 0);
        yield return (TransferStatus.DebitAccountNotFound, () => Named(t.DebitId) is null);
        yield return (TransferStatus.CreditAccountNotFound, () => Named(t.CreditId) is null);
        yield return (TransferStatus.AccountsMustHaveTheSameCurrency,
            () => Named(t.DebitId)!.Currency != Named(t.CreditId)!.Currency);
        yield return (TransferStatus.ExceedsCredits, () => Balance(t.DebitId) is var a &&
            a.Flags == AccountFlags.DebitsMustNotExceedCredits &&
            a.DebitsPosted + a.DebitsPending + t.Amount > a.CreditsPosted);
        yield return (TransferStatus.ExceedsDebits, () => Balance(t.CreditId) is var a &&
            a.Flags == AccountFlags.CreditsMustNotExceedDebits &&
            a.CreditsPosted + a.CreditsPending + t.Amount > a.DebitsPosted);
    }

    private IEnumerable<(TransferStatus Status, Func<bool> IsBroken)> RulesForResolutions(Transfer t, long now)
    {
        Transfer Pending() => _standing.Single(s => s.Id == t.PendingId);
        bool ResolvedBy(TransferFlags how) => ResolutionOf(t.PendingId!.Value)?.Flags.HasFlag(how) == true;
        yield return (TransferStatus.PendingIdMustBeNamed, () => t.PendingId is null);
        yield return (TransferStatus.PendingIdMustBeDifferent, () => t.PendingId == t.Id);
        yield return (TransferStatus.ExpiryIsForPendingTransfers, () => t.ExpiresAt != 0);
        yield return (TransferStatus.AmountMustNotBeNegative, () => t.Amount < 0);
        yield return (TransferStatus.PendingTransferNotFound, () => _standing.All(s => s.Id != t.PendingId));
        yield return (TransferStatus.PendingTransferNotPending, () => !Pending().IsPending);
        yield return (TransferStatus.PendingTransferHasDifferentDebitAccount,
            () => t.DebitId != Guid.Empty && t.DebitId != Pending().DebitId);
        yield return (TransferStatus.PendingTransferHasDifferentCreditAccount,
            () => t.CreditId != Guid.Empty && t.CreditId != Pending().CreditId);
        yield return (TransferStatus.ExceedsPendingAmount, () => t.Amount > Pending().Amount);
        yield return (TransferStatus.PendingTransferHasDifferentAmount,
            () => t.Flags.HasFlag(TransferFlags.VoidPending) && t.Amount < Pending().Amount);
        yield return (TransferStatus.PendingTransferAlreadyPosted, () => ResolvedBy(TransferFlags.PostPending));
        yield return (TransferStatus.PendingTransferAlreadyVoided,
            () => ResolvedBy(TransferFlags.VoidPending) && !_swept.Contains(t.PendingId!.Value));
        yield return (TransferStatus.PendingTransferExpired, () => _swept.Contains(t.PendingId!.Value) ||
            Pending().ExpiresAt > 0 && Pending().ExpiresAt <= Moment(Pending().DebitId, Pending().CreditId, now));
    }

    private Transfer? ResolutionOf(Guid pending) => _standing.SingleOrDefault(t => t.PendingId == pending);

    /// <summary>Later than any transfer of either account.</summary>
    private long Moment(Guid debit, Guid credit, long now) => _standing
        .Where(t => new[] { t.DebitId, t.CreditId }.Intersect([debit, credit]).Any())
        .Select(t => t.At + 1).Append(now).Max();
}
