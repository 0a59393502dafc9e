using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;

namespace Zhida.Policy.Plans;

/// <summary>Makes the plan of one item: lays out its frame, lowers its parts, and says when a line is fixed, open, and
/// what it lacks, as <see cref="Deciding.ItemEvaluator"/> and <see cref="Deciding.Explainer"/> do for one
/// line.</summary>
internal sealed class ItemLowering
{
    private readonly Item _item;
    private readonly PlanBuilder _nodes;
    private readonly Lowering _lowering;
    private readonly LoweringScope _scope;
    private readonly IReadOnlyList<string> _readings;
    private bool _gaps;

    private ItemLowering(Item item, PlanBuilder nodes, PlanEnvironment environment,
        IReadOnlyList<string> readings, LineDomain? lines = null)
    {
        (_item, _nodes, _readings) = (item, nodes, readings);
        _lowering = new Lowering(nodes, environment)
        {
            Readings = readings, ReadingsRecord = item.Frame.ReadingsRecord,
        };
        var objects = nodes.Objects(item.Object);
        // As if in force changes conditions, not how what happened is cut into lines.
        _lowering.Lines = lines ?? Cut(objects, Frame(new LoweringScope(objects, null, null), []), environment);
        _scope = new LoweringScope(_lowering.Lines, null, null);
        Frame(_scope, [nodes.Hop(HopKind.Object, _lowering.Lines, objects)]);
        if (item.Frame.LineSlot >= 0) _scope.Bind(item.Frame.LineSlot, new LineShape());
    }

    /// <param name="item">What is decided.</param>
    /// <param name="nodes">Where nodes are shared.</param>
    /// <param name="environments">What the item's expressions see; then, of a draft, the same as if it had been issued
    /// on the first and the last day on which it would be in force on the 判定日.</param>
    /// <param name="readings">The option in force of each reading, by its slot.</param>
    /// <param name="gaps">Whether the plan says how far failed conditions are from holding.</param>
    public static (ItemPlan? Plan, string? Refusal) Lower(Item item, PlanBuilder nodes,
        IReadOnlyList<PlanEnvironment> environments, IReadOnlyList<string> readings, bool gaps)
    {
        var main = new ItemLowering(item, nodes, environments[0], readings) { _gaps = gaps };
        var previews = environments.Skip(1)
            .Select(e => new ItemLowering(item, nodes, e, readings, main._lowering.Lines)).ToList();
        var plan = main.Plan(previews);
        var refusal = main._lowering.Refusal ??
            previews.Select(p => p._lowering.Refusal).FirstOrDefault(r => r is not null) ?? TooLarge(plan);
        return refusal is null ? (plan, null) : (null, refusal);
    }

    /// <summary>Numbers that, by the declared ranges of facts, may not fit 128 bits.</summary>
    private static string? TooLarge(ItemPlan plan)
    {
        var seen = new HashSet<Node>();
        bool IsTooLarge(Node node) => seen.Add(node) && (node.Type == NodeType.Number && node.Op != Op.Unknown &&
            (node.Low is null || node.High is null) || node.Children.Any(IsTooLarge));
        return plan.Roots().Any(IsTooLarge) ? "乘除之中的数可能超过128位" : null;
    }

    /// <summary>Stores what the item's expressions read, seen from rows that lead to the claim object.</summary>
    private LoweringScope Frame(LoweringScope scope, IReadOnlyList<Hop> path)
    {
        var frame = _item.Frame;
        var claim = new RowShape(_item.Object, path);
        var subject = _lowering.Environment.Dictionary.Subject;
        var toSubject = _item.Object == subject ? path
            : [.. path, _nodes.Hop(HopKind.Subject, _nodes.Objects(_item.Object), _nodes.Objects(subject))];
        scope.Bind(frame.SubjectSlot, new RowShape(subject, toSubject));
        scope.Bind(frame.ObjectSlot, claim);
        var reached = new Dictionary<int, RowShape> { [frame.ObjectSlot] = claim };
        foreach (var step in frame.Reached)
        {
            var from = reached[step.FromSlot];
            var index = from.Type.References.FindIndex(r => r.Slot == step.MemberSlot);
            var row = new RowShape(step.Type, [.. from.Path, _lowering.HopTo(from.Type, index)]);
            reached[step.Slot] = row;
            scope.Bind(step.Slot, row, _lowering.PathCauses(row));
        }
        if (frame.ReadingsSlot >= 0) scope.Bind(frame.ReadingsSlot, new ReadingsShape());
        foreach (var reading in _item.Readings)
            if (reading.Unlisted is { } unlisted) scope.Bind(unlisted.Slot, Unlisted(reading), UnlistedCauses(reading));
        foreach (var parameter in _item.Parameters) Bind(parameter, scope);
        return scope;
    }

