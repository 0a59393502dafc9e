using System.Text;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;
using Zhida.Tests.Policy.Reference;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>A small dictionary with every kind of fact, references that may and that must not be absent, and yearly
/// facts.</summary>
internal static class SmallFacts
{
    private const string Facts = """
        # 数据项
        ## 主体
        | 名称 | 类型 | 单位 | 取值 | 问题 | 登记 |
        |---|---|---|---|---|---|
        | 名称 | 文本 | | | 问？ | 登记 |
        | 信用代码 | 信用代码 | | | 问？ | 登记 |
        | 规模 | 枚举 | | 大型；中型；小型 | 问？ | 登记 |
        | 注册地 | 区划 | | | 问？ | 登记 |
        | 行业代码 | 行业 | | | 问？ | 登记 |
        | 环节 | 多选 | | 研发；生产；销售 | 问？ | 登记 |
        | 曾用名 | 名单 | | | 问？ | 登记 |
        | 失信 | 是否 | | | 问？ | 登记 |
        | 成立日 | 日期 | | | 问？ | 登记 |
        | 收入 | 金额 | | | 问？ | 登记 |
        | 人数 | 整数 | 人 | 1至10000000 | 问？ | 登记 |
        | 得分 | 数 | 分 | 0至100 | 问？ | 登记 |
        | 股比 | 占比 | | | 问？ | 登记 |
        | 增速 | 比率 | | -1至100 | 问？ | 登记 |
        | 年息 | 利率 | | | 问？ | 登记 |

        ### 年度
        | 名称 | 类型 | 单位 | 取值 | 问题 | 登记 |
        |---|---|---|---|---|---|
        | 税款 | 金额 | | | 问？ | 登记 |

        ## 项目
        指向：主体

        | 名称 | 类型 | 单位 | 取值 | 问题 | 登记 |
        |---|---|---|---|---|---|
        | 名称 | 文本 | | | 问？ | 登记 |
        | 投资 | 金额 | | | 问？ | 登记 |

        ## 贷款
        指向：主体、项目？

        | 名称 | 类型 | 单位 | 取值 | 问题 | 登记 |
        |---|---|---|---|---|---|
        | 本金 | 金额 | | | 问？ | 登记 |
        | 用途 | 枚举 | | 项目；其他 | 问？ | 登记 |

        ### 年度
        | 名称 | 类型 | 单位 | 取值 | 问题 | 登记 |
        |---|---|---|---|---|---|
        | 实付利息 | 金额 | | | 问？ | 登记 |

        ## 担保
        指向：主体、贷款

        | 名称 | 类型 | 单位 | 取值 | 问题 | 登记 |
        |---|---|---|---|---|---|
        | 担保日 | 日期 | | | 问？ | 登记 |
        """;

    private const string Policy = """
        ---
        政策: small
        名称: 小
        状态: 示例
        印发日: 2026-01-01
        执行期限: 12个月
        ---

        # 小
        """;

    public static Dictionary Dictionary { get; } = PolicyLoader.Load(
        new Dictionary<string, byte[]>(ReferenceFiles.Files)
        {
            ["policies/common/facts.md"] = Encoding.UTF8.GetBytes(Facts),
            ["policies/small/policy.md"] = Encoding.UTF8.GetBytes(Policy),
        }, [], [], new Dictionary<string, string>()).Bound.Dictionary;

    public static ObjectType Type(string name) => Dictionary.Objects[name];
}
