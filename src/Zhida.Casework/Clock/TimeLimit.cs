using Zhida.Policy.Program;

namespace Zhida.Casework.Clock;

/// <summary>The time limit (时限) of a step in working days: so many, none, or left open by the policy (待细则).</summary>
public readonly record struct TimeLimit
{
    private TimeLimit(int? workdays, bool isOpen) => (Workdays, IsOpen) = (workdays, isOpen);

    /// <summary>The step has no limit.</summary>
    public static TimeLimit None => default;

    /// <summary>The policy leaves the limit to detailed rules.</summary>
    public static TimeLimit Open => new(null, isOpen: true);

    /// <summary>Null where there is none and where it is open.</summary>
    public int? Workdays { get; }

    public bool IsOpen { get; }

    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public static TimeLimit Of(int workdays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workdays);
        return new TimeLimit(workdays, isOpen: false);
    }

    /// <summary>As the item gives it (办理); part of a day counts as a whole one.</summary>
    public static TimeLimit Of(Step step) => step.Days switch
    {
        null => None,
        { Value.IsNumber: true } days => Of((int)Math.Ceiling(days.Value.Number)),
        _ => Open,
    };
}
