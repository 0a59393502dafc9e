namespace Zhida.Policy.Program;

/// <summary>The words of 按, in measure files and as options of a reading.</summary>
public static class PeriodWords
{
    public static PeriodKind? Parse(string word) => word switch
    {
        "自然年度" => PeriodKind.CalendarYear,
        "印发起12个月" => PeriodKind.PolicyYear,
        "申报批次" => PeriodKind.Batch,
        "政策期" => PeriodKind.Policy,
        "一次" => PeriodKind.Once,
        _ => null,
    };
}
