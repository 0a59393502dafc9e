using System.Numerics;

namespace Zhida.Ledger;

/// <summary>
/// The rules of the ledger over the accounts and transfers of one call, in memory: which transfers stand, and what the
/// accounts are afterwards. Knows no database; the accounts that it is given are locked by whoever reads and writes
/// them.
/// </summary>
/// <param name="now">UTC ticks, read when the accounts were locked: so no transfer is dated before one that another
/// transaction made meanwhile.</param>
/// <param name="accounts">Those that the call names, and those of the pending transfers that it resolves.</param>
/// <param name="standing">Transfers of the ids that the call names, and what resolved them.</param>
internal sealed class Book(long now, IEnumerable<Account> accounts, IEnumerable<Transfer> standing)
{
    private const TransferFlags Kinds =
        TransferFlags.Pending | TransferFlags.PostPending | TransferFlags.VoidPending;

    private readonly Dictionary<Guid, Account> _accounts = accounts.ToDictionary(a => a.Id);

    // What resolves a transfer may be among those that are named too.
    private readonly Dictionary<Guid, Transfer> _transfers = standing.DistinctBy(t => t.Id).ToDictionary(t => t.Id);

    private readonly Dictionary<Guid, Transfer> _resolutions = standing.Where(t => t.PendingId is not null)
        .DistinctBy(t => t.Id).ToDictionary(t => t.PendingId!.Value);


    /// <summary>What the chain at hand has changed, to be put back when it fails.</summary>
    private readonly List<(Guid Id, Account Before)> _touched = [];
    private readonly List<Transfer> _made = [];
    private readonly List<Transfer> _kept = [];

    /// <summary>The id of the transfer that gives back what an expired one reserved.</summary>
    public static Guid ExpiryOf(Guid pending) => NamedId.Of($"expiry/{pending}");

    /// <summary>New transfers, in order.</summary>
    public IReadOnlyList<Transfer> Made => _kept;

    /// <summary>Accounts that transfers changed.</summary>
    public IReadOnlyList<Account> Changed() => [.. _kept.SelectMany(t => new[] { t.DebitId, t.CreditId }).Distinct()
        .Select(id => _accounts[id])];

    /// <summary>Applies transfers in order; chains whole or not at all.</summary>
    public IReadOnlyList<TransferResult> Apply(IReadOnlyList<Transfer> transfers)
    {
        var results = new TransferResult[transfers.Count];
        for (var start = 0; start < transfers.Count;)
        {
            var end = start;
            while (end < transfers.Count && transfers[end].Flags.HasFlag(TransferFlags.Linked)) end++;
            var open = end == transfers.Count;
            if (open) end--;
            ApplyChain(transfers, start, end, open, results);
            start = end + 1;
        }
        return results;
    }

    /// <summary>
    /// As TigerBeetle: the first that fails tells why, and who stands already fails a chain of which others don't, for
    /// it was made without them. But a chain that was made whole stands, so that the same call again says so.
    /// </summary>
    private void ApplyChain(
        IReadOnlyList<Transfer> transfers, int start, int end, bool open, TransferResult[] results)
    {
        var again = true;
        for (var i = start; i <= end; i++) again &= _transfers.ContainsKey(transfers[i].Id);
        var culprit = -1;
        for (var i = start; i <= end && culprit < 0; i++)
        {
            var status = open && i == end ? TransferStatus.LinkedEventChainOpen : Apply(transfers[i]);
            results[i] = new TransferResult(transfers[i].Id, status);
            if (status != TransferStatus.Created && !(again && status == TransferStatus.Exists)) culprit = i;
        }
        if (culprit >= 0)
        {
            PutBack();
            for (var i = start; i <= end; i++)
                if (i != culprit)
                    results[i] = new TransferResult(transfers[i].Id, open && i == end
                        ? TransferStatus.LinkedEventChainOpen : TransferStatus.LinkedEventFailed);
        }
        _kept.AddRange(_made);
        _made.Clear();
        _touched.Clear();
    }

    private void PutBack()
    {
        for (var i = _touched.Count - 1; i >= 0; i--) _accounts[_touched[i].Id] = _touched[i].Before;
        foreach (var transfer in _made)
        {
            _transfers.Remove(transfer.Id);
            if (transfer.PendingId is { } pending) _resolutions.Remove(pending);
        }
        _made.Clear();
    }

