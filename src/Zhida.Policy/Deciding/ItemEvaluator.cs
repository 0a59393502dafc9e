using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>What lines tell of themselves: nothing but the result, the missing facts too, with these whether they are
/// 差一点, or everything.</summary>
internal enum LineDetail { None, Missing, NearMisses, All }

/// <summary>
/// Evaluates one item for one claim object and period: stores what expressions read into the item's frame, then
/// conditions and amount. Keeps its frame between subjects; used by one thread.
/// </summary>
internal sealed class ItemEvaluator
{
    private readonly PolicyDocument _policy;
    private readonly Value[] _readings;
    private readonly Record _readingsRecord;
    private readonly Condition[] _conditions;
    private readonly Parameter[] _dated;
    private readonly int[] _computed;
    private readonly List<Period> _periods = [];

    public ItemEvaluator(Item item, PolicyDocument policy, Evaluation evaluation)
    {
        (Item, _policy, Evaluation) = (item, policy, evaluation);
        Frame = new Frame(item.Frame.Size, evaluation);
        Uses = new ReadingUse(item);
        _conditions = [.. item.Conditions];
        _readings = [.. item.Readings.Select(r => Value.Of(r.Current))];
        _readingsRecord = new Record(item.Frame.ReadingsRecord, "");
        // What has one value for all time is stored once; what is computed is forgotten before each line.
        foreach (var parameter in item.Parameters)
            if (parameter.Values.Count == 1) Frame[parameter.Symbol.Slot] = parameter.Values[0].Value;
        _dated = [.. item.Parameters.Where(p => p.Values.Count > 1)];
        _computed = [.. item.Definitions.Select(d => d.Symbol.Slot), .. item.Tables.Select(t => t.Symbol.Slot)];
        if (item.Frame.ReadingsSlot >= 0) Frame[item.Frame.ReadingsSlot] = Value.Of(_readingsRecord);
        ResetReadings();
    }

    public Item Item { get; }

    /// <summary>Holds the slots of the line evaluated last.</summary>
    public Frame Frame { get; }

    public Evaluation Evaluation { get; }

    public PolicyDocument Policy => _policy;

    /// <summary>Which readings each condition hangs on.</summary>
    public ReadingUse Uses { get; }

    /// <summary>The option in force while lines are evaluated.</summary>
    public string CurrentOption(Reading reading) => _readingsRecord[reading.Slot].Text;

    public void Switch(Reading reading, string option)
    {
        _readingsRecord[reading.Slot] = Value.Of(option);
        StoreUnlisted(reading);
    }

    /// <summary>Puts another option in force until it is put back with its current one.</summary>
    public void Adopt(Reading reading, string option)
    {
        for (var i = 0; i < _readings.Length; i++)
            if (ReferenceEquals(Item.Readings[i], reading)) _readings[i] = Value.Of(option);
        ResetReadings();
    }

    public void ResetReadings()
    {
        for (var i = 0; i < _readings.Length; i++)
        {
            _readingsRecord[Item.Readings[i].Slot] = _readings[i];
            StoreUnlisted(Item.Readings[i]);
        }
    }

    private void StoreUnlisted(Reading reading)
    {
        if (reading.Unlisted is { } unlisted)
            Frame[unlisted.Slot] = CurrentOption(reading) switch
            {
                "视为符合" => Value.True,
                "视为不符合" => Value.False,
                _ => Value.Unknown(unlisted.Cause),
            };
    }

    /// <summary>All lines of the item, or those claimed, before caps. Empty: the subject has no such object, or line.
    /// </summary>
    public List<Line> Lines(SubjectFacts facts, LineDetail detail)
    {
        if (!facts.Decides(Item)) return [];
        if (Item.Object == facts.Dictionary.Subject) return LinesOf(facts.Subject, facts, detail, new List<Line>(1));
        if (facts.Objects(Item.Object) is not { } objects)
            return LinesOf(facts.Unspecified(Item.Object), facts, detail, new List<Line>(1));
        var lines = new List<Line>(objects.Count);
        foreach (var record in objects) LinesOf(record, facts, detail, lines);
        return lines;
    }

    private List<Line> LinesOf(Record record, SubjectFacts facts, LineDetail detail, List<Line> lines)
    {
        if (!facts.Decides(Item, record.Id)) return lines;
        Begin(record, facts);
        var eventDate = Item.EventDate.Evaluate(Frame);
        var accrual = Item.Accrual?.Evaluate(Frame) ?? default;
        var kind = Item.Period.Reading is { } reading
            ? PeriodWords.Parse(CurrentOption(reading)) ?? Item.Period.Kind : Item.Period.Kind;
        _periods.Clear();
        LineCutter.Cut(_periods, kind, accrual, eventDate, Evaluation.Globals[Globals.IssueDate]);
        foreach (var parameter in _dated) Frame[parameter.Symbol.Slot] = ValueOn(parameter, eventDate);
        foreach (var period in _periods)
        {
            if (!facts.Decides(Item, record.Id, period.Name)) continue;
            foreach (var slot in _computed) Frame[slot] = default;
            if (Uses.Row)
                Frame[Item.Frame.LineSlot] = Value.Of(LineCutter.Row(
                    Item.Object, record, period, LineCutter.Days(accrual, eventDate), facts));
            var line = new Line { Item = Item, Object = record, Period = period.Name };
            Evaluate(line);
            if (detail == LineDetail.All) Explainer.Explain(line, this, facts);
            else if (detail != LineDetail.None && line.Outcome != Outcome.NotDue)
                line.MissingFacts = Causes.MissingFacts(line, this);
            else if (detail == LineDetail.NearMisses) line.NearMiss = NearMiss(line.FirstFailed);
            lines.Add(line);
        }
        return lines;
    }

