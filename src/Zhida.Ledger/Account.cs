namespace Zhida.Ledger;

/// <summary>What an account may not do. With neither flag it may have any balance.</summary>
[Flags]
public enum AccountFlags
{
    None = 0,

    /// <summary>Spends only what it was given: a budget, a quota, a cap.</summary>
    DebitsMustNotExceedCredits = 1,

    /// <summary>Gives back only what it took.</summary>
    CreditsMustNotExceedDebits = 2,
}

/// <summary>
/// An account, after the model of TigerBeetle (docs.tigerbeetle.com, Reference: Account): what went in and out of it,
/// in minor units (分; 项 where it counts), posted and pending. A limited account is one with a flag: its limit is what
/// was credited to it, so that a limit too has a history and is corrected by transfers.
/// </summary>
public sealed record Account
{
    /// <summary>The longest <see cref="Name"/>, in UTF-16 units.</summary>
    public const int NameLength = 400;

    /// <summary>The longest <see cref="Currency"/> and <see cref="Kind"/>.</summary>
    public const int WordLength = 40;

    public required Guid Id { get; init; }

    /// <summary>Unique; what people and callers know it by.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 4217 (CNY), or what is counted. Transfers stay within one.</summary>
    public required string Currency { get; init; }

    /// <summary>What sort of account it is, in the caller's words.</summary>
    public required string Kind { get; init; }

    public AccountFlags Flags { get; init; }

    public long DebitsPending { get; init; }

    public long DebitsPosted { get; init; }

    public long CreditsPending { get; init; }

    public long CreditsPosted { get; init; }

    /// <summary>UTC ticks.</summary>
    public long OpenedAt { get; init; }

    /// <summary>The time of its last transfer, in UTC ticks; transfers of an account have ascending times.</summary>
    public long ChangedAt { get; init; }

    /// <summary>What a <see cref="AccountFlags.DebitsMustNotExceedCredits"/> account can still spend.</summary>
    public long Available => CreditsPosted - DebitsPosted - DebitsPending;

    /// <summary>Spent or reserved.</summary>
    public long Drawn => DebitsPosted + DebitsPending;

    /// <summary>A new account, its id made from its name.</summary>
    public static Account Named(string name, string kind, string currency, AccountFlags flags) => new()
    {
        Id = NamedId.Of(name), Name = name, Kind = kind, Currency = currency, Flags = flags,
    };
}
