using System.Text.Json;
using Zhida.Casework.Cases;

namespace Zhida.Cli.Torture;

/// <summary>What a client asks of the server process: a line of JSON.</summary>
/// <param name="Id">Of the move or transfer; made before it is sent, kept when it is sent again.</param>
internal sealed record TortureRequest(Guid Id, Operation Operation)
{
    public Guid Case { get; init; }

    public long Version { get; init; }

    public Move Move { get; init; }

    public Person? By { get; init; }

    public string Reason { get; init; } = "";

    public string? Facts { get; init; }

    public string? Materials { get; init; }

    public string Item { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Object { get; init; } = "";

    public string Period { get; init; } = "";

    /// <summary>分, of a grant; pages, of space.</summary>
    public long Amount { get; init; }
}

internal enum Operation
{
    Open, Move, Read, GrantBudget,

    /// <summary>The database may not grow beyond so many pages; 0: it may.</summary>
    Space,
}

/// <summary>What the server says, a line too: a case, a refusal, or that it could not do it now.</summary>
internal sealed record TortureAnswer(Guid Id)
{
    /// <summary>The code of a refusal, or one of those below.</summary>
    public string? Code { get; init; }

    public string Message { get; init; } = "";

    public Guid Case { get; init; }

    public long Version { get; init; }

    public CasePhase Phase { get; init; }

    public string Holder { get; init; } = "";

    /// <summary>The database is away: ask the same again.</summary>
    public const string Away = "unavailable";

    /// <summary>The disk is full: the same again when there is space.</summary>
    public const string Full = "storage";

    /// <summary>The server threw: a mistake of ours.</summary>
    public const string Bug = "bug";

    public static TortureAnswer Of(Guid id, Case file) => new(id)
    {
        Case = file.Id, Version = file.Version, Phase = file.Phase, Holder = file.Holder,
    };
}

/// <summary>Lines from and to JSON.</summary>
internal static class Wire
{
    public static string Line<T>(T message) => JsonSerializer.Serialize(message, JsonSerializerOptions.Web);

    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web)!;
}
