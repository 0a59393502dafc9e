using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;

namespace Zhida.Casework.Publicity;

/// <summary>What objections mean for the moves of a case.</summary>
internal static class Objections
{
    /// <summary>Whether an objection against a case waits for its answer.</summary>
    public static Task<bool> AnyOpenAsync(ZhidaContext context, Guid file) =>
        context.Objections.AnyAsync(o => o.CaseId == file && o.State == ObjectionState.Open);

    /// <summary>The case goes back: that answers all open objections against it, and its line leaves the list.
    /// </summary>
    public static async Task UpholdAsync(ZhidaContext context, Guid file, Person by, string reason, long now)
    {
        foreach (var objection in await context.Objections
                     .Where(o => o.CaseId == file && o.State == ObjectionState.Open).ToListAsync())
            Answer(objection, ObjectionState.Upheld, by, reason, now);
        foreach (var line in await context.NoticeLines.Where(l => l.ShownKey == file).ToListAsync())
            (line.State, line.ShownKey) = (NoticeLineState.SentBack, null);
    }

    public static void Answer(Objection objection, ObjectionState state, Person by, string reason, long now) =>
        (objection.State, objection.PersonId, objection.PersonName, objection.Answer, objection.AnsweredAt) =
        (state, by.Id, by.Name, reason, now);
}
