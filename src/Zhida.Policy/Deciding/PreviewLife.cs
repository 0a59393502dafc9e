using Zhida.Feel.Nodes;
using Zhida.Feel.Values;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>
/// A draft has no issue date, but it is decided as if in force on the decision day (SEMANTICS 7): it could have been
/// issued that very day, or as long ago as its term allows.
/// </summary>
internal static class PreviewLife
{
    /// <summary>Whether a condition holds under the earliest or the latest issue date that has the policy in force.
    /// </summary>
    public static bool AnyHolds(PolicyDocument policy, Frame frame, Item item, Expr condition)
    {
        var globals = frame.Evaluation.Globals;
        var saved = (globals[Globals.IssueDate], globals[Globals.Life]);
        var today = FeelDate.ToDateOnly(globals[Globals.DecisionDate].Days);
        try
        {
            foreach (var issued in Issued(policy, today))
            {
                globals[Globals.IssueDate] = Value.Of(issued);
                globals[Globals.Life] = LifeOf(issued, policy.TermMonths);
                ForgetDefinitions(frame, item);
                if (condition.Evaluate(frame).IsTrue) return true;
            }
            return false;
        }
        finally
        {
            (globals[Globals.IssueDate], globals[Globals.Life]) = saved;
            ForgetDefinitions(frame, item);
        }
    }

    /// <summary>The latest and the earliest day of issue that have the policy in force on a day.</summary>
    public static IEnumerable<DateOnly> Issued(PolicyDocument policy, DateOnly today) =>
        [today, today.AddMonths(-policy.TermMonths).AddDays(1)];

    /// <summary>The policy's life as a range of dates, both ends counted.</summary>
    public static Value LifeOf(DateOnly issued, int months) => Value.Of(new FeelRange(
        Value.Of(issued), true, Value.Of(issued.AddMonths(months).AddDays(-1)), true));

    private static void ForgetDefinitions(Frame frame, Item item)
    {
        foreach (var definition in item.Definitions) frame[definition.Symbol.Slot] = default;
        foreach (var table in item.Tables) frame[table.Symbol.Slot] = default;
    }
}