    /// <summary>How far a line is from holding that fails at one condition, where all others hold; else null.</summary>
    private long? NearMiss(int failed)
    {
        for (var i = 0; i < _conditions.Length; i++)
        {
            if (i == failed) continue;
            var holds = _conditions[i].Expression.Evaluate(Frame);
            if (!holds.IsTrue && !(holds.IsUnknown && AsIfInForce(_conditions[i]) == true)) return null;
        }
        return Gap.Measure(_conditions[failed].Expression, Frame);
    }

    /// <summary>Subject, object and what it reaches.</summary>
    private void Begin(Record record, SubjectFacts facts)
    {
        var layout = Item.Frame;
        foreach (var slot in _computed) Frame[slot] = default;
        if (layout.EventDateSlot >= 0) Frame[layout.EventDateSlot] = default;
        Frame[layout.SubjectSlot] = Value.Of(facts.Subject);
        Frame[layout.ObjectSlot] = Value.Of(record);
        foreach (var reached in layout.Reached)
        {
            var from = Frame[reached.FromSlot];
            Frame[reached.Slot] = from.Kind == ValueKind.Context
                ? ((Record)from.Context).Get(reached.MemberSlot, Frame) : from;
        }
    }

    private static Value ValueOn(Parameter parameter, in Value eventDate)
    {
        DateOnly? day = eventDate.Kind == ValueKind.Date ? FeelDate.ToDateOnly(eventDate.Days) : null;
        return parameter.On(day) is { } dated ? dated.Value : FirstUnknown(eventDate);
    }

    private static Value FirstUnknown(Value eventDate) =>
        eventDate.IsUnknown ? eventDate : Value.Unknown(new FailedCause(default, "事项发生日不明，无从选用参数"));

    private void Evaluate(Line line)
    {
        line.Outcome = Outcome.Due;
        for (var i = 0; i < _conditions.Length; i++)
        {
            var outcome = _conditions[i].Expression.Evaluate(Frame);
            if (outcome.IsTrue) continue;
            if (outcome.IsUnknown)
            {
                var assumed = AsIfInForce(_conditions[i]);
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
        // Of an object of which nothing is known, only what the text caps is worth telling.
        if (bound is { } known && (line.Object.Id.Length > 0 || Item.Caps.Count > 0))
            line.Bound = Math.Max(0, Item.Rounding.Apply(known));
        MeetCapsAndPayers(line);
    }

    private void MeetCapsAndPayers(Line line)
    {
        if (Item.Caps.Count > 0)
        {
            var claims = new CapClaim[Item.Caps.Count];
            for (var i = 0; i < claims.Length; i++) claims[i] = Claim(Item.Caps[i], line);
            line.Claims = claims;
        }
        if (Item.Payers.Count > 0) MeetPayers(line);
        if (line.AmountState != AmountState.Fixed) return;
        foreach (var claim in line.Claims)
        {
            if (claim is { Key: not null, Limit: not null }) continue;
            Unsettle(line, claim is { Key: not null, LimitOpen: true } ? AmountState.Open : AmountState.Missing);
            return;
        }
    }

    /// <summary>A payer of whom it is not known whether he pays, or a cap whose account or limit is not known, keeps
    /// the amount from being certain: it is a bound.</summary>
    private static void Unsettle(Line line, AmountState state) =>
        (line.AmountState, line.Bound, line.Amount) = (state, line.Amount, null);

    private void MeetPayers(Line line)
    {
        var shares = new List<(string, decimal)>();
        foreach (var payer in Item.Payers)
        {
            var holds = payer.Condition?.Evaluate(Frame) ?? Value.True;
            if (holds.IsFalse) continue;
            var share = payer.Share.Evaluate(Frame);
            if (holds.IsTrue && share.IsNumber) shares.Add((payer.Name, share.Number));
            else if (line.AmountState == AmountState.Fixed)
                Unsettle(line, UnknownState(holds.IsUnknown ? payer.Condition! : payer.Share));
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
        // Caps are whole 分 (or lines); what is below one can't be drawn.
        if (most is { } exact)
            most = decimal.Round(exact, cap.CountsLines ? 0 : 2, MidpointRounding.ToNegativeInfinity);
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