    private Shape Unlisted(Reading reading) => _readings[reading.Slot] switch
    {
        "视为符合" => new BoolShape(_nodes.Bool(true)),
        "视为不符合" => new BoolShape(_nodes.Bool(false)),
        _ => UnknownShape.Instance,
    };

    private CauseMap UnlistedCauses(Reading reading) => Unlisted(reading) is UnknownShape
        ? CauseMap.Of(reading.Unlisted!.Cause, _nodes.Bool(true)) : CauseMap.None;

    /// <summary>The value in force on the 事项发生日, where there are several.</summary>
    private void Bind(Parameter parameter, LoweringScope scope)
    {
        var values = parameter.Values;
        Shape Of(DatedValue dated) => _lowering.Of(dated.Value, parameter.Type);
        CauseMap CausesOf(DatedValue dated) => dated.Value.IsUnknown
            ? CauseMap.Of(dated.Value.Cause, _nodes.Bool(true)) : CauseMap.None;
        if (values.Count == 1)
        {
            scope.Bind(parameter.Symbol.Slot, Of(values[0]), CausesOf(values[0]));
            return;
        }
        var eventDate = _lowering.Date(_item.EventDate, scope);
        var known = _nodes.IsKnown(eventDate);
        var (shape, causes) = (Of(values[0]), CausesOf(values[0]));
        foreach (var value in values.Skip(1))
        {
            if (value.From is not { } from) continue;
            var later = _nodes.LessOrEqual(_nodes.Date(from.DayNumber - FeelDate.UnixEpochDayNumber), eventDate);
            (shape, causes) = (Choose(later, Of(value), shape), CauseMap.Union(_nodes, [
                CausesOf(value).Select(c => _nodes.And(_nodes.IsTrue(later), c)),
                causes.Select(c => _nodes.And(_nodes.IsFalse(later), c))]));
        }
        scope.Bind(parameter.Symbol.Slot, shape is UnknownShape ? shape : Choose(known, shape, UnknownShape.Instance),
            CauseMap.Union(_nodes, [causes, _lowering.Causes(_item.EventDate, scope)]));
    }

    private Shape Choose(Node condition, Shape then, Shape otherwise) => _lowering.Choose(condition, () => then,
        () => otherwise);

    /// <summary>The lines: the kind of period in force, and the days of the accrual or of the event.</summary>
    private LineDomain Cut(ObjectDomain objects, LoweringScope scope, PlanEnvironment environment)
    {
        var kind = _item.Period.Reading is { } reading
            ? PeriodWords.Parse(_readings[reading.Slot]) ?? _item.Period.Kind : _item.Period.Kind;
        Node first, last;
        switch (_item.Accrual is { } accrual ? _lowering.Lower(accrual, scope) : null)
        {
            case null:
                first = last = _lowering.Date(_item.EventDate, scope);
                break;
            case RangeShape { Start: { } start, End: { } end } range:
                var known = _lowering.IsKnown(range);
                first = _nodes.If(known, _lowering.Date(start), _nodes.Unknown(NodeType.Date));
                last = _nodes.If(known, _lowering.Date(end), _nodes.Unknown(NodeType.Date));
                break;
            default:
                first = last = _nodes.Unknown(NodeType.Date);
                break;
        }
        return _nodes.Lines(objects, kind, first, last, kind == PeriodKind.PolicyYear ? environment.Issued : null);
    }

