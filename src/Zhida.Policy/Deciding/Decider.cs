using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>
/// The reference: decides all items of a program for one subject on one day (SEMANTICS). Built once for a program and a
/// day, then used for any number of subjects by one thread; the other backends agree with it to the 分 and the reason.
/// </summary>
public sealed class Decider
{
    private readonly List<ItemEvaluator> _items = [];
    private readonly List<Evaluation> _evaluations = [];
    private readonly List<IReadOnlyList<ItemEvaluator>> _together = [];
    private readonly ILookup<string, Item> _sharers;

    /// <param name="program">Policies with their layers.</param>
    /// <param name="on">判定日.</param>
    /// <param name="only">Which items; null: all.</param>
    public Decider(PolicyProgram program, DateOnly on, Func<Item, bool>? only = null)
    {
        (Program, On) = (program, on);
        _sharers = Allocator.SharersOf(program.Policies.SelectMany(p => p.Items));
        foreach (var policy in program.Policies)
        {
            var evaluation = new Evaluation(strict: true, GlobalsOf(policy, on));
            _evaluations.Add(evaluation);
            foreach (var item in policy.Items)
            {
                if (only is not null && !only(item)) continue;
                _items.Add(new ItemEvaluator(item, policy, evaluation));
            }
        }
        foreach (var evaluator in _items)
        {
            var together = Allocator.Together(evaluator.Item, Items);
            _together.Add(together.Count == 1 ? [evaluator] : [.. _items.Where(i => together.Contains(i.Item))]);
        }
    }

    public PolicyProgram Program { get; }

    public DateOnly On { get; }

    /// <summary>The items that are decided.</summary>
    public IReadOnlyList<Item> Items => [.. _items.Select(i => i.Item)];

    /// <summary>Outcome, amount, bound and first failing condition of every line, or of those that the facts claim;
    /// with <paramref name="explain"/> also conditions, values, worksheet, missing facts, open places and what other
    /// readings would change.</summary>
    public IReadOnlyList<ItemResult> Decide(SubjectFacts facts, bool explain = true)
    {
        foreach (var evaluation in _evaluations) evaluation.Reset();
        var lines = new List<Line>[_items.Count];
        var detail = explain ? LineDetail.All : LineDetail.None;
        for (var i = 0; i < lines.Length; i++) lines[i] = _items[i].Lines(Chosen(_items[i], facts), detail);
        Allocator.Run(lines, facts, _sharers, explain);
        if (explain)
            for (var i = 0; i < lines.Length; i++)
            {
                foreach (var line in lines[i]) Worksheet.Finish(line);
                Alternatives.Add(lines[i], _items[i], _together[i], facts, _sharers);
            }
        var results = new List<ItemResult>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
            if (facts.Decides(_items[i].Item)) results.Add(Summarise(_items[i].Item, lines[i], facts));
        return results;
    }

    /// <summary>The facts that an item reads: a register's values first, or the applicant's.</summary>
    internal static SubjectFacts Chosen(ItemEvaluator item, SubjectFacts facts) =>
        item.Item.PrefersDeclared ? facts.Declared : facts;

    /// <summary>Decides as if a reading of an item had another option in force, until it is put back by its current
    /// one. False: there is no such reading or option.</summary>
    public bool Adopt(string itemId, string question, string option)
    {
        var evaluator = _items.Find(i => i.Item.Id == itemId);
        var reading = evaluator?.Item.Readings.FirstOrDefault(r => r.Question == question);
        if (reading is null || !reading.Options.Contains(option)) return false;
        evaluator!.Adopt(reading, option);
        return true;
    }

    /// <summary>判定日, 印发日, 执行期 of a policy.</summary>
    internal static Value[] GlobalsOf(PolicyDocument policy, DateOnly on)
    {
        var globals = new Value[Globals.Count];
        globals[Globals.DecisionDate] = Value.Of(on);
        var open = Value.Unknown(policy.OpenIssueDate);
        globals[Globals.IssueDate] = policy.IssueDate is { } issued ? Value.Of(issued) : open;
        globals[Globals.Life] = policy is { IssueDate: { } first, LastDay: { } last }
            ? Value.Of(new FeelRange(Value.Of(first), true, Value.Of(last), true)) : open;
        return globals;
    }

    /// <summary>An item is due if a line is, undecided if none is due and one is undecided. Its amount is the sum of
    /// the fixed ones of such lines, its bound the sum of what they can be; its state the least certain of
    /// theirs.</summary>
    private static ItemResult Summarise(Item item, List<Line> lines, SubjectFacts facts)
    {
        var outcome = Outcome.NotDue;
        foreach (var line in lines)
            if (line.Outcome == Outcome.Due) outcome = Outcome.Due;
            else if (line.Outcome == Outcome.Undecided && outcome == Outcome.NotDue) outcome = Outcome.Undecided;
        if (outcome == Outcome.NotDue)
        {
            var none = lines.Count == 0 && (facts.Claims is null || facts.Objects(item.Object) is { Count: 0 });
            return new ItemResult(item, outcome, AmountState.None, null, null, NoObject: none, lines);
        }
        var state = AmountState.None;
        decimal? amount = null, bound = 0;
        foreach (var line in lines)
        {
            if (line.Outcome != outcome) continue;
            state = LessCertain(state, line.AmountState);
            if (line.Amount is { } fixedAmount) amount = (amount ?? 0) + fixedAmount;
            bound += line.BoundAmongOthers ?? line.Amount ?? line.Bound;
        }
        return new ItemResult(item, outcome, state, amount,
            state is AmountState.None or AmountState.Fixed ? null : bound, NoObject: false, lines);
    }

    private static AmountState LessCertain(AmountState a, AmountState b) => Rank(a) >= Rank(b) ? a : b;

    private static int Rank(AmountState state) => state switch
    {
        AmountState.None => 0,
        AmountState.Fixed => 1,
        AmountState.Bound => 2,
        AmountState.Open => 3,
        _ => 4,
    };
}
