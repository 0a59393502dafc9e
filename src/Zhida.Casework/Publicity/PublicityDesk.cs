using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Cases;
using Zhida.Casework.Clock;
using Zhida.Casework.Paper;
using Zhida.Casework.Storage;
using Zhida.Feel.Values;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Casework.Publicity;

/// <summary>Publishes lists of cases, takes objections, has them answered, and lets the cases move on when the period
/// is over.</summary>
public sealed partial class PublicityDesk(Database database, CaseDesk cases, DecisionMaker maker)
{
    /// <summary>Publishes a list: all of its cases or none.</summary>
    public Task<Result<PublicNotice>> PublishAsync(Person by, PublishRequest request) =>
        database.WriteAsync<Result<PublicNotice>>(async work =>
        {
            await using var context = Schema.Over(work);
            if (await context.Notices.FindAsync(request.Id) is { } published) return published;
            if (maker.Find(request.Item) is not [{ } item])
                return new Problem("not-found", $"没有事项 {request.Item}", "检查编号");
            var files = await CaseLocks.LockAsync(work, context, request.Cases);
            if (files.Count == 0 || files.Count < request.Cases.Count)
                return new Problem("not-found", "名单是空的，或有重复的、没有的办件", "重新选择办件");
            var shown = await context.NoticeLines.Where(l => l.ShownKey != null && request.Cases.Contains(l.CaseId))
                .Select(l => l.CaseId).ToListAsync();
            var problems = files.Select(file => Check(by, item, file, shown)).OfType<Problem>().ToList();
            if (problems.Count > 0) return new Result<PublicNotice>(null, problems);
            var (workdays, unclear) = WorkdaysOf([.. files.Select(f => item.Steps[f.Step]).Distinct()], request);
            if (unclear is not null) return unclear;
            var (today, year) = (BeijingTime.DayOf(work.Now), BeijingTime.DateOf(work.Now).Year);
            var number = await Counters.TakeAsync(work, $"公示-{year}-{item.Number}");
            var notice = new PublicNotice
            {
                Id = request.Id, Number = $"公示-{year}-{item.Number}-{number:000000}", Item = item.Id,
                Office = by.Office, PersonId = by.Id, PersonName = by.Name, PublishedAt = work.Now,
                FromDay = today, Workdays = workdays, WorkdaysReason = request.WorkdaysReason,
                LastDay = maker.Tables.Calendar.After(today, workdays),
            };
            context.Notices.Add(notice);
            context.NoticeLines.AddRange(files.OrderBy(f => f.Number, StringComparer.Ordinal).Select(file =>
                new NoticeLine
                {
                    Id = Guid.CreateVersion7(), NoticeId = notice.Id, CaseId = file.Id, ShownKey = file.Id,
                    Name = ShownName.Of(file), Object = $"{item.Object.Name} {file.Object}", Period = file.Period,
                    Amount = file.Amount,
                }));
            Keep(work, context, by, item, notice, files);
            await context.SaveChangesAsync();
            return notice;
        });

    private void Keep(
        UnitOfWork work, ZhidaContext context, Person by, Item item, PublicNotice notice, List<Case> files)
    {
        var paper = CasePaper.Of(new PublicityList
        {
            Number = notice.Number, Date = BeijingTime.DateOf(work.Now), Department = by.Department,
            Contact = cases.Terms.Contacts(by.Department), Illustrative = PaperTerms.IsIllustrative(maker, item),
            Item = $"{item.Number} {item.Title}", From = FeelDate.ToDateOnly(notice.FromDay),
            Until = notice.LastDay is { } last ? FeelDate.ToDateOnly(last) : null, Days = notice.Workdays,
            Rows = [.. files.OrderBy(f => f.Number, StringComparer.Ordinal)
                .Select(f => (File: f, Name: ShownName.Of(f)))
                .Select(f => new PublicityRow(f.Name, f.Name == f.File.SubjectName ? f.File.Subject : null,
                    $"{item.Object.Name} {f.File.Object}，{f.File.Period}", f.File.Amount))],
        }, notice.Id, work.Now);
        context.Papers.Add(paper);
        Journal.Note(work, "paper", paper.Id);
    }

    /// <summary>A list as the public sees it; null: there is none of that number.</summary>
    public Task<ShownNotice?> ShowAsync(string number) => database.ReadAsync(async work =>
    {
        await using var context = Schema.Over(work);
        if (await context.Notices.AsNoTracking().SingleOrDefaultAsync(n => n.Number == number) is not { } notice)
            return null;
        var lines = await context.NoticeLines.AsNoTracking().Where(l => l.NoticeId == notice.Id)
            .Join(context.Cases, l => l.CaseId, c => c.Id, (l, c) => new { Line = l, c.Phase })
            .OrderBy(l => l.Line.Id).ToListAsync();
        return new ShownNotice(notice.Number, notice.Item, notice.Office, FeelDate.ToDateOnly(notice.FromDay),
            notice.LastDay is { } last ? FeelDate.ToDateOnly(last) : null, notice.Workdays, notice.LastDay is null,
            [.. lines.Select(l => new ShownLine(l.Line.Id, l.Line.Name, l.Line.Object, l.Line.Period, l.Line.Amount,
                WordOf(l.Line.State, l.Phase)))]);
    });

    private static string WordOf(NoticeLineState state, CasePhase phase) => state switch
    {
        // Shown at once, though the line itself is settled by the daily job.
        NoticeLineState.Withdrawn => "已撤回",
        NoticeLineState.Shown when phase == CasePhase.Withdrawn => "已撤回",
        NoticeLineState.Shown => "公示中",
        NoticeLineState.Passed => "公示期满",
        _ => "异议成立，退回审核",
    };

    /// <summary>Why a case can't be on the list; null: it can.</summary>
    private static Problem? Check(Person by, Item item, Case file, List<Guid> shown)
    {
        Problem Of(string code, string message, string mend) => new(code, message, mend, file.Number);
        if (file.Item != item.Id) return Of("facts", $"{file.Number}不是{item.Number}的办件", "按事项分别公示");
        if (file.Phase != CasePhase.Publicising)
            return Of("phase", $"{file.Number}现在是“{PhaseWords.Of(file.Phase)}”，不在公示环节", "从名单中去掉");
        // The step is the office's; the program only ends it.
        if (Permission.Check(MoveTable.Of(Move.UpholdObjection), file, item.Steps[file.Step], by, []) is { } forbidden)
            return forbidden with { Field = file.Number };
        return shown.Contains(file.Id) ? Of("conflict", $"{file.Number}已在另一份名单上公示", "从名单中去掉") : null;
    }

    private static (int Workdays, Problem? Problem) WorkdaysOf(IReadOnlyList<Step> steps, PublishRequest request)
    {
        if (steps is not [{ } step]) return (0, new Problem("facts", "名单上的办件不在同一环节", "按环节分别公示"));
        if (step.Days is { Value.IsNumber: true } days)
            return request.Workdays is { } stated && stated != (int)decimal.Ceiling(days.Value.Number)
                ? (0, new Problem("facts", $"公示期已定为{days.Text}", "不要另写天数", "公示期"))
                : ((int)decimal.Ceiling(days.Value.Number), null);
        if (request.Workdays is not > 0)
            return (0, new Problem("facts", "公示期待细则：没有写公示多少个工作日，不能公示", "写明工作日数和理由", "公示期"));
        return string.IsNullOrWhiteSpace(request.WorkdaysReason)
            ? (0, new Problem("reason", "公示期由承办人定，要写明理由", "写明依据", "理由"))
            : (request.Workdays.Value, null);
    }
}