    private ItemPlan Plan(IReadOnlyList<ItemLowering> previews)
    {
        var missing = new List<CauseMap>();
        var conditions = new List<ConditionPlan>();
        for (var i = 0; i < _item.Conditions.Count; i++) conditions.Add(Condition(i, previews, missing));
        var (asked, amountCauses) = Amount();
        var (caps, fixedCaps, capCauses) = Caps();
        var (share, sharesKnown, payerCauses) = Payers();
        missing.AddRange([amountCauses, .. capCauses.Select(c => c.All), payerCauses]);
        return new ItemPlan
        {
            Item = _item, Lines = _lowering.Lines!, Conditions = conditions, Asked = asked, Caps = caps, Share = share,
            Fixed = asked is null ? _nodes.Bool(false) : _nodes.And(_nodes.IsKnown(asked), sharesKnown, fixedCaps),
            Open = asked is null ? _nodes.Bool(false) : Open(asked, amountCauses, capCauses, caps),
            Missing = MissingFacts.Of(_nodes, _lowering.Environment.Dictionary, missing),
            Names = _lowering.Names,
        };
    }

    /// <summary>A condition; of a draft, one that is unknown only because the issue date is open holds if it holds for
    /// one of the days on which it may have been issued.</summary>
    private ConditionPlan Condition(int index, IReadOnlyList<ItemLowering> previews, List<CauseMap> missing)
    {
        var condition = _item.Conditions[index];
        var holds = _lowering.Bool(condition.Expression, _scope);
        var causes = _lowering.Causes(condition.Expression, _scope);
        var gap = _gaps ? _lowering.Gap(condition.Expression, _scope) : null;
        var open = _lowering.Environment.OpenIssueDate;
        if (previews.Count == 0 || !causes.All.Any(c => ReferenceEquals(c.Cause, open)))
        {
            missing.Add(causes);
            return new ConditionPlan(condition, holds) { Gap = gap };
        }
        var others = causes.All.Where(c => !ReferenceEquals(c.Cause, open)).Select(c => _nodes.Not(c.Where));
        var assumed = _nodes.And([_nodes.IsUnknown(holds), .. others]);
        var any = _nodes.Or([.. previews.Select(p => _nodes.IsTrue(
            p._lowering.Bool(p._item.Conditions[index].Expression, p._scope)))]);
        missing.Add(causes.Select(c => _nodes.And(_nodes.Not(assumed), c)));
        return new ConditionPlan(condition, _nodes.If(assumed, any, holds)) { Gap = gap };
    }

    private (Node? Asked, CauseMap Causes) Amount()
    {
        var amount = _item.Amount;
        if (amount.Kind == AmountKind.None || amount.Expression is not { } expression) return (null, CauseMap.None);
        var causes = _lowering.Causes(expression, _scope);
        if (amount.Kind != AmountKind.Formula) return (null, causes);
        var rounding = _item.Rounding;
        var asked = _lowering.Rounded(_lowering.Number(expression, _scope), 2, rounding.Mode switch
        {
            Program.RoundingMode.HalfUp => DivideMode.HalfUp,
            Program.RoundingMode.Down => DivideMode.Down,
            _ => DivideMode.Ceiling,
        }, (Int128)(rounding.Step * 100));
        return (_nodes.Maximum(asked, _nodes.Number(0, 2)), causes);
    }

