namespace Zhida.Casework.Payments;

/// <summary>Where a batch stands.</summary>
public enum BatchState
{
    /// <summary>已编制: waits for a second person.</summary>
    Prepared,

    /// <summary>已复核: goes to the treasury.</summary>
    Released,

    /// <summary>已作废.</summary>
    Cancelled,
}

/// <summary>Payments of one payer that go to the treasury together (拨付批次). Prepared by one person, released by
/// another.</summary>
public sealed class PaymentBatch
{
    /// <summary>UUID v7.</summary>
    public required Guid Id { get; init; }

    /// <summary>For people and for names of files: 2026-B000001.</summary>
    public required string Number { get; init; }

    /// <summary>Whose budget pays: 省财政.</summary>
    public required string Payer { get; init; }

    /// <summary>The office whose step the payment is: 省财政厅.</summary>
    public required string Office { get; init; }

    public required int Count { get; init; }

    /// <summary>分.</summary>
    public required long Total { get; init; }

    /// <summary>SM3 over the payments in the order of their ids: what the second person releases.</summary>
    public required string Digest { get; init; }

    public required string PreparedBy { get; init; }

    public required string PreparedByName { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long PreparedAt { get; init; }

    public BatchState State { get; internal set; }

    /// <summary>Who released or cancelled it.</summary>
    public string? SettledBy { get; internal set; }

    public string? SettledByName { get; internal set; }

    public long? SettledAt { get; internal set; }

    /// <summary>Why it was cancelled.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>How often something of it was sent.</summary>
    public int Sendings { get; internal set; }
}
