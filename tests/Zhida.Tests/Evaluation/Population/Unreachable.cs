namespace Zhida.Tests.Populations;

/// <summary>What no facts can bring about, by program, each with the reason.</summary>
internal static class Unreachable
{
    private const string
        TwoReadings = "the reading matters only where another one is switched too",
        OpenCondition = "a condition hangs on a list, date or figure that the text leaves open",
        OpenLimit = "the limit is open",
        SameBound = "the open rate is at most the highest one, so that the bound is the same under both",
        SameFigure = "the layer sets the figure that the other reading would give",
        SameRate = "the layer's LPR is the same on every day on which a loan can be granted";

    private static readonly (string What, string Reason)[] Official =
    [
        ("1.2 符合", OpenCondition), ("1.3 符合", OpenCondition), ("3.1 符合", OpenCondition), ("3.2 符合", OpenCondition),
        ("6.3 符合", OpenCondition), ("13.2 符合", OpenCondition), ("17.5 符合", OpenCondition),
        ("2.1 上限 保单·一次", OpenLimit), ("2.2 上限 保单·一次", OpenLimit),
        ("6.3 口径 平均下降", TwoReadings), ("15.1 口径 未列公共服务内容", TwoReadings),
        ("7.1 口径 最高贴息率", SameBound), ("7.2 口径 最高贴息率", SameBound), ("14.1 口径 最高贴息比例", SameBound),
        ("13.2 口径 投资额", OpenCondition),
    ];

    private static readonly (string What, string Reason)[] Layer =
    [
        ("6.3 口径 平均下降", TwoReadings), ("15.1 口径 未列公共服务内容", TwoReadings),
        ("7.2 口径 最高贴息率", SameFigure), ("12.1 口径 最高数额", SameFigure), ("14.1 口径 LPR公布当日", SameRate),
    ];

    public static IReadOnlyDictionary<string, string> For(string program) =>
        (program == "正文" ? Official : Layer).ToDictionary(u => u.What, u => u.Reason);
}
