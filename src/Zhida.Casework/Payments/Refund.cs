namespace Zhida.Casework.Payments;

/// <summary>Money that a subject paid back after 追回; never changed.</summary>
public sealed record Refund
{
    /// <summary>From case and reference: a receipt counts once.</summary>
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>分.</summary>
    public required long Amount { get; init; }

    /// <summary>The treasury's number of the receipt.</summary>
    public required string Reference { get; init; }

    public required string PersonId { get; init; }

    public required string PersonName { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long At { get; init; }

    /// <summary>分 that are still to come.</summary>
    public required long Left { get; init; }
}
