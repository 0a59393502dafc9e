using Zhida.Feel.Types;

namespace Zhida.Policy.Loading;

/// <summary>The words that stand in the expected columns of 示例.</summary>
internal static class ExampleWords
{
    private static readonly string[] Outcomes = ["符合", "不符合", "待补充"];
    private static readonly string[] States = ["定额", "上限", "待细则", "待补充", "无金额"];

    /// <summary>What is wrong with a cell, and the mend; null where nothing is.</summary>
    public static (string Problem, string Mend)? Problem(string column, string value) => column switch
    {
        "结果" when !Outcomes.Contains(value) => ($"结果没有“{value}”", $"可写：{string.Join("、", Outcomes)}"),
        "状态" when !States.Contains(value) => ($"状态没有“{value}”", $"可写：{string.Join("、", States)}"),
        _ when (column is "金额" or "上限" || column.StartsWith(ExamplesReader.PayerColumn, StringComparison.Ordinal)) &&
            !IsMoney(value) => ($"“{value}”不是以元计的金额", "写成 80万元 或 203333.33元"),
        _ => null,
    };

    private static bool IsMoney(string value) =>
        Quantity.TryParse(value, out _, out var unit, out _) && unit.Equals(ValueReader.Yuan);
}
