using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Program;

namespace Zhida.Evaluation.Writing;

/// <summary>The words behind the codes of a block, and the columns of a result table.</summary>
public sealed class ResultLabels(RunContext context)
{
    /// <summary>主体, 对象, 事项, 期, 结果, 金额状态, 金额_分, 首个不符, 缺, 上限作用.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["主体", "对象", "事项", "期", "结果", "金额状态", "金额_分", "首个不符", "缺", "上限作用"];

    /// <summary>The columns of the counts of 不符合.</summary>
    public static IReadOnlyList<string> CountColumns { get; } = ["事项", "城市", "条件序号", "条件", "行数"];

    private readonly string[][] _bits =
    [
        .. context.Items.Select(i => (string[])["", ResultLine.Exclusion, .. i.Caps.Select(c => c.Name)]),
    ];

    private readonly Dictionary<int, string> _periods = [];

    public IReadOnlyList<Item> Items => context.Items;

    public IReadOnlyList<string> Cities => context.Cities.Names;

    public string Item(int item) => context.Items[item].Id;

    /// <summary>What applicants read of a condition; empty for none (−1).</summary>
    public string Condition(int item, int condition) =>
        condition < 0 ? "" : context.Items[item].Conditions[condition].Label;

    /// <summary>上限作用; empty where nothing reduced the line.</summary>
    public string Bit(int item, int bit) => _bits[item][bit];

    /// <summary>2026, 第1年, 一次 … Used by one thread.</summary>
    public string Period(int code) =>
        _periods.TryGetValue(code, out var name) ? name : _periods[code] = PeriodCode.Name(code);

    public static string Outcome(byte code) => Words.Of((Outcome)code);

    public static string State(byte code) => Words.Of((AmountState)code);
}
