using System.Data.Common;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Proof;

/// <summary>How often it is sealed and signed.</summary>
public sealed record SealingOptions
{
    /// <summary>Between looks into an empty journal: how long a row stays unsealed at least.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A checkpoint is made after so many seals …</summary>
    public long SealsPerCheckpoint { get; init; } = 10_000;

    /// <summary>… or after this time, whichever is first.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Seals and signs while the server runs. Several servers may: one seals at a time.</summary>
/// <param name="checkpoints">Null: no key is configured, and nothing is signed.</param>
public sealed class SealingLoop(Database database, Checkpoints? checkpoints, SealingOptions? options = null)
{
    private readonly SealingOptions _options = options ?? new SealingOptions();
    private readonly Sealer _sealer = new(database);
    private long _unsigned;
    private long _signedAt = database.Clock.GetTimestamp();

    /// <summary>Until stopped; then seals and signs what there is.</summary>
    /// <param name="failed">Is told of a database or a folder that doesn't answer; it is tried again.</param>
    public async Task RunAsync(Action<Exception> failed, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var count = await TryAsync(_sealer.SealAllAsync, failed);
            _unsigned += count;
            if (_unsigned >= _options.SealsPerCheckpoint ||
                database.Clock.GetElapsedTime(_signedAt) >= _options.CheckpointEvery) await SignAsync(failed);
            await Task.Delay(_options.Pause, database.Clock, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await TryAsync(_sealer.SealAllAsync, failed);
        await SignAsync(failed);
    }

    private async Task SignAsync(Action<Exception> failed)
    {
        if (checkpoints is null) return;
        (_unsigned, _signedAt) = (0, database.Clock.GetTimestamp());
        await TryAsync(async () => (await checkpoints.MakeAsync())?.Position ?? 0, failed);
    }

    private static async Task<long> TryAsync(Func<Task<long>> act, Action<Exception> failed)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            failed(e);
            return 0;
        }
    }
}
