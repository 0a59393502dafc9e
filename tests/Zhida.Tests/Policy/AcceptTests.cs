using Xunit;
using Zhida.Policy;
using Zhida.Policy.Desk;
using Zhida.Tests.Policy.Loading;

namespace Zhida.Tests.Policy;

/// <summary>Small whole policies that show what the form carries: conformance/accept/CASE holds policies and layers
/// over the project's own dictionary. Each loads, passes the checker, and its examples come out as worked by
/// hand.</summary>
public sealed class AcceptTests
{
    private const int FewestExamples = 4;

    private static readonly string Folder = Repository.PathOf("conformance/accept");

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_is_wrong_with_it(string name)
    {
        // The shared dictionary holds much that one small policy doesn't use.
        var errors = TreeCheck.Run(TestTree.Accept(name), [], prove: false).Findings
            .Where(f => f.Severity == Severity.Error &&
                f.Location.File.StartsWith($"policies/{name}/", StringComparison.Ordinal));
        Assert.Empty(errors);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_examples_come_out_as_worked_by_hand(string name)
    {
        var report = TreeTest.Run(TestTree.Accept(name), []);
        Assert.Empty(report.Errors);
        Assert.All(report.Results, r => Assert.True(r.Passed,
            $"{r.Example.Location} {r.Example.Name}: {string.Join("; ", r.Differences)}"));
        Assert.True(report.Results.Count >= FewestExamples);
        Assert.All(report.Results, r => Assert.NotEmpty(r.Example.Arithmetic));
    }

    [Theory]
    [InlineData("bincheng-xiaofei")]
    public void A_policy_of_another_kind_is_only_files(string name)
    {
        var tree = PolicyTree.Read(Repository.Root);
        Assert.DoesNotContain(TreeCheck.Run(tree, [name], prove: false).Findings, f => f.Severity == Severity.Error);
        var report = TreeTest.Run(tree, [name]);
        Assert.True(report.Results.Count > 30);
        Assert.All(report.Results, r => Assert.Empty(r.Differences));
    }

    [Fact]
    public void Every_way_of_the_form_has_its_case() => Assert.True(Cases.Count >= 19);
}
