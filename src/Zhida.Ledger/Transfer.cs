namespace Zhida.Ledger;

/// <summary>What a transfer does beside moving an amount. At most one of the last three.</summary>
[Flags]
public enum TransferFlags
{
    None = 0,

    /// <summary>Succeeds only together with the transfer behind it, and so on to the first without this flag.</summary>
    Linked = 1,

    /// <summary>Reserves; a later transfer posts it (whole, or less) or voids it.</summary>
    Pending = 2,

    PostPending = 4,

    VoidPending = 8,
}

/// <summary>
/// An immutable movement from the debited to the credited account (docs.tigerbeetle.com, Reference: Transfer). What was
/// wrong is put right by another one, never by changing it.
/// </summary>
public sealed record Transfer
{
    /// <summary>The longest <see cref="Code"/>, in UTF-16 units.</summary>
    public const int CodeLength = 40;

    /// <summary>From the caller, so that trying again makes no second transfer; UUID v7.</summary>
    public required Guid Id { get; init; }

    /// <summary>For a post or void: empty, or that of the pending transfer.</summary>
    public Guid DebitId { get; init; }

    public Guid CreditId { get; init; }

    /// <summary>In minor units. For a post: at most the pending amount, the rest is released; for a void: all of
    /// it.</summary>
    public required long Amount { get; init; }

    /// <summary>The pending transfer that this one posts or voids.</summary>
    public Guid? PendingId { get; init; }

    public TransferFlags Flags { get; init; }

    /// <summary>For a pending one: from this moment on it can be neither posted nor voided, and what it reserved is
    /// given back by <see cref="GeneralLedger.ExpireAsync"/>. In UTC ticks; 0: never.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>What it is for, in the caller's words.</summary>
    public required string Code { get; init; }

    /// <summary>What it belongs to (a case, a batch).</summary>
    public Guid Reference { get; init; }

    /// <summary>When it was made, in UTC ticks; given by the ledger, ascending along each account.</summary>
    public long At { get; init; }

    public bool IsPending => Flags.HasFlag(TransferFlags.Pending);

    public bool Resolves => (Flags & (TransferFlags.PostPending | TransferFlags.VoidPending)) != 0;
}
