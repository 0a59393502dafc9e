using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Clock;
using Zhida.Casework.Storage;
using Zhida.Ledger;

namespace Zhida.Casework.Publicity;

/// <summary>Objections and the end of the period.</summary>
public sealed partial class PublicityDesk
{
    private const int LongestName = 50;
    private const int LongestText = 4000;

    /// <summary>Takes an objection by anybody against one line, within the period.</summary>
    /// <param name="id">Made by the caller (UUID v7): the same again is one objection.</param>
    /// <param name="contact">Where the answer goes.</param>
    public Task<Result<Objection>> ObjectAsync(Guid id, Guid line, string name, string contact, string text)
    {
        if (Misfit(name, contact, text) is { } misfit) return Task.FromResult<Result<Objection>>(misfit);
        return database.WriteAsync<Result<Objection>>(async work =>
        {
            await using var context = Schema.Over(work);
            if (await context.Objections.FindAsync(id) is { } made) return made;
            if (await context.NoticeLines.AsNoTracking().SingleOrDefaultAsync(l => l.Id == line) is not { } found)
                return new Problem("not-found", "公示名单上没有这一行", "从名单上选择");
            // Whoever ends the period locks the case too: an objection comes before the end, or not at all.
            var file = await CaseLocks.LockAsync(work, context, found.CaseId);
            var notice = await context.Notices.AsNoTracking().SingleAsync(n => n.Id == found.NoticeId);
            var open = await context.NoticeLines.AnyAsync(l => l.Id == line && l.ShownKey != null);
            if (!open || file is not { Phase: CasePhase.Publicising })
                return new Problem("phase", "这一行已经不在公示", "向承办部门反映");
            if (notice.LastDay is { } last && BeijingTime.DayOf(work.Now) > last)
                return new Problem("phase", "公示期已满", "向承办部门反映");
            var objection = new Objection
            {
                Id = id, LineId = line, CaseId = found.CaseId, Name = name.Trim(), Contact = contact.Trim(),
                Text = text.Trim(), At = work.Now,
            };
            context.Objections.Add(objection);
            await context.SaveChangesAsync();
            return objection;
        });
    }

    /// <summary>异议成立: the case goes back to the review before, and all open objections against it are answered.
    /// </summary>
    public async Task<Result<Objection>> UpholdAsync(Person by, Guid objection, string reason) =>
        await AnswerAsync(by, objection, reason, isUpheld: true);

    /// <summary>异议不成立: the case stays on the list.</summary>
    public async Task<Result<Objection>> DismissAsync(Person by, Guid objection, string reason) =>
        await AnswerAsync(by, objection, reason, isUpheld: false);

