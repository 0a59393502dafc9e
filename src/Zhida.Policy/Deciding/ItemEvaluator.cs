using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>
/// Evaluates one item for one claim object and period: stores what expressions read into the item's frame, then
/// conditions and amount. Keeps its frame between subjects; used by one thread.
/// </summary>
internal sealed class ItemEvaluator
{
    private readonly PolicyDocument _policy;
    private readonly Evaluation _evaluation;
    private readonly Value[] _readings;
    private readonly Record _readingsRecord;

    public ItemEvaluator(Item item, PolicyDocument policy, Evaluation evaluation)
    {
        (Item, _policy, _evaluation) = (item, policy, evaluation);
        Frame = new Frame(item.Frame.Size, evaluation);
        _readings = [.. item.Readings.Select(r => Value.Of(r.Current))];
        _readingsRecord = new Record(item.Frame.ReadingsRecord, "");
        ResetReadings();
    }

    public Item Item { get; }

    /// <summary>Holds the slots of the line evaluated last.</summary>
    public Frame Frame { get; }

    public Evaluation Evaluation => _evaluation;

    public PolicyDocument Policy => _policy;

    /// <summary>The option in force while lines are evaluated.</summary>
    public string CurrentOption(Reading reading) => _readingsRecord[reading.Slot].Text;

    public void Switch(Reading reading, string option) => _readingsRecord[reading.Slot] = Value.Of(option);

    /// <summary>Puts another option in force until it is put back with its current one.</summary>
    public void Adopt(Reading reading, string option)
    {
        for (var i = 0; i < _readings.Length; i++)
            if (ReferenceEquals(Item.Readings[i], reading)) _readings[i] = Value.Of(option);
        ResetReadings();
    }

    public void ResetReadings()
    {
        for (var i = 0; i < _readings.Length; i++) _readingsRecord[Item.Readings[i].Slot] = _readings[i];
    }

    /// <summary>All lines of the item, before caps. Empty: the subject has no such object.</summary>
    public List<Line> Lines(SubjectFacts facts, bool explain)
    {
        var lines = new List<Line>();
        var objects = Item.Object == facts.Dictionary.Subject ? [facts.Subject] : facts.Objects(Item.Object);
        foreach (var record in objects ?? [facts.Unspecified(Item.Object)])
        foreach (var period in Periods(record, facts))
        {
            Prepare(record, period, facts);
            var line = new Line { Item = Item, Object = record, Period = period.Name };
            Evaluate(line);
            if (explain) Explainer.Explain(line, this, facts);
            lines.Add(line);
        }
        return lines;
    }

    private IEnumerable<Period> Periods(Record record, SubjectFacts facts)
    {
        Begin(record, facts);
        var eventDate = Item.EventDate.Evaluate(Frame);
        var accrual = Item.Accrual?.Evaluate(Frame) ?? default;
        var kind = Item.Period.Reading is { } reading
            ? PeriodWords.Parse(CurrentOption(reading)) ?? Item.Period.Kind : Item.Period.Kind;
        return LineCutter.Cut(kind, accrual, eventDate, _evaluation.Globals[Globals.IssueDate], "本批次");
    }

    /// <summary>Subject, object, what it reaches, readings.</summary>
    private void Begin(Record record, SubjectFacts facts)
    {
        Frame.Clear();
        var layout = Item.Frame;
        Frame[layout.SubjectSlot] = Value.Of(facts.Subject);
        Frame[layout.ObjectSlot] = Value.Of(record);
        foreach (var reached in layout.Reached)
        {
            var from = Frame[reached.FromSlot];
            Frame[reached.Slot] = from.Kind == ValueKind.Context
                ? ((Record)from.Context).Get(reached.MemberSlot, Frame) : from;
        }
        if (layout.ReadingsSlot >= 0) Frame[layout.ReadingsSlot] = Value.Of(_readingsRecord);
        foreach (var reading in Item.Readings)
            if (reading.Unlisted is { } unlisted)
                Frame[unlisted.Slot] = CurrentOption(reading) switch
                {
                    "视为符合" => Value.True,
                    "视为不符合" => Value.False,
                    _ => Value.Unknown(unlisted.Cause),
                };
    }

    private void Prepare(Record record, Period period, SubjectFacts facts)
    {
        Begin(record, facts);
        var eventDate = Item.EventDate.Evaluate(Frame);
        if (Item.Frame.LineSlot >= 0)
        {
            var accrual = Item.Accrual?.Evaluate(Frame) ?? default;
            Frame[Item.Frame.LineSlot] = Value.Of(
                LineCutter.Row(Item.Object, record, period, LineCutter.Days(accrual, eventDate), facts));
        }
        DateOnly? day = eventDate.Kind == ValueKind.Date ? FeelDate.ToDateOnly(eventDate.Days) : null;
        foreach (var parameter in Item.Parameters)
            Frame[parameter.Symbol.Slot] = parameter.On(day) is { } dated
                ? dated.Value : FirstUnknown(eventDate);
    }

