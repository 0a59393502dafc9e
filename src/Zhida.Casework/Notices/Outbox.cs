using System.Data.Common;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Notices;

/// <summary>What is to be told, kept with what it tells of.</summary>
public static class Outbox
{
    internal const string Columns = "id, topic, channel, recipient, place, subject, body, dedupe_key, created_at, " +
        "attempts, next_at, delivered_at, dead_at, last_error";

    /// <summary>Adds a notice in the transaction at hand; the same one again changes nothing.</summary>
    public static void Add(UnitOfWork work, Notice notice) =>
        work.Write(
            "INSERT INTO outbox (id, topic, channel, recipient, place, subject, body, dedupe_key, created_at, " +
            "attempts, next_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $9) " +
            "ON CONFLICT (dedupe_key) DO NOTHING",
            Guid.CreateVersion7(), notice.Topic, (int)notice.Channel, notice.Recipient, notice.Place, notice.Subject,
            notice.Body, notice.DedupeKey, work.Now);

    /// <summary>Those that were given up, the last first.</summary>
    public static Task<List<OutboxNotice>> DeadAsync(UnitOfWork work, int most = 100) => work.QueryAsync(
        $"SELECT {Columns} FROM outbox WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id LIMIT $1", Read, [most]);

    /// <summary>Tries again, from the first attempt, what was given up.</summary>
    public static void Revive(UnitOfWork work, Guid id) => work.Write(
        "UPDATE outbox SET dead_at = NULL, attempts = 0, next_at = $2 WHERE id = $1 AND dead_at IS NOT NULL",
        id, work.Now);

    internal static OutboxNotice Read(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), Topic = row.GetString(1), Channel = (Channel)row.GetInt32(2),
        Recipient = row.GetString(3), Place = row.GetString(4), Subject = row.GetString(5), Body = row.GetString(6),
        DedupeKey = row.GetString(7), CreatedAt = row.GetInt64(8), Attempts = row.GetInt32(9),
        NextAt = row.GetInt64(10), DeliveredAt = row.IsDBNull(11) ? null : row.GetInt64(11),
        DeadAt = row.IsDBNull(12) ? null : row.GetInt64(12), LastError = row.IsDBNull(13) ? null : row.GetString(13),
    };
}
