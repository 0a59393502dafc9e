namespace Zhida.Casework.Clock;

/// <summary>Who has to know of a step that is late or nearly so: nobody; who holds it (承办人); the head of who holds
/// it; the leading department (牵头部门).</summary>
public enum EscalationLevel { None, Holder, Head, Department }

/// <summary>What somebody is told, and at which level.</summary>
public sealed record EscalationNotice(EscalationLevel Level, string Message);

/// <summary>
/// What the daily job notices (催办): yellow goes to the holder, red to the holder's head, red for some working days to
/// the leading department. Each level of a case's step is told once: whoever keeps the highest level told and hands it
/// in again gets nothing twice, also when the light turns back and comes again.
/// </summary>
public static class Escalation
{
    /// <summary>Working days over the limit after which the leading department is told, unless the province says
    /// otherwise.</summary>
    public const int DepartmentAfter = 5;

    /// <summary>The level of a step today. A provisional day reminds the holder at most: nobody is reported for missing
    /// a day that is a guess.</summary>
    public static EscalationLevel LevelOf(DueDate due, int departmentAfter = DepartmentAfter) => due.Light switch
    {
        Light.Yellow => EscalationLevel.Holder,
        Light.Red when due.State == DueState.Provisional => EscalationLevel.Holder,
        Light.Red => -due.Remaining >= departmentAfter ? EscalationLevel.Department : EscalationLevel.Head,
        _ => EscalationLevel.None,
    };

    /// <summary>The notices due since the highest level told before, lowest first: a job that missed some days tells
    /// every level that it passed.</summary>
    public static IReadOnlyList<EscalationNotice> Since(
        EscalationLevel told, DueDate due, string step, int departmentAfter = DepartmentAfter)
    {
        var notices = new List<EscalationNotice>();
        for (var level = told + 1; level <= LevelOf(due, departmentAfter); level++)
            notices.Add(new EscalationNotice(level, Message(due, step)));
        return notices;
    }

    private static string Message(DueDate due, string step) => due switch
    {
        { Light: Light.Red } => $"“{step}”已超过时限{-due.Remaining}个工作日，应于{due.Text}办结",
        { Remaining: 0 } => $"“{step}”今天到期：{due.Text}",
        _ => $"“{step}”还剩{due.Remaining}个工作日，{due.Text}到期",
    };
}
