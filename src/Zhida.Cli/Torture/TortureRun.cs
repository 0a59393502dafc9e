using System.Diagnostics;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;

namespace Zhida.Cli.Torture;

/// <summary>What is to be done to a database.</summary>
/// <param name="Seconds">It goes on for so long at least.</param>
internal sealed record TortureOptions(int Kills, int Restarts, int Clients, int Seconds, int Seed);

/// <summary>What was done, and what was found afterwards.</summary>
internal sealed record TortureResult(
    DatabaseKind Kind, TortureLog Log, int Kills, int Crashes, int Stops, TortureState State,
    long Seals, IReadOnlyList<string> Findings, TimeSpan Took);

/// <summary>Clients at work while the server process, and its database, are killed under them; then the comparison of
/// what they were told with what is there.</summary>
internal sealed class TortureRun(TortureTarget target, TortureOptions options, string sample) : IDisposable
{
    /// <summary>Answers between two blows, at most: from none to many are under way.</summary>
    private const int MostAnswers = 40;

    private const int MostDelay = 20;

    /// <summary>One stop in so many is an administrator's, the others are crashes.</summary>
    private const int OneInStops = 4;

    private const int MostAway = 300;

    /// <summary>Answers that the disk is full, before there is space again.</summary>
    private const int FullAnswers = 10;

    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(options.Seed);
    private readonly TortureLog _log = new();
    private readonly ServerProcess _server = new(target.Address, target.Bundles);
    private Task[] _clients = [];
    private int _kills;
    private int _crashes;
    private int _stops;

    public async Task<TortureResult> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        await target.MigrateAsync();
        await _server.StartAsync();
        using var stop = new CancellationTokenSource();
        _clients = [.. Enumerable.Range(0, options.Clients).Select(i => Task.Run(() => ClientAsync(i, stop.Token)))];
        foreach (var blow in Blows()) await blow();
        await UntilAsync(() => watch.Elapsed.TotalSeconds >= options.Seconds, TimeSpan.MaxValue);
        await stop.CancelAsync();
        await Task.WhenAll(_clients);
        _server.Kill();
        await using var database = TortureTarget.Open(target.Address);
        await new Sealer(database).SealAllAsync();
        var (state, chain) = (await TortureState.ReadAsync(database), await AuditVerifier.VerifyAsync(database));
        return new TortureResult(target.Kind, _log, _kills, _crashes, _stops, state, chain.Seals,
            [.. _log.Bugs, .. chain.Faults.Select(f => $"审计链：{f.What}"), .. TortureCheck.Find(state, _log)],
            watch.Elapsed);
    }

    public void Dispose() => _server.Dispose();

    private async Task ClientAsync(int number, CancellationToken stop)
    {
        using var client = new TortureClient(_server.Port, _log, $"{number:00}", sample, options.Seed * 1000 + number);
        await client.RunAsync(stop);
    }

    private Func<Task>[] Blows()
    {
        var blows = Enumerable.Repeat(KillAsync, options.Kills).ToList();
        blows.AddRange(target.Server is null ? [FillAsync] : Enumerable.Repeat(RestartAsync, options.Restarts));
        var order = blows.ToArray();
        _random.Shuffle(order);
        return order;
    }

    private async Task KillAsync()
    {
        await WorkAsync();
        _server.Kill();
        _kills++;
        await _server.StartAsync();
    }

    private async Task RestartAsync()
    {
        await WorkAsync();
        if (_random.Next(OneInStops) == 0)
        {
            await Task.Run(target.Server!.Stop);
            _stops++;
        }
        else
        {
            await Task.Run(target.Server!.Crash);
            _crashes++;
        }
        await Task.Delay(_random.Next(MostAway));
        await Task.Run(target.Server.Start);
    }

    /// <summary>The disk is full: clients are told, and nothing is lost; then there is space again.</summary>
    private async Task FillAsync()
    {
        await WorkAsync();
        using var link = new TortureLink(_server.Port, _log);
        // A page is less than there are: the file grows no more.
        await link.AskAsync(new TortureRequest(Guid.CreateVersion7(), Operation.Space) { Amount = 1 });
        var before = _log.Full;
        await UntilAsync(() => _log.Full >= before + FullAnswers, LongWait);
        await link.AskAsync(new TortureRequest(Guid.CreateVersion7(), Operation.Space));
        await WorkAsync();
    }

    /// <summary>Lets clients work for a moment.</summary>
    private async Task WorkAsync()
    {
        var until = _log.Done + _random.Next(1, MostAnswers);
        await UntilAsync(() => _log.Done >= until, LongWait);
        await Task.Delay(_random.Next(MostDelay));
    }

    /// <exception cref="TimeoutException">It does not come to that.</exception>
    private async Task UntilAsync(Func<bool> done, TimeSpan most)
    {
        var watch = Stopwatch.StartNew();
        while (!done())
        {
            if (_clients.FirstOrDefault(c => c.IsFaulted) is { } failed) await failed;
            if (watch.Elapsed > most)
                throw new TimeoutException($"{most.TotalSeconds}秒没有进展：{_log.Answers}次答复 {_log.Bugs.FirstOrDefault()}");
            await Task.Delay(1);
        }
    }
}
