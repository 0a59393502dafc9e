namespace Zhida.Ledger;

/// <summary>
/// What came of a transfer. Where several hold, the first in this order is told, but for the two of a chain: a chain
/// that fails tells the reason at its culprit and <see cref="LinkedEventFailed"/> at all others. The order is
/// TigerBeetle's (docs.tigerbeetle.com, create_transfers, Result).
/// </summary>
public enum TransferStatus
{
    Created,
    LinkedEventFailed,

    /// <summary>The last transfer of a call is linked to nothing.</summary>
    LinkedEventChainOpen,
    IdMustNotBeEmpty,

    /// <summary>More than one of pending, post, void.</summary>
    FlagsAreMutuallyExclusive,

    ExistsWithDifferentFlags,
    ExistsWithDifferentPendingId,
    ExistsWithDifferentExpiry,
    ExistsWithDifferentDebitAccount,
    ExistsWithDifferentCreditAccount,
    ExistsWithDifferentAmount,
    ExistsWithDifferentReference,
    ExistsWithDifferentCode,

    /// <summary>It was made before: nothing is done again, and all is as the caller wants it.</summary>
    Exists,

    DebitAccountMustBeNamed,
    CreditAccountMustBeNamed,
    AccountsMustBeDifferent,
    PendingIdMustBeNamed,
    PendingIdMustNotBeNamed,
    PendingIdMustBeDifferent,
    ExpiryIsForPendingTransfers,
    ExpiryMustBeInTheFuture,
    CodeMustNotBeEmpty,
    AmountMustNotBeNegative,
    DebitAccountNotFound,
    CreditAccountNotFound,
    AccountsMustHaveTheSameCurrency,

    PendingTransferNotFound,
    PendingTransferNotPending,
    PendingTransferHasDifferentDebitAccount,
    PendingTransferHasDifferentCreditAccount,
    ExceedsPendingAmount,

    /// <summary>A void gives back all.</summary>
    PendingTransferHasDifferentAmount,
    PendingTransferAlreadyPosted,
    PendingTransferAlreadyVoided,
    PendingTransferExpired,

    Overflows,

    /// <summary>A budget, quota or cap would be passed.</summary>
    ExceedsCredits,
    ExceedsDebits,
}

/// <summary>What came of one transfer of a call.</summary>
public sealed record TransferResult(Guid Id, TransferStatus Status)
{
    /// <summary>The transfer stands, made now or before.</summary>
    public bool Stands => Status is TransferStatus.Created or TransferStatus.Exists;
}
