using Xunit;
using Zhida.Feel.Binding;
using Zhida.Feel.Types;

namespace Zhida.Tests.Feel;

/// <summary>Runs conformance/feel/strict/rejected.txt: what strict mode refuses, with the exact words.</summary>
public class StrictCasesTests
{
    private static Scope Names()
    {
        static NumberType Of(string unit) => new(Unit.Of(unit));
        var kinds = new StringType(["甲", "乙"]);
        var loan = new RecordType("贷款");
        loan.Add(new RecordMember("本金", Of("元"), new UnsetCause("贷款.本金")));
        loan.Add(new RecordMember("类别", kinds, new UnsetCause("贷款.类别")));
        var scope = new Scope(strict: true);
        foreach (var (name, type) in new (string, FeelType)[]
        {
            ("本金", Of("元")), ("利率", new NumberType(Unit.None.Per(Unit.Of("年")))), ("天数", Of("天")), ("人数", Of("人")),
            ("得分", FeelType.PureNumber), ("类别", kinds), ("日期", FeelType.Date), ("合格", FeelType.Boolean),
            ("名称", FeelType.Text), ("贷款", loan), ("各贷款", new ListType(loan)),
        }) scope.Declare(name, type);
        return scope;
    }

    [Fact]
    public void EveryLineIsRefusedInTheseWords()
    {
        var lines = File.ReadAllLines(Repository.PathOf("conformance/feel/strict/rejected.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#')).ToArray();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(line, Say(line[..line.LastIndexOf(" => ", StringComparison.Ordinal)])));
    }

    private static string Say(string text)
    {
        var bound = FeelCompiler.Bind(text, Names());
        var said = bound.Diagnostics.Count == 0 ? null : bound.Diagnostics[0];
        return $"{text} => {said?.Code} ｜ {said?.Message} ｜ {said?.Mend}".TrimEnd();
    }

    [Theory]
    [InlineData("本金 * 利率 * 天数 / 365天/年", "元")]
    [InlineData("max(0, 本金 - 100万元)", "元")]
    [InlineData("if 合格 then 本金 else 0", "元")]
    [InlineData("sum(各贷款.本金) / count(各贷款)", "元")]
    [InlineData("sum(各贷款[类别 = \"甲\"].本金) * 6.5折", "元")]
    [InlineData("(日期 - @\"2026-01-01\").days", "天")]
    [InlineData("本金 / 人数 * 3人", "元")]
    [InlineData("1.5% / 1年 * 1年", null)]
    public void UnitsGoThrough(string text, string? unit)
    {
        var expected = new NumberType(unit is null ? Unit.None : Unit.Of(unit));
        var bound = FeelCompiler.Bind(text, Names(), expected);
        Assert.True(bound.Root is not null, string.Join('\n', bound.Diagnostics));
    }

    [Fact]
    public void TheWholeMustBeWhatIsExpected()
    {
        var bound = FeelCompiler.Bind("本金 / 人数", Names(), new NumberType(Unit.Of("元")));
        Assert.Equal(("feel.unit", "单位应为元，实为元/人"), (bound.Diagnostics[0].Code, bound.Diagnostics[0].Message));
        Assert.Equal("类型应为是否值，实为文本", FeelCompiler.Bind("名称", Names(), FeelType.Boolean).Diagnostics[0].Message);
    }
}
