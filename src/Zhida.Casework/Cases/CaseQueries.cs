using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;
using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>A row of a queue: enough to choose what to do next.</summary>
public sealed record QueueRow(
    Guid Id, string Number, string Item, string SubjectName, CasePhase Phase, int Step, string Place, long? Amount,
    long FiledAt, long DueDay, bool DueProvisional);

/// <summary>What people see of cases: each sees only what is theirs.</summary>
public static class CaseQueries
{
    /// <summary>What waits for an official's office in its place: what is due first comes first.</summary>
    /// <param name="after">The last row of the page before; null: the first page.</param>
    /// <param name="most">Rows of a page.</param>
    public static Task<List<QueueRow>> QueueAsync(UnitOfWork work, Person official, QueueRow? after, int most)
    {
        if (!official.IsOfficial) return Task.FromResult(new List<QueueRow>());
        var (sql, values) = QueueSql(official, after, most);
        return work.QueryAsync(sql, row => new QueueRow(
            row.GetGuid(0), row.IsDBNull(1) ? "" : row.GetString(1), row.GetString(2), row.GetString(3),
            (CasePhase)row.GetInt32(4), row.GetInt32(5), row.GetString(6), row.IsDBNull(7) ? null : row.GetInt64(7),
            row.IsDBNull(8) ? 0 : row.GetInt64(8), row.GetInt64(9), row.GetBoolean(10)), values);
    }

    /// <summary>One index answers it, however many cases there are: the office's, by city where it serves one.
    /// </summary>
    internal static (string Sql, object?[] Values) QueueSql(Person official, QueueRow? after, int most)
    {
        var values = new List<object?> { official.Office, after?.DueDay ?? long.MinValue, after?.Id ?? Guid.Empty };
        string Add(object value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
        var where = "";
        if (official.Place.Length > 2)
        {
            where = $" AND city = {Add(CityOf(official.Place))}";
            // A county's office sees its own part of the city's.
            if (official.Place.Length > CityDigits && char.IsAsciiDigit(official.Place[0]))
                where += $" AND place = {Add(official.Place)}";
        }
        return ("SELECT id, number, item, subject_name, phase, step, place, amount, filed_at, due_day, " +
            $"due_provisional FROM cases WHERE holder = $1{where} AND (due_day, id) > ($2, $3) " +
            $"ORDER BY due_day, id LIMIT {Add(most)}", [.. values]);
    }

    /// <summary>A case, if the person may see it.</summary>
    public static async Task<Case?> FindAsync(UnitOfWork work, PolicyProgram program, Person person, Guid id)
    {
        await using var context = Schema.Over(work);
        var found = await context.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id);
        return found is not null &&
            program.Policies.SelectMany(p => p.Items).FirstOrDefault(i => i.Id == found.Item) is { } item &&
            Permission.MaySee(found, item, person) ? found : null;
    }

    /// <summary>A subject's cases, latest first, for whoever acts for it.</summary>
    public static async Task<IReadOnlyList<Case>> OfSubjectAsync(
        UnitOfWork work, Person person, string subject, Guid? before = null, int most = 50)
    {
        if (!person.Subjects.Contains(subject)) return [];
        await using var context = Schema.Over(work);
        var cases = context.Cases.AsNoTracking().Where(c => c.Subject == subject);
        if (before is { } id) cases = cases.Where(c => c.Id.CompareTo(id) < 0);
        return await cases.OrderByDescending(c => c.Id).Take(most).ToListAsync();
    }

    /// <summary>What happened to a case, oldest first.</summary>
    public static async Task<IReadOnlyList<CaseMove>> MovesAsync(UnitOfWork work, Guid id)
    {
        await using var context = Schema.Over(work);
        return await context.Moves.AsNoTracking().Where(m => m.CaseId == id).OrderBy(m => m.Version).ToListAsync();
    }

    /// <summary>A case to be changed: nobody else's until the end of the transaction.</summary>
    internal static Task<Case?> LockAsync(UnitOfWork work, ZhidaContext context, Guid id) =>
        work.Kind == DatabaseKind.PostgreSql
            ? context.Cases.FromSql($"SELECT * FROM cases WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync()
            : context.Cases.SingleOrDefaultAsync(c => c.Id == id);

    private const int CityDigits = 4;

    /// <summary>Whose queue a place is in: its city's, or the zone's own.</summary>
    public static string CityOf(string place) =>
        place.Length >= CityDigits && place.All(char.IsAsciiDigit) ? place[..CityDigits] : place;
}
