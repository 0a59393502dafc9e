using System.Globalization;
using System.Text;

namespace Zhida.Bench.Match;

/// <summary>One of the sixty rules: industry in a set, divisions from one to another, no bad credit, a date window; the
/// least of principal × rate × days / 365, rounded half up to the 分 once, and a cap.</summary>
/// <param name="Set">By industry: 1 where it is in the set.</param>
/// <param name="Rate">In thousandths a year.</param>
/// <param name="Cap">In 分.</param>
internal sealed record W60Rule(
    int Industry, int Region, int Flag, int Date, int Days, int Principal, byte[] Set, int RegionFirst, int RegionLast,
    int DateFirst, int DateLast, int Rate, long Cap)
{
    /// <summary>What the year's interest is divided by, with the rate's thousandths.</summary>
    public const long Divisor = 365_000;

    public long Amount(long principal, int days) =>
        Math.Min((principal * Rate * days + Divisor / 2) / Divisor, Cap);

    /// <param name="dense">Most divisions and industries rather than one division and two industries of five.</param>
    public static W60Rule[] Make(int count, bool dense)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var region = dense ? 2 : random.Next(1, 31);
            var (from, length) = (random.Next(0, 300), random.Next(500, 1200));
            var rate = random.Next(5, 40);
            var cap = 100_000_000 + random.Next(0, 50) * 1_000_000L;
            var set = new byte[W60Data.Industries];
            for (var code = 0; code < set.Length; code++)
                set[code] = (byte)(random.Next(100) < (dense ? 80 : 40) ? 1 : 0);
            return new W60Rule(i % 2, i % 4, i / 2 % 4, i / 3 % 4, i / 4 % 4, i % 6, set, region,
                dense ? region + 27 : region, from, from + length, rate, cap);
        })];
    }

    private const string Names = "甲乙丙丁戊己";

    /// <summary>The rules as measure files: the one source from which columns decide.</summary>
    public static Dictionary<string, byte[]> Files(IReadOnlyList<W60Rule> rules, string root)
    {
        var files = Directory.GetFiles(Path.Combine(root, "reference"))
            .ToDictionary(f => $"reference/{Path.GetFileName(f)}", File.ReadAllBytes, StringComparer.Ordinal);
        files["policies/common/facts.md"] = Encoding.UTF8.GetBytes(Facts());
        files["policies/w60/policy.md"] = """
            ---
            政策: w60
            名称: 测速用的六十条规则（示范）
            状态: 示例
            发布机关: 无
            印发日: 2026-01-01
            执行期限: 12个月
            ---

            """u8.ToArray();
        var measure = new StringBuilder("---\n举措: 一\n名称: 测速（示范）\n责任部门: 无\n---\n\n# 一、测速（示范）\n");
        for (var i = 0; i < rules.Count; i++) rules[i].Write(measure, i + 1);
        files["policies/w60/01-测速.md"] = Encoding.UTF8.GetBytes(measure.ToString());
        return files;
    }

    private void Write(StringBuilder text, int number)
    {
        var industries = string.Join('；', Enumerable.Range(0, Set.Length).Where(c => Set[c] == 1).Select(IndustryName));
        var regions = string.Join(", ", Enumerable.Range(RegionFirst, RegionLast - RegionFirst + 1)
            .Select(r => $"\"{RegionName(r)}\""));
        text.Append(CultureInfo.InvariantCulture, $"""

            ## {number} 规则{number}
            对象：主体　按：一次　方式：贴息　兑现：免申即享　事项发生日：主体.日期{Names[Date]}

            ### 参数
            | 名称 | 值 | 自 | 依据 |
            |---|---|---|---|
            | 行业 | {industries} | | |
            | 年化贴息率 | {Rate / 10m}%/年 | | |
            | 年基数 | 365天/年 | | |
            | 每户上限 | {Cap / 100}元 | | |

            ### 条件
            1. 在区内：`主体.区{Names[Region]} in [{regions}]`
            2. 无严重失信：`not(主体.失信{Names[Flag]})`
            3. 在期内：`主体.日期{Names[Date]} in [@"{Day(DateFirst)}"..@"{Day(DateLast)}"]`
            4. 属于所列行业：`主体.行业{Names[Industry]} in 行业`

            ### 金额
            `min(主体.本金{Names[Principal]} * 年化贴息率 * 主体.天数{Names[Days]} / 年基数, 每户上限)`

            """);
    }

    private static string Facts()
    {
        var text = new StringBuilder("# 数据项\n\n## 主体\n测速用的主体。\n\n");
        text.Append("| 名称 | 类型 | 单位 | 取值 | 问题 | 登记 |\n|---|---|---|---|---|---|\n");
        var regions = string.Join('；', Enumerable.Range(1, W60Data.Regions).Select(RegionName));
        void Rows(int count, string name, string cells)
        {
            for (var i = 0; i < count; i++)
                text.Append(CultureInfo.InvariantCulture, $"| {name}{Names[i]} | {cells} | 问？ | 自报 |\n");
        }
        Rows(2, "行业", "行业 | | ");
        Rows(4, "区", $"枚举 | | {regions}");
        Rows(4, "失信", "是否 | | ");
        Rows(4, "日期", "日期 | | ");
        Rows(4, "天数", "整数 | 天 | 0至366");
        Rows(6, "本金", "金额 | | ");
        return text.ToString();
    }

    public static string IndustryName(int code) => string.Create(CultureInfo.InvariantCulture, $"C{code:0000}");

    public static string RegionName(int region) => string.Create(CultureInfo.InvariantCulture, $"r{region:00}");

    public static string Day(int day) =>
        W60Data.FirstDay.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
