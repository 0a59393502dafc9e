using Xunit;
using Zhida.Policy.Batch;
using Zhida.Policy.Loading;

namespace Zhida.Tests.Policy.Batch;

/// <summary>Which caps of liaoning-2026 join subjects, under which readings.</summary>
public sealed class CapScopesTests
{
    private static (CapScopes Scopes, RunContext Context) Of(params (string Name, string Value)[] settings)
    {
        var load = PolicyLoader.Load(Repository.Root, ["liaoning-2026"], ["liaoning-2026-demo"],
            settings.ToDictionary(s => s.Name, s => s.Value));
        var context = SmallRun.Context(load.Program!, load.Tables, new DateOnly(2026, 6, 30));
        return (new CapScopes(context), context);
    }

    private static string Told((CapScopes Scopes, RunContext Context) run, string number)
    {
        var item = run.Context.Items.ToList().FindIndex(i => i.Number == number);
        var caps = run.Context.Items[item].Caps;
        return string.Join(" ", caps.Select((c, i) => $"{c.Name}:{(run.Scopes.IsLocal(item, i) ? "own" : "all")}"))
            + (run.Scopes.IsLocal(item) ? " at once" : " waits");
    }

    [Fact]
    public void Keys_are_read_with_the_readings_in_force()
    {
        var official = Of();
        Assert.Equal("项目·年度:all 主体·年度:own waits", Told(official, "4.1"));
        Assert.Equal("项目·一次:own at once", Told(official, "3.2"));
        var groups = Of(("4.1/口径.企业范围", "集团合并"));
        Assert.Equal("项目·年度:all 主体·年度:all waits", Told(groups, "4.1"));
    }

    [Fact]
    public void Without_caps_and_groups_an_item_hangs_on_nothing()
    {
        var (scopes, context) = Of();
        for (var i = 0; i < context.Items.Count; i++)
            Assert.Equal(context.Items[i] is { Caps.Count: 0, ExclusionGroups.Count: 0 }, scopes.ClusterOf(i) < 0);
    }

    [Fact]
    public void A_shared_cap_stays_within_a_subject_only_if_all_its_caps_do()
    {
        var scopes = new CapScopes(new MadeUp("mixed.md").Context);
        Assert.False(scopes.IsLocal(0, 1));
        Assert.True(scopes.IsLocal(3, 0));
        Assert.False(scopes.IsLocal(3));
        Assert.True(scopes.IsLocal(4));
        // 1.1 and 1.2 share a cap and a group, 1.2 and 1.3 a group.
        Assert.Equal([0, 0, 0, 1, 2], Enumerable.Range(0, 5).Select(scopes.ClusterOf));
    }
}
