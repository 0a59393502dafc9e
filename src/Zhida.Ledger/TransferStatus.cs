namespace Zhida.Ledger;

/// <summary>
/// What came of a transfer. Where several hold, the first in this order is told (docs/ledger.md). The order is that of
/// TigerBeetle (docs.tigerbeetle.com, create_transfers, Result) with what amounts of C# and moments of expiry add.
/// </summary>
public enum TransferStatus
{
    Created,

    /// <summary>The last transfer of a call is linked to nothing.</summary>
    LinkedEventChainOpen,

    /// <summary>Another of its chain is refused, and tells why: nothing of the chain was made by this call.</summary>
    LinkedEventFailed,

    /// <summary>A flag that means nothing.</summary>
    ReservedFlag,
    IdMustNotBeEmpty,

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

    /// <summary>More than one of pending, post, void.</summary>
    FlagsAreMutuallyExclusive,

    DebitAccountMustBeNamed,
    CreditAccountMustBeNamed,
    AccountsMustBeDifferent,
    PendingIdMustBeNamed,
    PendingIdMustNotBeNamed,
    PendingIdMustBeDifferent,
    ExpiryIsForPendingTransfers,
    ExpiryMustBeInTheFuture,
    CodeMustNotBeEmpty,
    CodeIsTooLong,
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

    /// <summary>Its time is over: what it reserved is given back by <see cref="GeneralLedger.ExpireAsync"/>, or was.
    /// </summary>
    PendingTransferExpired,

    /// <summary>The sum of one side of an account would pass the largest long.</summary>
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
