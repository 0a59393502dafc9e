namespace Zhida.Casework.Payments;

/// <summary>What sort of bank account it is.</summary>
public enum AccountKind
{
    /// <summary>单位结算账户.</summary>
    Corporate,

    /// <summary>银行卡: its number has a check digit.</summary>
    Card,
}

/// <summary>Where the applicant wants the money of a case; never changed, the last one counts.</summary>
public sealed record PayeeAccount
{
    /// <summary>UUID v7, from the caller; ascending.</summary>
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    public required AccountKind Kind { get; init; }

    /// <summary>户名: the subject itself.</summary>
    public required string Name { get; init; }

    /// <summary>开户行.</summary>
    public required string Bank { get; init; }

    /// <summary>Digits; for people <see cref="AccountForm.Mask"/>.</summary>
    public required string Number { get; init; }

    /// <summary>Counts the accounts of a case, from 1.</summary>
    public required int Version { get; init; }

    public required string GivenBy { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long At { get; init; }
}