    private TransferStatus Apply(Transfer transfer)
    {
        if ((transfer.Flags & ~(TransferFlags.Linked | Kinds)) != 0) return TransferStatus.ReservedFlag;
        if (transfer.Id == Guid.Empty) return TransferStatus.IdMustNotBeEmpty;
        if (_transfers.TryGetValue(transfer.Id, out var before)) return Compare(transfer, before);
        if (BitOperations.PopCount((uint)(transfer.Flags & Kinds)) > 1) return TransferStatus.FlagsAreMutuallyExclusive;
        var status = transfer.Resolves ? Resolve(ref transfer) : Move(transfer);
        if (status == TransferStatus.Created) Keep(transfer);
        return status;
    }

    private static TransferStatus Compare(Transfer given, Transfer before)
    {
        // A post or void may leave the accounts to the transfer that it resolves.
        bool Same(Guid asked, Guid stands) => asked == stands || asked == Guid.Empty && before.Resolves;
        if (given.Flags != before.Flags) return TransferStatus.ExistsWithDifferentFlags;
        if (given.PendingId != before.PendingId) return TransferStatus.ExistsWithDifferentPendingId;
        if (given.ExpiresAt != before.ExpiresAt) return TransferStatus.ExistsWithDifferentExpiry;
        if (!Same(given.DebitId, before.DebitId)) return TransferStatus.ExistsWithDifferentDebitAccount;
        if (!Same(given.CreditId, before.CreditId)) return TransferStatus.ExistsWithDifferentCreditAccount;
        if (given.Amount != before.Amount) return TransferStatus.ExistsWithDifferentAmount;
        if (given.Reference != before.Reference) return TransferStatus.ExistsWithDifferentReference;
        return given.Code != before.Code ? TransferStatus.ExistsWithDifferentCode : TransferStatus.Exists;
    }

    private TransferStatus Move(Transfer transfer)
    {
        if (transfer.DebitId == Guid.Empty) return TransferStatus.DebitAccountMustBeNamed;
        if (transfer.CreditId == Guid.Empty) return TransferStatus.CreditAccountMustBeNamed;
        if (transfer.DebitId == transfer.CreditId) return TransferStatus.AccountsMustBeDifferent;
        if (transfer.PendingId is not null) return TransferStatus.PendingIdMustNotBeNamed;
        if (transfer.ExpiresAt != 0 && !transfer.IsPending) return TransferStatus.ExpiryIsForPendingTransfers;
        if (transfer.ExpiresAt != 0 && transfer.ExpiresAt <= now) return TransferStatus.ExpiryMustBeInTheFuture;
        if (transfer.Code.Length == 0) return TransferStatus.CodeMustNotBeEmpty;
        if (transfer.Code.Length > Transfer.CodeLength) return TransferStatus.CodeIsTooLong;
        if (transfer.Amount < 0) return TransferStatus.AmountMustNotBeNegative;
        if (!_accounts.TryGetValue(transfer.DebitId, out var debit)) return TransferStatus.DebitAccountNotFound;
        if (!_accounts.TryGetValue(transfer.CreditId, out var credit)) return TransferStatus.CreditAccountNotFound;
        if (debit.Currency != credit.Currency) return TransferStatus.AccountsMustHaveTheSameCurrency;
        if (Overflows(debit.DebitsPosted, debit.DebitsPending, transfer.Amount) ||
            Overflows(credit.CreditsPosted, credit.CreditsPending, transfer.Amount)) return TransferStatus.Overflows;
        if (debit.Flags.HasFlag(AccountFlags.DebitsMustNotExceedCredits) &&
            debit.DebitsPosted + debit.DebitsPending + transfer.Amount > debit.CreditsPosted)
            return TransferStatus.ExceedsCredits;
        if (credit.Flags.HasFlag(AccountFlags.CreditsMustNotExceedDebits) &&
            credit.CreditsPosted + credit.CreditsPending + transfer.Amount > credit.DebitsPosted)
            return TransferStatus.ExceedsDebits;
        Change(transfer.IsPending
            ? debit with { DebitsPending = debit.DebitsPending + transfer.Amount }
            : debit with { DebitsPosted = debit.DebitsPosted + transfer.Amount });
        Change(transfer.IsPending
            ? credit with { CreditsPending = credit.CreditsPending + transfer.Amount }
            : credit with { CreditsPosted = credit.CreditsPosted + transfer.Amount });
        return TransferStatus.Created;
    }

