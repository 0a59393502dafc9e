using Zhida.Ledger;

namespace Zhida.Casework.Payments;

/// <summary>What an answer did.</summary>
public enum AnswerEffect
{
    /// <summary>The payment went on.</summary>
    Applied,

    /// <summary>It said again what was known.</summary>
    Repeated,

    /// <summary>It doesn't fit the payment, which is doubtful now (or was before).</summary>
    Doubted,

    /// <summary>It contradicts what was posted: for a person to look at.</summary>
    Contradicts,

    /// <summary>It is about a payment that there is not: for a person to look at.</summary>
    Unknown,
}

/// <summary>An answer of the treasury, kept as it came, with what it did; never changed.</summary>
public sealed record PaymentAnswer
{
    /// <summary>By <see cref="IdOf"/>.</summary>
    public required Guid Id { get; init; }

    public required Guid PaymentId { get; init; }

    public required string AnswerId { get; init; }

    public required AnswerKind Kind { get; init; }

    /// <summary>分.</summary>
    public required long Amount { get; init; }

    public required string Text { get; init; }

    /// <summary>When it was read, in UTC ticks.</summary>
    public required long At { get; init; }

    public required AnswerEffect Effect { get; init; }

    /// <summary>From all that an answer says: the same again is one answer; the same id with something else is
    /// another, and told as such.</summary>
    public static Guid IdOf(TreasuryAnswer answer) =>
        NamedId.Of($"财政回执/{answer.Payment}/{answer.Kind}/{answer.Amount}/{answer.Id}");
}
