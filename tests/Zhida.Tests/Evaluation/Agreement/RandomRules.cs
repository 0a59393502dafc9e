using CsCheck;

namespace Zhida.Tests.Evaluation.Agreement;

/// <summary>Random well-typed rules over the project's own dictionary, as measure files: what every backend must decide
/// alike. Expressions are grown by type, with units that fit.</summary>
internal static class RandomRules
{
    private static Gen<string> Any(params string[] texts) => Gens.Of(texts);

    private static readonly Gen<string> Money = Any(
        "贷款.本金", "主体.营业收入", "主体.资产总额", "项目.总投资", "项目.设备投资额", "行.实付利息", "甲额", "乙额", "丙额", "0元", "30万元",
        "1234.56元", "5000万元");

    private static readonly Gen<string> Day = Any(
        "贷款.发放日", "贷款.计息起日", "贷款.计息止日", "行.起", "行.止", "项目.立项日", "判定日", "事项发生日", "印发日", "执行期.end",
        "@\"2026-03-01\"", "@\"2025-12-31\"");

    private static readonly Gen<string> Flag = Any(
        "主体.严重失信", "主体.科技领军企业", "项目.自主可控", "主体.省内注册", "主体.中小企业", "主体.规模以上工业", "项目.设备更新");

    private static readonly Gen<string> Choice = Any(
        "贷款.用途 = \"项目\"", "贷款.用途 in (\"项目\", \"设备更新\")", "贷款.用途 != \"其他\"", "贷款.币种 = \"人民币\"",
        "主体.主体类型 in (\"企业\", \"个体工商户\")", "项目.低空方向 in 方向", "项目.产业类别 = \"新兴产业\"",
        "属于(主体.注册地, \"2101\")", "属于(主体.行业代码, \"C\")", "属于(项目.所在地, \"21\")", "主体.管辖 = \"LN-SFXQ\"",
        "list contains(项目.改造环节, \"研发设计\")", "some 环节 in 项目.改造环节 satisfies 环节 in 环节名单",
        "every 环节 in 环节名单 satisfies list contains(项目.改造环节, 环节)", "主体.企业规模 = \"小型\"",
        "(口径.用途 = \"不限\" or 贷款.用途 = \"项目\")", "主体.从业人员 >= 20人", "主体.从业人员 in [20人..300人)",
        "count(贷款.担保) > 0", "some 保 in 贷款.担保 satisfies 保.担保金额 > 10万元",
        "every 笔 in 主体.贷款 satisfies 笔.币种 = \"人民币\"", "整月数(贷款.计息起日, 贷款.计息止日) >= 6月");

    private static Gen<string> MoneyOf(int depth) => depth == 0 ? Money : Gen.Frequency(
        (3, Money),
        (2, Pair("({0} + {1})", MoneyOf(depth - 1), MoneyOf(depth - 1))),
        (1, Pair("({0} - {1})", MoneyOf(depth - 1), MoneyOf(depth - 1))),
        (2, MoneyOf(depth - 1).Select(m => $"({m} * 比例)")),
        (1, MoneyOf(depth - 1).Select(m => $"({m} / 7)")),
        (2, Pair("min({0}, {1})", MoneyOf(depth - 1), MoneyOf(depth - 1))),
        (2, Pair("max({0}, {1})", MoneyOf(depth - 1), MoneyOf(depth - 1))),
        (2, Triple("(if {0} then {1} else {2})", BoolOf(depth - 1), MoneyOf(depth - 1), MoneyOf(depth - 1))),
        (1, MoneyOf(depth - 1).Select(m => $"round half up({m}, 2)")),
        (1, MoneyOf(depth - 1).Select(m => $"round down({m}, 0)")),
        (2, Pair("(贷款.本金 * 年化 * 天数({0}, {1}) / 年基数)", DayOf(1), DayOf(1))),
        (1, Gen.Const("sum(贷款.担保.担保金额)")),
        (1, MoneyOf(0).Select(m => $"sum(for 保 in 贷款.担保 return min(保.担保金额, {m}))")),
        (1, Any("sum(主体.贷款[用途 = \"项目\"].本金)", "max(贷款.担保.担保金额)")));

    private static Gen<string> DayOf(int depth) => depth == 0 ? Day : Gen.Frequency(
        (4, Day), (1, Pair("max({0}, {1})", Day, Day)), (1, Pair("min({0}, {1})", Day, Day)),
        (1, Day.Select(d => $"({d} + @\"P1M\")")), (1, Day.Select(d => $"({d} - @\"P10D\")")));

