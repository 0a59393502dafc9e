using System.Data.Common;
using Zhida.Casework.Cases;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Notices;

/// <summary>What a person may read: their own, those of the subjects that they act for, those of their office about
/// places that it serves.</summary>
public static class Inbox
{
    /// <summary>The newest first.</summary>
    /// <param name="before">The last one's id, to go on; null: from the newest.</param>
    public static async Task<List<InboxNotice>> PageAsync(
        UnitOfWork work, Person person, Guid? before = null, int most = 50)
    {
        var (condition, values) = Of(person);
        values.AddRange(before is { } last ? [most, last] : [most]);
        var older = before is null ? "" : $" AND id < ${values.Count}";
        return await work.QueryAsync(
            "SELECT id, recipient, place, topic, subject, body, at, read_at FROM inbox " +
            $"WHERE {condition}{older} ORDER BY id DESC LIMIT ${values.Count - (before is null ? 0 : 1)}",
            Read, [.. values]);
    }

    public static async Task<long> UnreadAsync(UnitOfWork work, Person person)
    {
        var (condition, values) = Of(person);
        return (await work.QueryAsync($"SELECT COUNT(*) FROM inbox WHERE read_at IS NULL AND {condition}",
            row => row.GetInt64(0), [.. values]))[0];
    }

    /// <summary>Marks as read what is among the person's; others stay as they are.</summary>
    public static void MarkRead(UnitOfWork work, Person person, IEnumerable<Guid> ids)
    {
        var (condition, values) = Of(person);
        values.AddRange([work.Now, work.Ids(ids)]);
        work.Write($"UPDATE inbox SET read_at = ${values.Count - 1} WHERE read_at IS NULL AND {condition} AND " +
            work.Among("id", values.Count), [.. values]);
    }

    /// <summary>A condition with the values of its parameters, from $1 on.</summary>
    private static (string Condition, List<object?> Values) Of(Person person)
    {
        var values = new List<object?> { Recipients.Person(person.Id) };
        if (person.Role == Role.Applicant) values.AddRange(person.Subjects.Select(Recipients.Subject));
        var own = $"recipient IN ({string.Join(", ", values.Select((_, i) => $"${i + 1}"))})";
        if (!person.IsOfficial || person.Place.Length == 0) return (own, values);
        values.Add(Recipients.Office(person.Office));
        // As Person.Serves has it: a place serves what lies in it, the province all.
        var place = "";
        if (!person.Serves("LN-SFXQ") || person.Place == "LN-SFXQ")
        {
            values.AddRange([person.Place, person.Place.Length]);
            place = $" AND SUBSTR(place, 1, ${values.Count}) = ${values.Count - 1}";
        }
        return ($"({own} OR recipient = ${values.Count - (place.Length > 0 ? 2 : 0)}{place})", values);
    }

    private static InboxNotice Read(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), Recipient = row.GetString(1), Place = row.GetString(2), Topic = row.GetString(3),
        Subject = row.GetString(4), Body = row.GetString(5), At = row.GetInt64(6),
        ReadAt = row.IsDBNull(7) ? null : row.GetInt64(7),
    };
}
