using Zhida.Feel.Values;

namespace Zhida.Casework.Clock;

/// <summary>What is known of the day on which a step is due.</summary>
public enum DueState
{
    /// <summary>无时限.</summary>
    NoLimit,

    /// <summary>待细则: the policy leaves the limit open.</summary>
    Open,

    /// <summary>已定.</summary>
    Fixed,

    /// <summary>暂定: leads through a year whose holidays are not published, Monday to Friday taken for working days.
    /// </summary>
    Provisional,

    /// <summary>已停: the applicant holds the case, so that the day is not known yet.</summary>
    Stopped,
}

/// <summary>The light of a step: 灰 where no clock runs, 绿, 黄 where little is left, 红 where the limit is over.</summary>
public enum Light { Grey, Green, Yellow, Red }

/// <summary>Where a step stands with its time limit on one day.</summary>
/// <param name="Day">The last day of the limit, counted from 1970-01-01; null unless fixed or provisional.</param>
/// <param name="Remaining">Working days that are left after today (0: today is the last); negative: so many are over;
/// null without a limit.</param>
/// <param name="Used">Working days of the office, today among them.</param>
public sealed record DueDate(DueState State, long? Day, int? Remaining, int Used, Light Light)
{
    /// <summary>For people.</summary>
    public string Text => State switch
    {
        DueState.NoLimit => "无时限",
        DueState.Open => "时限待细则",
        DueState.Fixed => FeelDate.Format(Day!.Value),
        DueState.Provisional => $"{FeelDate.Format(Day!.Value)}（暂定：该年放假安排尚未发布）",
        _ => $"已停（还剩{Remaining}个工作日）",
    };
}
