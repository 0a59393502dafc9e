using Xunit;
using Zhida.Feel.Binding;
using Zhida.Feel.Nodes;
using Zhida.Feel.Types;
using Zhida.Feel.Values;

namespace Zhida.Tests.Feel.Nodes;

using Evaluation = Zhida.Feel.Nodes.Evaluation;

/// <summary>Evaluating scalars leaves nothing for the collector.</summary>
public class AllocationTests
{
    [Theory]
    [InlineData("min(贷款.本金 * 年化贴息率 * 天数 / 365天/年, 实付利息)")]
    [InlineData("if 贷款.本金 >= 1000万元 and 类别 in (\"甲\", \"乙\") then max(0, 实付利息 - 1元) else 0")]
    [InlineData("贷款.本金 between 1元 and 1亿元 or 天数 > 3天")]
    [InlineData("类别 = \"甲\" and 日期 + @\"P30D\" > @\"2026-01-01\" and not(天数 < 0)")]
    [InlineData("贷款.本金 in [1元..1亿元) and 贷款.本金 in (< 5元, > 6元)")]
    [InlineData("round half up(实付利息 / 3, 2) + abs(-实付利息)")]
    public void ScalarsAllocateNothing(string text)
    {
        var scope = new Scope(strict: true);
        var loan = new RecordType("贷款");
        loan.Add(new RecordMember("本金", new NumberType(Unit.Of("元")), new UnsetCause("贷款.本金")));
        var record = new Zhida.Feel.Values.Record(loan, "1") { [0] = Value.Of(80_000_000m) };
        var stored = new (string Name, FeelType Type, Value Value)[]
        {
            ("贷款", loan, Value.Of(record)),
            ("年化贴息率", new NumberType(Unit.None.Per(Unit.Of("年"))), Value.Of(0.015m)),
            ("天数", new NumberType(Unit.Of("天")), Value.Of(200m)),
            ("实付利息", new NumberType(Unit.Of("元")), Value.Of(240_000m)),
            ("类别", new StringType(["甲", "乙", "丙"]), Value.Of("乙")),
            ("日期", FeelType.Date, Value.Of(new DateOnly(2026, 3, 1))),
        };
        foreach (var (name, type, _) in stored) scope.Declare(name, type);
        var bound = FeelCompiler.Bind(text, scope);
        Assert.True(bound.Root is not null, string.Join('\n', bound.Diagnostics));
        var frame = new Frame(scope.NextSlot, new Evaluation(strict: true, []));
        for (var i = 0; i < stored.Length; i++) frame[i] = stored[i].Value;
        for (var i = 0; i < 100; i++) Assert.False(bound.Root.Evaluate(frame).IsUnknown);
        // The runtime itself allocates once while it replaces a method by its faster version: a later round is clean.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ => AllocatedBy(bound.Root, frame)));
    }

    private static long AllocatedBy(Expr root, Frame frame)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 2000; i++) root.Evaluate(frame);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
