using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Clock;
using Zhida.Casework.Paper;
using Zhida.Casework.Registers;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>Opens cases and moves them. Each call is one transaction: the case, its money and its record change
/// together or not at all.</summary>
public sealed class CaseDesk
{
    private readonly Database _database;
    private readonly DecisionMaker _maker;
    private readonly CaseNumbers _numbers;
    private readonly PaperTerms _terms;
    private readonly Inquiry _inquiry;

    /// <param name="maker">The version in force; it is stored, so that decisions can be made again.</param>
    /// <param name="bundles">The folder of stored versions.</param>
    /// <param name="terms">What papers say that no policy fixes.</param>
    /// <param name="registers">Asked when a case is filed; one that is down blocks nothing.</param>
    public CaseDesk(Database database, DecisionMaker maker, string bundles, PaperTerms terms,
        IReadOnlyList<IRegister> registers)
    {
        (_database, _maker, _numbers, _terms) = (database, maker, new CaseNumbers(database), terms);
        _inquiry = new Inquiry(database, maker, registers);
        maker.Bundle.Save(bundles);
    }

    /// <summary>The draft of a line, or the open case that there is already: one of each, resumed.</summary>
    /// <param name="subject">统一社会信用代码.</param>
    /// <param name="facts">What is known so far, as JSON; kept also when it is not valid.</param>
    public Task<Result<Case>> OpenAsync(
        Person by, string item, string subject, string subjectName, string claimObject, string period, string facts)
    {
        if (by.Role != Role.Applicant || !by.Subjects.Contains(subject))
            return Task.FromResult<Result<Case>>(
                new Problem("forbidden", "只有申报主体授权的经办人可以申报", "请主体在“授权经办人”中添加您"));
        if (_maker.Find(item) is not [{ } found])
            return Task.FromResult<Result<Case>>(new Problem("not-found", $"没有事项 {item}", "检查编号"));
        return ToldAsync(() => _database.WriteAsync<Result<Case>>(async work =>
        {
            await using var context = Schema.Over(work);
            var key = KeyOf(subject, found.Id, claimObject, period);
            if (await context.Cases.SingleOrDefaultAsync(c => c.OpenKey == key) is { } open) return open;
            var draft = new Case
            {
                Id = Guid.CreateVersion7(), Item = found.Id, Subject = subject, SubjectName = subjectName,
                Object = claimObject, Period = period, OpenKey = key, Facts = facts, Applicant = by.Id,
                CreatedAt = work.Now, ChangedAt = work.Now, StepBeganAt = work.Now, Holder = StepKind.Applicant,
            };
            context.Cases.Add(draft);
            await context.SaveChangesAsync();
            return draft;
        }));
    }

    /// <summary>Makes a move, or tells why not; then nothing has changed. Moves that follow from a publicity or a
    /// payment are made with it, in its transaction, and by nobody else.</summary>
    public Task<Result<Case>> MoveAsync(MoveRequest request) =>
        MoveTable.Of(request.Move) is { By: Mover.Program, Move: not Move.Verify } rule
            ? Task.FromResult<Result<Case>>(
                new Problem("forbidden", $"“{rule.Word}”由系统按结果办理", "等公示期满或财政回执"))
            : ToldAsync(() => MakeAsync(request));

    private async Task<Result<Case>> MakeAsync(MoveRequest request)
    {
        // Outside the transaction: registers may be slow, and numbers have a transaction of their own.
        var number = request.Move == Move.File ? await NumberAsync(request.Case) : null;
        var asked = await _inquiry.AskAsync(request);
        return await _database.WriteAsync(work => MoveAsync(work, request, number, asked));
    }

    /// <summary>Makes a move within a transaction that does more.</summary>
    /// <param name="number">For 申报: the case's number.</param>
    /// <param name="asked">For moves that ask registers: what they answered.</param>
    internal async Task<Result<Case>> MoveAsync(
        UnitOfWork work, MoveRequest request, string? number = null, MergedFacts? asked = null)
    {
        await using var context = Schema.Over(work);
        var making = new MoveMaking(work, context, new LineDecider(_maker), _terms, request, asked);
        var made = await making.MakeAsync(number);
        if (!made.Succeeded) work.Abandon();
        return made;
    }

    /// <summary>For the papers of publicity and payment.</summary>
    internal PaperTerms Terms => _terms;

    internal DecisionMaker Maker => _maker;

    /// <summary>What the version in force has: items and their steps.</summary>
    public PolicyProgram Program => _maker.Program;

    internal static string KeyOf(string subject, string item, string claimObject, string period) =>
        string.Join('|', new[] { subject, item, claimObject, period }
            .Select(part => part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|",
                StringComparison.Ordinal)));

    /// <summary>That the disk is full is told: who asked can wait, and an administrator make space. Nothing was
    /// changed.</summary>
    private static async Task<Result<Case>> ToldAsync(Func<Task<Result<Case>>> change)
    {
        try
        {
            return await change();
        }
        catch (Exception e) when (StorageFaults.Of(e) == StorageFault.Full)
        {
            return new Problem("storage", "磁盘空间不足，没有保存", "请管理员腾出空间，再重做一次");
        }
    }

    private async Task<string?> NumberAsync(Guid id)
    {
        var item = await _database.ReadAsync(async work =>
            await work.QueryAsync("SELECT item FROM cases WHERE id = $1", row => row.GetString(0), [id]));
        return item.Count == 0 ? null : await NumberAsync(item[0]);
    }

    /// <summary>A number for a case of an item that is about to be opened.</summary>
    internal Task<string> NumberAsync(string item) =>
        _numbers.NextAsync(item, BeijingTime.DateOf(_database.Clock.GetUtcNow().UtcTicks).Year);
}
