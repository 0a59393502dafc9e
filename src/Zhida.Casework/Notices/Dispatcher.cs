using System.Data.Common;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Notices;

/// <summary>How a delivery ended.</summary>
/// <param name="Error">Null: it is delivered.</param>
/// <param name="Final">Trying again won't help.</param>
public sealed record Delivery(string? Error, bool Final)
{
    public static readonly Delivery Done = new(null, false);

    /// <summary>Perhaps later.</summary>
    public static Delivery Later(string error) => new(error, false);

    /// <summary>Never.</summary>
    public static Delivery Never(string error) => new(error, true);
}

/// <summary>Takes notices out of the application: mail, webhooks.</summary>
public interface ICarrier
{
    Channel Channel { get; }

    /// <summary>Delivers, or tells why not; doesn't throw for what the other side does.</summary>
    Task<Delivery> DeliverAsync(OutboxNotice notice, CancellationToken stop);
}

/// <summary>How often and how long a notice is tried.</summary>
public sealed record DispatchOptions
{
    /// <summary>Then it is given up.</summary>
    public int MostAttempts { get; init; } = 10;

    /// <summary>Before the second attempt; doubled with each.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For whoever took it up to tell how it ended; then another may. Longer than a carrier's time limit.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>Delivers the outbox, at least once: a notice is taken up in one transaction, delivered outside of any, and
/// noted as delivered in another. Several may work at once.</summary>
public sealed class Dispatcher(Database database, IReadOnlyList<ICarrier> carriers, DispatchOptions? options = null)
{
    private readonly DispatchOptions _options = options ?? new DispatchOptions();

    /// <summary>Takes up what is due; how many notices. 0: nothing was.</summary>
    /// <param name="most">At once.</param>
    public async Task<int> DispatchAsync(int most = 20, CancellationToken stop = default)
    {
        var taken = await database.WriteAsync(work => TakeAsync(work, most));
        foreach (var notice in taken.Where(n => n.Channel != Channel.InApp))
        {
            stop.ThrowIfCancellationRequested();
            var carrier = carriers.FirstOrDefault(c => c.Channel == notice.Channel);
            var delivery = carrier is null ? Delivery.Later("这个渠道没有配置") : await carrier.DeliverAsync(notice, stop);
            await database.WriteAsync(work =>
            {
                Note(work, notice, delivery);
                return Task.CompletedTask;
            });
        }
        return taken.Count;
    }

    /// <summary>Until stopped: delivers what is due, and looks again after a while.</summary>
    /// <param name="failed">Is told of a database that doesn't answer; it is tried again.</param>
    public async Task RunAsync(TimeSpan pause, Action<DbException> failed, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            try
            {
                if (await DispatchAsync(stop: stop) == 0) await Task.Delay(pause, stop);
            }
            catch (DbException e)
            {
                failed(e);
                await Task.Delay(pause, CancellationToken.None);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
    }

    private async Task<List<OutboxNotice>> TakeAsync(UnitOfWork work, int most)
    {
        // On SQLite the transaction is alone.
        var skip = work.Kind == DatabaseKind.PostgreSql ? " FOR UPDATE SKIP LOCKED" : "";
        var taken = await work.QueryAsync(
            "UPDATE outbox SET attempts = attempts + 1, next_at = $2 WHERE id IN (SELECT id FROM outbox " +
            $"WHERE delivered_at IS NULL AND dead_at IS NULL AND next_at <= $1 ORDER BY next_at, id LIMIT $3{skip}) " +
            $"RETURNING {Outbox.Columns}", Outbox.Read, [work.Now, work.Now + _options.Lease.Ticks, most]);
        // The inbox is in the same database: those are delivered here and now.
        foreach (var notice in taken.Where(n => n.Channel == Channel.InApp))
        {
            work.Write("INSERT INTO inbox (id, recipient, place, topic, subject, body, at) " +
                "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING", notice.Id, notice.Recipient,
                notice.Place, notice.Topic, notice.Subject, notice.Body, notice.CreatedAt);
            Note(work, notice, Delivery.Done);
        }
        return [.. taken.OrderBy(n => n.Id.ToString(), StringComparer.Ordinal)];
    }

    private void Note(UnitOfWork work, OutboxNotice notice, Delivery delivery)
    {
        if (delivery.Error is not { } error)
            work.Write("UPDATE outbox SET delivered_at = $2, last_error = NULL WHERE id = $1 AND delivered_at IS NULL",
                notice.Id, work.Now);
        else if (delivery.Final || notice.Attempts >= _options.MostAttempts)
            work.Write("UPDATE outbox SET dead_at = $2, last_error = $3 WHERE id = $1 AND delivered_at IS NULL",
                notice.Id, work.Now, error);
        else
            work.Write("UPDATE outbox SET next_at = $2, last_error = $3 WHERE id = $1 AND delivered_at IS NULL",
                notice.Id, work.Now + PauseAfter(notice.Attempts), error);
    }

    /// <summary>Doubles with each attempt; a random part of the upper half, so that not all come back at once.
    /// </summary>
    private long PauseAfter(int attempts)
    {
        var longest = Math.Min(_options.LongestPause.Ticks,
            _options.FirstPause.Ticks << Math.Min(attempts - 1, 20));
        return longest / 2 + Random.Shared.NextInt64(longest / 2 + 1);
    }
}
