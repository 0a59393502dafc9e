using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Clock;
using Zhida.Casework.Notices;
using Zhida.Casework.Registers;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Jobs;

/// <summary>The daily look at cases: who has to know that a step is late or nearly so, days that were 暂定 and are known
/// now, and registers that were down. Running twice on one day tells and changes nothing twice.</summary>
public sealed class Reminders(Database database, CaseDesk cases)
{
    private const int Page = 200;

    /// <summary>Steps that run out within so many days are looked at; the light turns yellow later than that for every
    /// limit up to a year.</summary>
    private const int DaysAhead = 75;

    /// <summary>Where the leading department (牵头统筹) is told.</summary>
    private const string LeadingOffice = "省发展改革委";

    /// <summary>Notices for yellow and red lights, and days computed anew.</summary>
    /// <returns>How many notices were made.</returns>
    public async Task<int> RemindAsync()
    {
        var (told, after) = (0, (Day: long.MinValue, Id: Guid.Empty));
        while (true)
        {
            var page = await DueAsync(after.Day, after.Id);
            foreach (var (id, _) in page) told += await database.WriteAsync(work => RemindAsync(work, id));
            if (page.Count < Page) return told;
            after = (page[^1].Day, page[^1].Id);
        }
    }

    /// <summary>Asks again the registers that were down when cases were filed.</summary>
    /// <returns>How many cases have nothing left to verify.</returns>
    public async Task<int> VerifyAsync()
    {
        var waiting = await database.ReadAsync(work => work.QueryAsync(
            "SELECT id, version FROM cases WHERE awaiting <> $1 AND open_key IS NOT NULL ORDER BY id",
            row => (Id: row.GetGuid(0), Version: row.GetInt64(1)), [Case.NothingAwaited]));
        var verified = 0;
        foreach (var (id, version) in waiting)
        {
            // A case that is moved meanwhile is looked at the next day.
            var made = await cases.MoveAsync(
                new MoveRequest(Guid.CreateVersion7(), id, version, Move.Verify, Person.Program));
            if (made.Value?.Awaiting == Case.NothingAwaited) verified++;
        }
        return verified;
    }

    private Task<List<(Guid Id, long Day)>> DueAsync(long day, Guid id) => database.ReadAsync(work => work.QueryAsync(
        "SELECT id, due_day FROM cases WHERE holder <> '' AND due_day <= $1 AND (due_day, id) > ($2, $3) " +
        "ORDER BY due_day, id LIMIT $4", row => (row.GetGuid(0), row.GetInt64(1)),
        [BeijingTime.DayOf(work.Now) + DaysAhead, day, id, Page]));

    private async Task<int> RemindAsync(UnitOfWork work, Guid id)
    {
        await using var context = Schema.Over(work);
        if (await CaseQueries.LockAsync(work, context, id) is not { } file || file.DueDay == Case.NoDay ||
            cases.Maker.Find(file.Item) is not [{ } item]) return 0;
        var step = item.Steps[file.Step];
        var due = new Deadline(cases.Maker.Tables.Calendar).Of(file.StepBeganAt, TimeLimit.Of(step),
            Pause.ListOf(file.Pauses), BeijingTime.DayOf(work.Now));
        (file.DueDay, file.DueProvisional) = (due.Day ?? Case.NoDay, due.State == DueState.Provisional);
        var notices = Escalation.Since((EscalationLevel)file.Alarm, due, step.Name);
        foreach (var notice in notices)
        {
            Outbox.Add(work, new Notice($"催办/{file.Id}/{file.StepBeganAt}/{notice.Level}", "催办", Channel.InApp,
                Recipients.Office(RecipientOf(notice.Level, file.Holder)), $"{file.Number} {notice.Message}",
                notice.Message) { Place = file.Place });
            file.Alarm = (int)notice.Level;
        }
        await context.SaveChangesAsync();
        return notices.Count;
    }

    private static string RecipientOf(EscalationLevel level, string holder) => level switch
    {
        EscalationLevel.Holder => holder,
        EscalationLevel.Head => $"{holder}/负责人",
        _ => LeadingOffice,
    };
}