    /// <summary>The caps, where all their accounts and limits are known, and why one is not: key and limit apart.
    /// </summary>
    private (IReadOnlyList<CapPlan> Caps, Node Known, List<CapCauses> Causes) Caps()
    {
        var caps = new List<CapPlan>();
        var causes = new List<CapCauses>();
        foreach (var cap in _item.Caps)
        {
            var limit = _lowering.Number(cap.Limit, _scope);
            var ofLimit = _lowering.Causes(cap.Limit, _scope);
            var key = cap.Key is { } expression ? _lowering.Text(expression, _scope) : null;
            var path = new List<Hop>();
            var ofKey = cap.Key is { } k ? _lowering.Causes(k, _scope) : CauseMap.None;
            var keyKnown = key is null ? _nodes.Bool(true) : _nodes.IsKnown(key);
            if (key is null && cap.Scope == CapScope.Object && cap.ScopeSlot >= 0 &&
                _scope.TryFind(cap.ScopeSlot, out var shape, out _) && shape is RowShape row)
            {
                path.AddRange(row.Path);
                ofKey = _lowering.PathCauses(row);
                keyKnown = _lowering.IsKnown(row);
            }
            var whole = _lowering.Rounded(limit, cap.CountsLines ? 0 : 2, DivideMode.Floor);
            var open = NoneBut<OpenPlace>(ofLimit);
            caps.Add(new CapPlan(cap, key, path, whole, open));
            causes.Add(new CapCauses(keyKnown, _nodes.IsKnown(whole), open, CauseMap.Union(_nodes, [ofLimit, ofKey])));
        }
        return (caps, _nodes.And([.. causes.Select(c => _nodes.And(c.KeyKnown, c.LimitKnown))]), causes);
    }

    private sealed record CapCauses(Node KeyKnown, Node LimitKnown, Node LimitOpen, CauseMap All);

    /// <summary>Where none of the causes is of another kind.</summary>
    private Node NoneBut<T>(CauseMap causes) where T : Cause =>
        _nodes.And([.. causes.All.Where(c => c.Cause is not T).Select(c => _nodes.Not(c.Where))]);

    private (Node? Share, Node Known, CauseMap Causes) Payers()
    {
        if (_item.Payers.Count == 0) return (null, _nodes.Bool(true), CauseMap.None);
        var total = new NumberShape(_nodes.Number(0m));
        var (known, causes) = (new List<Node>(), new List<CauseMap>());
        _payerOpen.Clear();
        foreach (var payer in _item.Payers)
        {
            var holds = payer.Condition is { } condition ? _lowering.Bool(condition, _scope) : _nodes.Bool(true);
            var share = _lowering.Number(payer.Share, _scope);
            var ofCondition = payer.Condition is { } c ? _lowering.Causes(c, _scope) : CauseMap.None;
            var ofShare = _lowering.Causes(payer.Share, _scope);
            var settled = _nodes.Or(_nodes.IsFalse(holds),
                _nodes.And(_nodes.IsTrue(holds), _lowering.IsKnown(share)));
            known.Add(settled);
            _payerOpen.Add((settled, _nodes.If(_nodes.IsKnown(holds), NoneBut<OpenPlace>(ofShare),
                NoneBut<OpenPlace>(ofCondition))));
            causes.AddRange([ofCondition, ofShare]);
            if (share.Bottom is not null) _lowering.Refuse("承担比例之中的除法没有列式写法");
            var paid = (NumberShape)Choose(_nodes.IsTrue(holds), share, new NumberShape(_nodes.Number(0m)));
            total = _lowering.Add(total, paid);
        }
        return (total.Top, _nodes.And(known), CauseMap.Union(_nodes, causes));
    }

    private readonly List<(Node Settled, Node Open)> _payerOpen = [];

    /// <summary>待细则 rather than 待补充: what comes first in the way decides, the amount before payers before caps.
    /// </summary>
    private Node Open(Node asked, CauseMap amountCauses, List<CapCauses> capCauses, IReadOnlyList<CapPlan> caps)
    {
        var open = _nodes.Bool(false);
        for (var i = caps.Count - 1; i >= 0; i--)
        {
            var cap = capCauses[i];
            open = _nodes.If(_nodes.And(cap.KeyKnown, cap.LimitKnown), open, _nodes.And(cap.KeyKnown, cap.LimitOpen));
        }
        foreach (var (settled, ofPayer) in Enumerable.Reverse(_payerOpen)) open = _nodes.If(settled, open, ofPayer);
        return _nodes.If(_nodes.IsKnown(asked), open, NoneBut<OpenPlace>(amountCauses));
    }
}
