using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Clock;
using Zhida.Casework.Money;
using Zhida.Casework.Notices;
using Zhida.Casework.Paper;
using Zhida.Casework.Proof;
using Zhida.Casework.Publicity;
using Zhida.Casework.Registers;
using Zhida.Casework.Storage;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;

namespace Zhida.Casework.Cases;

/// <summary>One move in one transaction: lock the case, look it up in the table, do what it does, keep the record.
/// </summary>
/// <param name="asked">For 申报, 提交补正 and 核验: the facts with what registers answered.</param>
internal sealed class MoveMaking(
    UnitOfWork work, ZhidaContext context, LineDecider decider, PaperTerms terms, MoveRequest request,
    MergedFacts? asked)
{
    internal static readonly JsonSerializerOptions Json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<Transfer> _transfers = [];
    private Case _case = null!;
    private Item _item = null!;
    private Guid? _decision;
    private DecidedLine? _found;

    private DateOnly Today => BeijingTime.DateOf(work.Now);

    public async Task<Result<Case>> MakeAsync(string? number)
    {
        if (await CaseQueries.LockAsync(work, context, request.Case) is not { } found)
            return new Problem("not-found", "没有这个办件", "检查编号");
        _case = found;
        var made = await context.Moves.AsNoTracking().Where(m => m.CaseId == _case.Id).OrderBy(m => m.Version)
            .ToListAsync();
        if (made.Any(m => m.Id == request.Id)) return _case;
        if (decider.Maker.Find(_case.Item) is not [{ } item])
            return new Problem("not-found", $"现行版本没有事项 {_case.Item}", "按原版本办结，或联系主管部门");
        _item = item;
        var (rule, step) = (MoveTable.Of(request.Move), StepAt(_case.Step));
        if (Check(rule, step, made) is { } problem) return problem;
        var before = (_case.Phase, _case.Step, _case.Holder,
            Name: _case.Phase == CasePhase.Draft ? "申报" : step?.Name ?? "");
        Take(rule);
        var needs = new Preconditions(_item, _case, decider, Today);
        var problems = await needs.CheckAsync(rule.Move, request.Reason, context);
        if (problems.Count > 0) return new Result<Case>(null, problems);
        if (await ActAsync(rule.Effects) is { } refused) return refused;
        new Course(_item, _case, work.Now).Go(rule);
        if (_case.Phase == CasePhase.Completed && !rule.Effects.HasFlag(Effects.Post))
            _transfers.AddRange(await Release.PostAsync(work, _case, request.Id));
        SetDue();
        if (request.Move is Move.File or Move.Offer) _case.Number ??= number;
        _case.Version++;
        _case.ChangedAt = work.Now;
        CaseNotices.Add(work, Keep(before.Phase, before.Step, before.Name), _case, before.Holder);
        if (new CasePapers(decider.Maker, terms, _case, _item, request, work.Now).Of(_found) is { } paper)
        {
            context.Papers.Add(paper);
            Journal.Note(work, "paper", paper.Id);
        }
        await context.SaveChangesAsync();
        return _case;
    }

    private Step? StepAt(int index) => index < _item.Steps.Count ? _item.Steps[index] : null;

    private Problem? Check(MoveRule rule, Step? step, List<CaseMove> made)
    {
        if (Permission.Check(rule, _case, step, request.By, made) is { } forbidden) return forbidden;
        if (request.Version != _case.Version)
            return new Problem("conflict", $"办件已被别人改动（您看到的是第{request.Version}版，现在是第{_case.Version}版）",
                "重新打开，看过改动再办");
        if (!rule.From.Contains(_case.Phase))
            return new Problem("phase", $"办件现在是“{PhaseWords.Of(_case.Phase)}”，不能{rule.Word}", "看办件的进度");
        if (request.Move == Move.Verify && _case.Awaiting == Case.NothingAwaited)
            return new Problem("phase", "没有待核验的事实", "不需要核验");
        if (rule.NeedsReason && string.IsNullOrWhiteSpace(request.Reason))
            return new Problem("reason", $"{rule.Word}要写明理由", "写明事实和依据", "意见");
        return null;
    }

    private void Take(MoveRule rule)
    {
        if (rule.By == Mover.Applicant)
        {
            _case.Facts = request.Facts ?? _case.Facts;
            _case.Materials = request.Materials ?? _case.Materials;
        }
        // What a campaign froze is what is decided on, whatever is typed later.
        if (request.Move == Move.Offer) _case.Checked = _case.Facts;
        if (request.Move is not (Move.File or Move.Correct or Move.Verify)) return;
        _case.Checked = asked?.Facts.ToJsonString(Json);
        _case.Awaiting = JsonSerializer.Serialize(asked?.Awaiting ?? [], Json);
    }

    /// <summary>Brings the case to the day on which its step is due.</summary>
    private void SetDue()
    {
        TimeLimit? limit = _case.Phase switch
        {
            CasePhase.Consenting => TimeLimit.Of(_case.ConsentDays),
            CasePhase.Accepting or CasePhase.Reviewing or CasePhase.Publicising or CasePhase.Paying
                when StepAt(_case.Step) is { } step => TimeLimit.Of(step),
            _ => null,
        };
        var due = limit is { } most ? new Deadline(decider.Maker.Tables.Calendar).Of(_case.StepBeganAt, most,
            Pause.ListOf(_case.Pauses), BeijingTime.DayOf(work.Now)) : null;
        (_case.DueDay, _case.DueProvisional) = (due?.Day ?? Case.NoDay, due?.State == DueState.Provisional);
    }

    private async Task<Problem?> ActAsync(Effects effects)
    {
        // A refusal tells what the line comes to with the balances of the day.
        if (request.Move == Move.Reject) _found = await LookAsync();
        if (effects.HasFlag(Effects.Release)) _transfers.AddRange(await Release.VoidAsync(work, _case, request.Id));
        if (effects.HasFlag(Effects.Post)) _transfers.AddRange(await Release.PostAsync(work, _case, request.Id));
        if (effects.HasFlag(Effects.TakeBack))
            _transfers.AddRange(await Release.TakeBackAsync(work, _case, request.Id));
        if (effects.HasFlag(Effects.Reserve))
        {
            if ((await PaidLegs.OfAsync(work, _case)).Total == 0)
                return new Problem("money", "本件没有拨付出去的资金", "核对财政回执");
            _transfers.AddRange(await Release.ReturnAsync(work, _case, request.Id));
        }
        if (effects.HasFlag(Effects.Objections))
            await Objections.UpholdAsync(context, _case.Id, request.By, request.Reason, work.Now);
        // What is looked at after it was paid is not decided, and not reserved, again.
        var isPaid = _item.Steps.Take(_case.Step).Any(s => StepKind.PhaseOf(s) == CasePhase.Paying);
        return effects.HasFlag(Effects.Decide) && !isPaid ? await DecideAsync() : null;
    }

    /// <summary>Lock, read, decide, reserve (SEMANTICS 6): first without balances, to learn which accounts the line
    /// meets; then with those of the ledger.</summary>
    private async Task<Problem?> DecideAsync()
    {
        var day = _case.DayToDecide(Today);
        var first = decider.Decide(_case, day, used: []);
        if (first.Value is null) return first.Problems[0];
        var reservation = await LockAsync(first.Value.Line);
        var decided = decider.Decide(_case, day, reservation.Used);
        if (decided.Value is not { Line: var line } value) return decided.Problems[0];
        if (Refusal(line) is { } refusal) return refusal;
        var (transfers, problem) = await reservation.PlaceAsync(line, request.Id);
        if (problem is not null) return problem;
        _transfers.AddRange(transfers);
        _case.Amount = line.Amount is { } amount ? Fen.Of(amount) : null;
        _case.Decision = _decision = Keep(value);
        _found = value;
        return null;
    }

    private async Task<DecidedLine?> LookAsync()
    {
        var first = decider.Decide(_case, Today, used: []).Value;
        return first is null ? null : decider.Decide(_case, Today, (await LockAsync(first.Line)).Used).Value;
    }

    private Task<Reservation> LockAsync(Line line) => Reservation.LockAsync(work, _case, line, decider.Maker.Program,
        Today.Year.ToString("0000", CultureInfo.InvariantCulture));

    private static Problem? Refusal(Line line) => line switch
    {
        { AsIfInForce: true } => new Problem("decision", "政策尚未印发，只能预判，不能办理", "等政策印发"),
        { Outcome: Outcome.NotDue } => new Problem("decision",
            $"判定为不符合：{line.Item.Conditions[Math.Max(line.FirstFailed, 0)].Label}", "核对事实；确不符合的，不予受理或不予支持"),
        { Outcome: Outcome.Undecided } => new Problem("decision",
            $"还不能判定，缺：{string.Join("、", line.Missing.Select(m => m.Path).Concat(line.Open))}", "补齐事实，或等细则明确"),
        { AmountState: not (AmountState.Fixed or AmountState.None) } => new Problem("decision",
            $"金额{Words.Of(line.AmountState)}：{string.Join("、", line.Open.Concat(line.Missing.Select(m => m.Path)))}",
            "等细则明确，或补齐事实"),
        { GivenUp: { } reason } => new Problem("decision", reason, "不予受理或不予支持"),
        { AmountState: AmountState.Fixed, Amount: 0 } => new Problem("decision", "应付金额为零：上限已经用完，或没有可补的支出",
            "不予受理或不予支持"),
        _ => null,
    };

    private Guid Keep(DecidedLine decided)
    {
        var decision = new CaseDecision
        {
            Id = Guid.CreateVersion7(), CaseId = _case.Id, At = work.Now, Bundle = decided.Decision.Bundle,
            Outcome = Words.Of(decided.Line.Outcome), AmountState = Words.Of(decided.Line.AmountState),
            Amount = decided.Line.Amount is { } amount ? Fen.Of(amount) : null,
            Json = System.Text.Encoding.UTF8.GetString(DecisionJson.Write(decided.Decision)),
        };
        context.Decisions.Add(decision);
        Journal.Note(work, "decision", decision.Id);
        return decision.Id;
    }

    private CaseMove Keep(CasePhase from, int step, string stepName)
    {
        var move = new CaseMove
        {
            Id = request.Id, CaseId = _case.Id, Version = _case.Version, Move = request.Move, From = from,
            To = _case.Phase, Step = step, StepName = stepName, PersonId = request.By.Id,
            PersonName = request.By.Name, Office = request.By.Office, At = work.Now, Reason = request.Reason,
            Decision = _decision,
            Body = JsonSerializer.Serialize(new
            {
                facts = Sm3.Hex(_case.Checked ?? _case.Facts), materials = Sm3.Hex(_case.Materials),
                amount = _case.Amount, transfers = _transfers.Select(t => t.Id),
            }),
        };
        context.Moves.Add(move);
        Journal.Note(work, "move", move.Id);
        return move;
    }
}
