namespace Zhida.Casework.Cases;

/// <summary>A move that somebody wants to make.</summary>
/// <param name="Id">Made by the caller (UUID v7): the same request again, after an answer was lost, is made
/// once.</param>
/// <param name="Version">The case's version that the person has seen.</param>
public sealed record MoveRequest(Guid Id, Guid Case, long Version, Move Move, Person By)
{
    /// <summary>意见: required where the table says so.</summary>
    public string Reason { get; init; } = "";

    /// <summary>For 保存, 申报 and 提交补正: the facts as JSON; null: as they stand.</summary>
    public string? Facts { get; init; }

    /// <summary>For the same: hashes of attachments by material, as JSON.</summary>
    public string? Materials { get; init; }
}
