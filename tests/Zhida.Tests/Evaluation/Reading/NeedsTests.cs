using Zhida.Evaluation.Reading;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>What a run reads, from the expressions of its items.</summary>
public sealed class NeedsTests
{
    private static readonly PolicyProgram Program =
        PolicyLoader.Load(Repository.Root, [], ["liaoning-2026-demo"], new Dictionary<string, string>()).Bound;

    private static Item ItemOf(string number) =>
        Program.Policies.SelectMany(p => p.Items).First(i => i.Id == "liaoning-2026:" + number);

    private static string Say(Needs needs, string type)
    {
        var need = needs.Tables[Program.Dictionary.Objects[type]];
        return string.Join(' ', need.Facts.Concat(need.YearFacts).Select(f => f.Path)
            .Concat(need.References.Select(r => "→" + r.Name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_loan_in_a_project()
    {
        var needs = Needs.Of([ItemOf("4.1")], Program.Dictionary);
        Assert.True(needs.Tables.Keys.Select(t => t.Name).ToHashSet().SetEquals(["主体", "项目", "贷款"]));
        Assert.Contains("→项目", Say(needs, "贷款"));
        Assert.Contains("贷款.本金", Say(needs, "贷款"));
        Assert.Contains("贷款.年度.实付利息", Say(needs, "贷款"));
        Assert.Contains("贷款.申报时间", Say(needs, "贷款"));
        Assert.DoesNotContain("船舶", Say(needs, "贷款"));
        Assert.Contains("项目.低空方向", Say(needs, "项目"));
        Assert.Contains("主体.注册地", Say(needs, "主体"));
    }

    [Fact]
    public void Derived_facts_bring_what_they_are_derived_from()
    {
        // 管辖, by which subjects are counted, is derived from the zone's mark.
        Assert.Equal("主体.沈抚示范区企业 主体.注册地", Say(Needs.Of([], Program.Dictionary), "主体"));
    }

    /// <summary>Nothing that is left out makes a difference: what an item's lines say is missing is among its needs.
    /// </summary>
    [Fact]
    public void Everything_is_the_most()
    {
        var all = Needs.All(Program.Dictionary);
        Assert.Equal(Program.Dictionary.Objects.Count, all.Tables.Count);
        var some = Needs.Of(Program.Policies.SelectMany(p => p.Items), Program.Dictionary);
        Assert.All(some.Tables, t =>
        {
            Assert.Subset(all.Tables[t.Key].Facts, t.Value.Facts);
            Assert.Subset(all.Tables[t.Key].YearFacts, t.Value.YearFacts);
            Assert.Subset(all.Tables[t.Key].References, t.Value.References);
        });
        Assert.True(some.Tables.Values.Sum(t => t.Facts.Count) > 200);
    }

    [Fact]
    public void Layouts_and_plans_have_the_same_columns()
    {
        var reference = Policy.Reference.ReferenceFiles.Tables;
        var plans = TablePlan.Of(SmallFacts.Dictionary, reference, Needs.All(SmallFacts.Dictionary));
        foreach (var layout in TableLayout.Of(SmallFacts.Dictionary))
            Assert.Equal(layout.Columns.Select(c => c.Name).Order(StringComparer.Ordinal),
                plans.First(p => p.Name == layout.Name).Columns.Select(c => c.Name).Order(StringComparer.Ordinal));
    }
}