    private static Value FirstUnknown(Value eventDate) =>
        eventDate.IsUnknown ? eventDate : Value.Unknown(new FailedCause(default, "事项发生日不明，无从选用参数"));

    private void Evaluate(Line line)
    {
        line.Outcome = Outcome.Due;
        for (var i = 0; i < Item.Conditions.Count; i++)
        {
            var outcome = Item.Conditions[i].Expression.Evaluate(Frame);
            if (outcome.IsTrue) continue;
            if (outcome.IsUnknown)
            {
                var assumed = AsIfInForce(Item.Conditions[i]);
                if (assumed is null)
                {
                    line.Outcome = Outcome.Undecided;
                    continue;
                }
                line.AsIfInForce = true;
                if (assumed.Value) continue;
            }
            (line.Outcome, line.FirstFailed) = (Outcome.NotDue, i);
            return;
        }
        AmountOf(line);
    }

    /// <summary>A draft's conditions that hang on the issue date alone: false if they fail whether the policy was
    /// issued on the decision day or just long enough ago to be still in force then, else taken as holding. Null:
    /// something else is unknown too.</summary>
    public bool? AsIfInForce(Condition condition)
    {
        if (_policy.IssueDate is not null) return null;
        foreach (var cause in UnknownLeaves.Of(condition.Expression, Frame))
            if (!ReferenceEquals(cause, _policy.OpenIssueDate)) return null;
        return PreviewLife.AnyHolds(_policy, Frame, Item, condition.Expression);
    }

    private void AmountOf(Line line)
    {
        var amount = Item.Amount;
        if (amount.Kind == AmountKind.None) return;
        var value = amount.Expression?.Evaluate(Frame) ?? default;
        if (amount.Kind == AmountKind.Formula && value.IsNumber)
        {
            line.AmountState = AmountState.Fixed;
            line.Asked = line.Amount = Math.Max(0, Item.Rounding.Apply(value.Number));
            MeetCapsAndPayers(line);
            return;
        }
        line.AmountState = amount.Kind switch
        {
            AmountKind.AtMost => AmountState.Bound,
            AmountKind.Open => AmountState.Open,
            _ => UnknownState(amount.Expression!),
        };
        var bound = value.IsNumber ? value.Number
            : amount.Expression is { } expression ? Interval.Of(expression, Frame).Upper : null;
        if (bound is { } known) line.Bound = Math.Max(0, Item.Rounding.Apply(known));
        MeetCapsAndPayers(line);
    }

    private void MeetCapsAndPayers(Line line)
    {
        if (Item.Caps.Count > 0) line.Claims = [.. Item.Caps.Select(cap => Claim(cap, line))];
        if (Item.Payers.Count == 0) return;
        // A payer of whom it is not known whether he pays keeps the amount from being certain.
        var shares = new List<(string, decimal)>();
        foreach (var payer in Item.Payers)
        {
            var holds = payer.Condition?.Evaluate(Frame) ?? Value.True;
            if (holds.IsFalse) continue;
            var share = payer.Share.Evaluate(Frame);
            if (holds.IsTrue && share.IsNumber)
            {
                shares.Add((payer.Name, share.Number));
                continue;
            }
            if (line.AmountState != AmountState.Fixed) continue;
            line.AmountState = UnknownState(holds.IsUnknown ? payer.Condition! : payer.Share);
            (line.Bound, line.Amount) = (line.Amount, null);
        }
        line.Shares = shares;
    }

    private CapClaim Claim(Cap cap, Line line)
    {
        var key = cap.Scope switch
        {
            CapScope.Line => $"{line.Object.Id}/{line.Period}",
            CapScope.Item => Item.Id,
            _ when cap.Key is { } expression => expression.Evaluate(Frame) is { Kind: ValueKind.String } text
                ? text.Text : null,
            CapScope.Subject => ((Record)Frame[Item.Frame.SubjectSlot].Context).Id,
            _ => Frame[cap.ScopeSlot] is { Kind: ValueKind.Context } scope ? ((Record)scope.Context).Id : null,
        };
        var period = cap.Period switch
        {
            CapPeriod.Line => line.Period,
            CapPeriod.Policy => "政策期",
            _ => "一次",
        };
        var limit = cap.Limit.Evaluate(Frame);
        var open = !limit.IsNumber && UnknownState(cap.Limit) == AmountState.Open;
        decimal? most = limit.IsNumber ? limit.Number : Interval.Of(cap.Limit, Frame).Upper;
        return new CapClaim(cap, key, period, limit.IsNumber ? most : null, open) { UpperLimit = most };
    }

    /// <summary>待细则 where only open places are in the way, else 待补充.</summary>
    private AmountState UnknownState(Expr expression)
    {
        foreach (var cause in UnknownLeaves.Of(expression, Frame))
            if (cause is not OpenPlace) return AmountState.Missing;
        return AmountState.Open;
    }
}