    private static Gen<string> BoolOf(int depth) => depth == 0 ? Gen.OneOf(Flag, Choice) : Gen.Frequency(
        (2, Flag), (3, Choice),
        (2, Pair("({0} and {1})", BoolOf(depth - 1), BoolOf(depth - 1))),
        (2, Pair("({0} or {1})", BoolOf(depth - 1), BoolOf(depth - 1))),
        (1, BoolOf(depth - 1).Select(b => $"not({b})")),
        (1, Triple("(if {0} then {1} else {2})", BoolOf(depth - 1), BoolOf(depth - 1), BoolOf(depth - 1))),
        (2, Gen.Select(MoneyOf(depth - 1), Any("<", "<=", ">", ">=", "="), MoneyOf(depth - 1),
            (a, op, b) => $"{a} {op} {b}")),
        (2, Gen.Select(DayOf(1), Any("<", "<=", ">", ">="), DayOf(1), (a, op, b) => $"{a} {op} {b}")),
        (1, DayOf(1).Select(d => $"{d} in 执行期")));

    private static Gen<string> Pair(string format, Gen<string> a, Gen<string> b) =>
        Gen.Select(a, b, (x, y) => string.Format(null, format, x, y));

    private static Gen<string> Triple(string format, Gen<string> a, Gen<string> b, Gen<string> c) =>
        Gen.Select(a, b, c, (x, y, z) => string.Format(null, format, x, y, z));

    private static readonly Gen<string> Cap = Gen.Select(
        Any("行", "贷款", "主体", "事项", "主体 `主体.集团编号`", "项目 `项目.编号`", "主体 `主体.编号`"), Any("年度", "政策期", "一次"),
        Any("100万元", "上限额", "`甲额 * 50%`", "`主体.资产总额 * 比例`"),
        (scope, period, limit) => $"| {scope} | {period} | {limit} |");

    private static readonly Gen<string> Header = Gen.Select(
        Any("自然年度", "一次", "政策期", "印发起12个月"), Gen.Bool, Any("四舍五入到分", "舍去到元", "进位到百元"),
        (period, accrual, rounding) => $"按：{period}　方式：贴息　兑现：快申快享　事项发生日：贷款.发放日　取整：{rounding}" +
            (accrual ? "\n期间：`[贷款.计息起日..贷款.计息止日]`" : ""));

    /// <summary>A measure file with one item about loans.</summary>
    public static readonly Gen<string> Measure = Gen.Select(
        Header, BoolOf(2).Array[1, 4], MoneyOf(3), BoolOf(2), Cap.Array[0, 3],
        Any("", "最高 "), Gen.Bool,
        (header, conditions, amount, definition, caps, most, usesTable) => $"""
            ---
            举措: 一
            名称: 随机的规则
            责任部门: 某局
            ---

            ## 1.1 随机事项
            对象：贷款　{header}

            ### 参数
            | 名称 | 值 | 自 |
            |---|---|---|
            | 甲额 | 20万元 | |
            | 乙额 | 待细则（金额） | |
            | 丙额 | 10万元 | |
            | 丙额 | 15.55万元 | 2026-04-01 |
            | 上限额 | 60万元 | |
            | 比例 | 3.7% | |
            | 年化 | 1.5%/年 | |
            | 年基数 | 365天/年 | |
            | 方向 | 低空飞行器整机；关键材料研发制造；等 | |
            | 环节名单 | 研发设计；生产制造 | |

            ### 口径
            | 问题 | 读法 | 现行 | 确认 |
            |---|---|---|---|
            | 用途 | 限项目；不限 | 限项目 | 待确认 |

            ### 定义
            - 合格：`{definition}`

            ### 表 档次（F）
            | `主体.从业人员` | `主体.营业收入` | → 档 |
            |---|---|---|
            | >= 300人 | - | 100% |
            | >= 20人 | >= 300万元 | 50% |
            | - | >= 2000万元 | 30% |
            | - | - | 10% |

            ### 条件
            {string.Join('\n', conditions.Select((c, i) => $"{i + 1}. 条件{i + 1}：`{c}`"))}
            {conditions.Length + 1}. 合格：`合格 or 口径.用途 = "不限"`

            ### 金额
            {most}`{(usesTable ? $"{amount} * 档次" : amount)}`

            {(caps.Length == 0 ? "" : "### 上限\n| 范围 | 周期 | 上限 |\n|---|---|---|\n" + string.Join('\n', caps) + "\n")}
            """);

    public const string Policy = """
        ---
        政策: random
        名称: 随机的规则
        状态: 示例
        印发日: 2026-01-01
        执行期限: 12个月
        ---

        # 随机的规则（示范）
        """;
}
