namespace Zhida.Casework.Notices;

/// <summary>A notice in the outbox: written in the transaction of what it tells of, delivered afterwards at least
/// once.</summary>
public sealed record OutboxNotice
{
    /// <summary>UUID v7. The receiver knows by it that the same notice came again.</summary>
    public required Guid Id { get; init; }

    public required string Topic { get; init; }

    public required Channel Channel { get; init; }

    public required string Recipient { get; init; }

    public required string Place { get; init; }

    public required string Subject { get; init; }

    /// <summary>JSON.</summary>
    public required string Body { get; init; }

    /// <summary>Unique.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>UTC ticks, as all times here.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>How often it was taken up.</summary>
    public int Attempts { get; init; }

    /// <summary>Not taken up before.</summary>
    public long NextAt { get; init; }

    public long? DeliveredAt { get; init; }

    /// <summary>Given up; a person may have it tried again.</summary>
    public long? DeadAt { get; init; }

    public string? LastError { get; init; }
}

/// <summary>A notice in an inbox.</summary>
public sealed record InboxNotice
{
    /// <summary>The outbox's.</summary>
    public required Guid Id { get; init; }

    public required string Recipient { get; init; }

    public required string Place { get; init; }

    public required string Topic { get; init; }

    public required string Subject { get; init; }

    /// <summary>JSON.</summary>
    public required string Body { get; init; }

    public required long At { get; init; }

    /// <summary>Null: unread. An office's and a subject's are read once somebody has read them.</summary>
    public long? ReadAt { get; init; }
}
