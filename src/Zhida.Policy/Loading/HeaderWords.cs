using Zhida.Feel;
using Zhida.Policy.Program;

namespace Zhida.Policy.Loading;

/// <summary>The words of an item's header as values of the model.</summary>
internal sealed class HeaderWords(Header header, ItemSource source, Report report)
{
    private static readonly Dictionary<string, Method> Methods = new(StringComparer.Ordinal)
    {
        ["贴息"] = Program.Method.InterestSubsidy, ["补助"] = Program.Method.Grant, ["奖励"] = Program.Method.Award,
        ["补偿"] = Program.Method.Compensation, ["减免"] = Program.Method.Discount, ["额度"] = Program.Method.Quota,
        ["服务"] = Program.Method.Service, ["便利"] = Program.Method.Easement,
    };

    private static readonly Dictionary<string, Delivery> Deliveries = new(StringComparer.Ordinal)
    {
        ["免申即享"] = Program.Delivery.NoApplication, ["快申快享"] = Program.Delivery.ShortApplication,
        ["竞争评审"] = Program.Delivery.Competitive, ["减免"] = Program.Delivery.Discount,
        ["额度"] = Program.Delivery.QuotaDraw, ["服务"] = Program.Delivery.Service,
        ["便利"] = Program.Delivery.Easement,
    };

    private static readonly (string Word, RoundingMode Mode)[] Directions =
        [("四舍五入到", RoundingMode.HalfUp), ("舍去到", RoundingMode.Down), ("进位到", RoundingMode.Up)];

    private static readonly (string Word, decimal Step)[] RoundingSteps =
        [("分", 0.01m), ("角", 0.1m), ("元", 1), ("百元", 100), ("千元", 1000), ("万元", 10_000)];

    public Method? Method() => Word("方式", Methods);

    public Delivery? Delivery() => Word("兑现", Deliveries);

    private T? Word<T>(string key, Dictionary<string, T> words) where T : struct
    {
        var known = string.Join("、", words.Keys);
        if (header[key] is not { } cell) report.Error("item.header", source.Number, $"缺少“{key}”", $"可写：{known}");
        else if (words.TryGetValue(cell.Text, out var word)) return word;
        else report.Error("item.header", cell, $"{key}不认识“{cell.Text}”", $"可写：{known}");
        return null;
    }

    /// <summary>取值: whether the applicant's value counts before the register's.</summary>
    public bool PrefersDeclared()
    {
        if (header["取值"] is not { } cell || cell.Is("登记优先")) return false;
        if (!cell.Is("自报优先")) report.Error("item.header", cell, $"取值不认识“{cell.Text}”", "可写：登记优先、自报优先");
        return true;
    }

    public Rounding Rounding()
    {
        if (header["取整"] is not { } cell) return Program.Rounding.HalfUpToFen;
        foreach (var (word, mode) in Directions)
            if (cell.Span.StartsWith(word))
                foreach (var (unit, step) in RoundingSteps)
                    if (cell.From(word.Length).Is(unit)) return new Rounding(step, mode);
        report.Error("item.header", cell, $"取整不认识“{cell.Text}”", "写 四舍五入到分、舍去到元、进位到百元 这样的话");
        return Program.Rounding.HalfUpToFen;
    }

    public IReadOnlyList<string> Departments() => header["责任部门"] is { } cell
        ? [.. cell.Split('、').Select(d => d.Text)] : source.Measure.Departments;

    /// <summary>按: a kind of period, or a reading whose options are kinds of period.</summary>
    public PeriodRule? Period(IReadOnlyList<Reading> readings)
    {
        if (header["按"] is not { } cell) return new PeriodRule(PeriodKind.Once, null);
        if (PeriodWords.Parse(cell.Text) is { } kind) return new PeriodRule(kind, null);
        if (!cell.Span.StartsWith("口径."))
        {
            report.Error("item.header", cell, $"按不认识“{cell.Text}”", "可写：自然年度、印发起12个月、申报批次、政策期、一次，或 口径.问题");
            return null;
        }
        var question = cell.From(3).Text;
        var reading = readings.FirstOrDefault(r => r.Question == question);
        if (reading is not null && reading.Options.All(o => PeriodWords.Parse(o) is not null))
            return new PeriodRule(PeriodWords.Parse(reading.Current)!.Value, reading);
        report.Error("item.header", cell, reading is null ? $"没有口径“{question}”" : $"口径“{question}”的读法不都是期间",
            reading is null ? Nearest.Mend(question, readings.Select(r => r.Question))
                : "读法只用：自然年度、印发起12个月、申报批次、政策期、一次");
        return null;
    }
}
