using System.Collections.Concurrent;
using Zhida.Casework.Cases;

namespace Zhida.Cli.Torture;

/// <summary>A move that the server said it made.</summary>
internal sealed record Acknowledged(Guid Case, Move Move, long Version, CasePhase Phase);

/// <summary>What clients were told: that, and nothing else, must be in the database.</summary>
internal sealed class TortureLog
{
    private int _answers;
    private int _repeated;
    private int _doubled;
    private int _full;
    private int _done;

    public ConcurrentDictionary<Guid, Acknowledged> Moves { get; } = new();

    /// <summary>Moves that were refused to the last.</summary>
    public ConcurrentDictionary<Guid, string> Refused { get; } = new();

    /// <summary>Budgets granted, in 分, and those refused.</summary>
    public ConcurrentDictionary<Guid, long> Grants { get; } = new();

    public ConcurrentDictionary<Guid, long> RefusedGrants { get; } = new();

    /// <summary>Cases that were opened, by id.</summary>
    public ConcurrentDictionary<Guid, string> Opened { get; } = new();

    public ConcurrentDictionary<string, int> RefusedBy { get; } = new();

    /// <summary>What the server threw.</summary>
    public ConcurrentQueue<string> Bugs { get; } = new();

    public int Answers => _answers;

    /// <summary>Answers that it was done.</summary>
    public int Done => _done;

    /// <summary>Requests sent again because no answer came.</summary>
    public int Repeated => _repeated;

    /// <summary>Requests sent twice at the same time.</summary>
    public int Doubled => _doubled;

    /// <summary>Answers that the disk is full.</summary>
    public int Full => _full;

    public void Answered(TortureAnswer answer)
    {
        Interlocked.Increment(ref _answers);
        if (answer.Code is null) Interlocked.Increment(ref _done);
        if (answer.Code == TortureAnswer.Full) Interlocked.Increment(ref _full);
        if (answer.Code == TortureAnswer.Bug) Bugs.Enqueue(answer.Message);
        else if (answer.Code is { } code) RefusedBy.AddOrUpdate(code, 1, (_, count) => count + 1);
    }

    public void Repeat() => Interlocked.Increment(ref _repeated);

    public void Double() => Interlocked.Increment(ref _doubled);
}
