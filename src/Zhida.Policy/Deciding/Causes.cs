using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>What can still change a line, while its frame is as it was evaluated.</summary>
internal static class Causes
{
    /// <summary>The facts that can still change a line that is not 不符合, each once.</summary>
    public static IReadOnlyList<Cause> MissingFacts(Line line, ItemEvaluator evaluator)
    {
        // Due, and fixed with every cap: only a payer that has fallen away may have an unknown share.
        if (line is { Outcome: Outcome.Due, AmountState: AmountState.Fixed } && line.Item.Payers.Count == 0) return [];
        var frame = evaluator.Frame;
        var missing = new List<Cause>();
        if (line.Outcome == Outcome.Undecided)
            foreach (var condition in line.Item.Conditions)
                if (condition.Expression.Evaluate(frame).IsUnknown && evaluator.AsIfInForce(condition) is null)
                    Add(UnknownLeaves.Of(condition.Expression, frame), missing);
        Add(OfAmount(line.Item, frame), missing);
        return missing;
    }

    private static void Add(IEnumerable<Cause> causes, List<Cause> missing)
    {
        foreach (var cause in causes)
            if (cause is MissingFact or MissingObject && !missing.Contains(cause)) missing.Add(cause);
    }

    /// <summary>What the amount, its caps and its payers hang on, in this order.</summary>
    public static IReadOnlyList<Cause> OfAmount(Item item, Frame frame)
    {
        var causes = new List<Cause>();
        if (item.Amount.Expression is { } amount) causes.AddRange(UnknownLeaves.Of(amount, frame));
        foreach (var cap in item.Caps)
        {
            causes.AddRange(UnknownLeaves.Of(cap.Limit, frame));
            // Which account it is may be what nobody has said: the key, or the object that is the scope.
            if (cap.Key is { } key) causes.AddRange(UnknownLeaves.Of(key, frame));
            else if (cap.ScopeSlot >= 0 && frame[cap.ScopeSlot] is { IsUnknown: true } scope) causes.Add(scope.Cause);
        }
        foreach (var payer in item.Payers)
        {
            if (payer.Condition is { } condition) causes.AddRange(UnknownLeaves.Of(condition, frame));
            causes.AddRange(UnknownLeaves.Of(payer.Share, frame));
        }
        return causes;
    }
}
