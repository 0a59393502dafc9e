namespace Zhida.Casework.Publicity;

/// <summary>Where an objection stands.</summary>
public enum ObjectionState
{
    /// <summary>待答复.</summary>
    Open,

    /// <summary>成立.</summary>
    Upheld,

    /// <summary>不成立.</summary>
    Dismissed,
}

/// <summary>What somebody says against one case of a list (异议). Who it was is for officials only.</summary>
public sealed class Objection
{
    /// <summary>UUID v7, from the caller.</summary>
    public required Guid Id { get; init; }

    public required Guid LineId { get; init; }

    public required Guid CaseId { get; init; }

    public required string Name { get; init; }

    /// <summary>Telephone or address, for the answer.</summary>
    public required string Contact { get; init; }

    public required string Text { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long At { get; init; }

    public ObjectionState State { get; internal set; }

    /// <summary>The official who answered.</summary>
    public string? PersonId { get; internal set; }

    public string? PersonName { get; internal set; }

    /// <summary>The reasons.</summary>
    public string? Answer { get; internal set; }

    public long? AnsweredAt { get; internal set; }
}
