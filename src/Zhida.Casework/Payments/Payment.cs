namespace Zhida.Casework.Payments;

/// <summary>One attempt to pay a case. To whom and how much never change; a new attempt is a new payment.</summary>
public sealed class Payment
{
    /// <summary>UUID v7; towards the treasury the key under which it is paid once, however often it is sent.</summary>
    public required Guid Id { get; init; }

    public required Guid BatchId { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>For people.</summary>
    public required string CaseNumber { get; init; }

    /// <summary>From 1, by case.</summary>
    public required int Attempt { get; init; }

    /// <summary>The <see cref="PayeeAccount"/> that it goes to, and what that said.</summary>
    public required Guid AccountId { get; init; }

    public required string PayeeName { get; init; }

    public required string Bank { get; init; }

    /// <summary>Digits; for people <see cref="AccountForm.Mask"/>.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>分.</summary>
    public required long Amount { get; init; }

    public PaymentState State { get; private set; }

    /// <summary>The case while the money may be or come with the payee, then null: unique, so that whatever happens a
    /// case has one payment at a time.</summary>
    public Guid? LiveKey { get; private set; }

    /// <summary>The batch's sending that it went with last; 0: none yet.</summary>
    public int Sending { get; internal set; }

    /// <summary>The last sending that is known to have reached the treasury.</summary>
    public int HandedOver { get; internal set; }

    /// <summary>When it was sent last, in UTC ticks.</summary>
    public long? SentAt { get; internal set; }

    /// <summary>When it was confirmed and posted.</summary>
    public long? PaidAt { get; internal set; }

    /// <summary>The case's move that posted it.</summary>
    public Guid? PaidMove { get; internal set; }

    public long? ReturnedAt { get; internal set; }

    /// <summary>The case's move that took the posting back.</summary>
    public Guid? ReturnedMove { get; internal set; }

    /// <summary>Why it failed, came back or is doubtful.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Failed or came back because of the account: another one is needed first.</summary>
    public bool NeedsAccount { get; internal set; }

    public long ChangedAt { get; private set; }

    /// <summary>Goes to a state.</summary>
    /// <exception cref="InvalidOperationException">The table doesn't allow it.</exception>
    internal void Become(PaymentState state, string reason, long now)
    {
        if (!PaymentStates.MayBecome(State, state))
            throw new InvalidOperationException($"payment {Id} can't go from {State} to {state}");
        (State, Reason, ChangedAt) = (state, reason, now);
        LiveKey = PaymentStates.IsLive(state) ? CaseId : null;
    }

    /// <summary>Begins as 待发送.</summary>
    internal Payment Begin(long now)
    {
        (State, LiveKey, ChangedAt) = (PaymentState.Ready, CaseId, now);
        return this;
    }
}