    private Task<Result<Objection>> AnswerAsync(Person by, Guid id, string reason, bool isUpheld) =>
        database.WriteAsync<Result<Objection>>(async work =>
        {
            await using var context = Schema.Over(work);
            if (await context.Objections.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id) is not { } unlocked)
                return new Problem("not-found", "没有这条异议", "检查编号");
            var file = (await CaseLocks.LockAsync(work, context, unlocked.CaseId))!;
            var objection = await context.Objections.SingleAsync(o => o.Id == id);
            if (objection.State != ObjectionState.Open)
                return new Problem("conflict", $"这条异议已由{objection.PersonName}答复", "看答复");
            if (isUpheld)
            {
                var moved = await cases.MoveAsync(work, new MoveRequest(
                    NamedId.Of($"异议/{id}"), file.Id, file.Version, Move.UpholdObjection, by) { Reason = reason });
                if (!moved.Succeeded) return new Result<Objection>(null, moved.Problems);
                await context.Entry(objection).ReloadAsync();
                return objection;
            }
            if (maker.Find(file.Item) is not [{ } item] || file.Step >= item.Steps.Count)
                return new Problem("not-found", $"现行版本没有事项 {file.Item}", "按原版本办结，或联系主管部门");
            if (Permission.Check(MoveTable.Of(Move.UpholdObjection), file, item.Steps[file.Step], by, []) is { } no)
                return no;
            if (string.IsNullOrWhiteSpace(reason))
                return new Problem("reason", "异议不成立要写明理由", "写明事实和依据", "意见");
            Objections.Answer(objection, ObjectionState.Dismissed, by, reason, work.Now);
            await context.SaveChangesAsync();
            return objection;
        });

    /// <summary>For the daily job: after the last day, cases without open objections move on, and lists without cases
    /// are closed. The last day of a provisional list is looked up again.</summary>
    /// <returns>How many cases moved on.</returns>
    public async Task<int> CloseDueAsync()
    {
        var open = await database.ReadAsync(async work =>
        {
            await using var context = Schema.Over(work);
            return await context.Notices.AsNoTracking().Where(n => n.ClosedAt == null).OrderBy(n => n.Id).ToListAsync();
        });
        var moved = 0;
        foreach (var notice in open)
        {
            var last = notice.LastDay ?? maker.Tables.Calendar.After(notice.FromDay, notice.Workdays);
            var isOver = last is { } day && BeijingTime.DayOf(database.Clock.GetUtcNow().UtcTicks) > day;
            foreach (var line in await ShownAsync(notice.Id))
                if (await EndAsync(line, isOver)) moved++;
            await SettleAsync(notice.Id, last);
        }
        return moved;
    }

    private Task<List<Guid>> ShownAsync(Guid notice) => database.ReadAsync(async work =>
    {
        await using var context = Schema.Over(work);
        return await context.NoticeLines.Where(l => l.NoticeId == notice && l.ShownKey != null).OrderBy(l => l.Id)
            .Select(l => l.Id).ToListAsync();
    });

    /// <summary>One line in a transaction of its own; true: its case moved on.</summary>
    private Task<bool> EndAsync(Guid id, bool isOver) => database.WriteAsync(async work =>
    {
        await using var context = Schema.Over(work);
        var found = await context.NoticeLines.AsNoTracking().SingleAsync(l => l.Id == id);
        var file = (await CaseLocks.LockAsync(work, context, found.CaseId))!;
        var line = await context.NoticeLines.SingleAsync(l => l.Id == id);
        if (line.ShownKey is null) return false;
        var moves = file.Phase == CasePhase.Publicising;
        if (moves && (!isOver || await Objections.AnyOpenAsync(context, file.Id))) return false;
        if (moves)
        {
            var made = await cases.MoveAsync(work, new MoveRequest(
                NamedId.Of($"公示期满/{id}"), file.Id, file.Version, Move.EndPublicity, Person.Program));
            // Withdrawn from the version in force, say: the case stays where it is, for a person to see to.
            if (!made.Succeeded) return false;
        }
        // Out of its phase without the desk: withdrawn, or moved on by another job.
        (line.State, line.ShownKey) =
            (file.Phase == CasePhase.Withdrawn ? NoticeLineState.Withdrawn : NoticeLineState.Passed, null);
        await context.SaveChangesAsync();
        return moves;
    });

    private Task SettleAsync(Guid id, long? last) => database.WriteAsync(async work =>
    {
        await using var context = Schema.Over(work);
        var notice = await context.Notices.SingleAsync(n => n.Id == id);
        notice.LastDay ??= last;
        if (!await context.NoticeLines.AnyAsync(l => l.NoticeId == id && l.ShownKey != null))
            notice.ClosedAt ??= work.Now;
        await context.SaveChangesAsync();
    });

    private static Problem? Misfit(string name, string contact, string text) =>
        string.IsNullOrWhiteSpace(name) || name.Length > LongestName
            ? new Problem("facts", "没有写姓名或单位名称，或过长", "写明提出异议的人", "姓名")
        : string.IsNullOrWhiteSpace(contact) || contact.Length > LongestName * 2
            ? new Problem("facts", "没有写联系方式，或过长", "写明电话或地址，以便答复", "联系方式")
        : string.IsNullOrWhiteSpace(text) || text.Length > LongestText
            ? new Problem("facts", $"没有写异议的内容，或超过{LongestText}字", "写明事实和理由", "内容")
        : null;
}