    private TransferStatus Resolve(ref Transfer transfer)
    {
        if (transfer.PendingId is not { } id || id == Guid.Empty) return TransferStatus.PendingIdMustBeNamed;
        if (id == transfer.Id) return TransferStatus.PendingIdMustBeDifferent;
        if (transfer.ExpiresAt != 0) return TransferStatus.ExpiryIsForPendingTransfers;
        if (transfer.Code.Length == 0) return TransferStatus.CodeMustNotBeEmpty;
        if (transfer.Code.Length > Transfer.CodeLength) return TransferStatus.CodeIsTooLong;
        if (transfer.Amount < 0) return TransferStatus.AmountMustNotBeNegative;
        if (!_transfers.TryGetValue(id, out var pending)) return TransferStatus.PendingTransferNotFound;
        if (!pending.IsPending) return TransferStatus.PendingTransferNotPending;
        if (transfer.DebitId != Guid.Empty && transfer.DebitId != pending.DebitId)
            return TransferStatus.PendingTransferHasDifferentDebitAccount;
        if (transfer.CreditId != Guid.Empty && transfer.CreditId != pending.CreditId)
            return TransferStatus.PendingTransferHasDifferentCreditAccount;
        if (transfer.Amount > pending.Amount) return TransferStatus.ExceedsPendingAmount;
        var posts = transfer.Flags.HasFlag(TransferFlags.PostPending);
        if (!posts && transfer.Amount != pending.Amount) return TransferStatus.PendingTransferHasDifferentAmount;
        var expiry = ExpiryOf(id);
        if (_resolutions.TryGetValue(id, out var resolution))
            return resolution.Flags.HasFlag(TransferFlags.PostPending) ? TransferStatus.PendingTransferAlreadyPosted
                : resolution.Id == expiry ? TransferStatus.PendingTransferExpired
                : TransferStatus.PendingTransferAlreadyVoided;
        var (debit, credit) = (_accounts[pending.DebitId], _accounts[pending.CreditId]);
        // Whether the sweep has been there makes no difference to what a caller is told.
        if (pending.ExpiresAt != 0 && pending.ExpiresAt <= Moment(debit, credit) && transfer.Id != expiry)
            return TransferStatus.PendingTransferExpired;
        var posted = posts ? transfer.Amount : 0;
        Change(debit with
        {
            DebitsPending = debit.DebitsPending - pending.Amount, DebitsPosted = debit.DebitsPosted + posted,
        });
        Change(credit with
        {
            CreditsPending = credit.CreditsPending - pending.Amount, CreditsPosted = credit.CreditsPosted + posted,
        });
        transfer = transfer with { DebitId = pending.DebitId, CreditId = pending.CreditId };
        return TransferStatus.Created;
    }

    private static bool Overflows(long posted, long pending, long amount) =>
        amount > long.MaxValue - posted - pending;

    /// <summary>When a transfer between two accounts is made: after the last one of either.</summary>
    private long Moment(Account debit, Account credit) =>
        Math.Max(now, Math.Max(debit.ChangedAt, credit.ChangedAt) + 1);

    private void Change(Account account)
    {
        _touched.Add((account.Id, _accounts[account.Id]));
        _accounts[account.Id] = account;
    }

    private void Keep(Transfer transfer)
    {
        var (debit, credit) = (_accounts[transfer.DebitId], _accounts[transfer.CreditId]);
        var at = Moment(debit, credit);
        _accounts[debit.Id] = debit with { ChangedAt = at };
        _accounts[credit.Id] = credit with { ChangedAt = at };
        transfer = transfer with { At = at };
        _transfers[transfer.Id] = transfer;
        if (transfer.PendingId is { } pending) _resolutions[pending] = transfer;
        _made.Add(transfer);
    }
}
