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

    /// <summary>The case as the only policies of a tree.</summary>
    private static PolicyTree TreeOf(string name)
    {
        var files = TestTree.Reference();
        foreach (var file in new[] { "facts.md", "definitions.md" })
            files["policies/common/" + file] = File.ReadAllBytes(Repository.PathOf("policies/common/" + file));
        var folder = Path.Combine(Folder, name);
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var place = Path.GetRelativePath(folder, path).Replace('\\', '/');
            files[$"policies/{name}/{place}"] = File.ReadAllBytes(path);
        }
        return PolicyTree.Of(files);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_is_wrong_with_it(string name)
    {
        // The shared dictionary holds much that one small policy doesn't use.
        var errors = TreeCheck.Run(TreeOf(name), [], prove: false).Findings
            .Where(f => f.Severity == Severity.Error &&
                f.Location.File.StartsWith($"policies/{name}/", StringComparison.Ordinal));
        Assert.Empty(errors);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_examples_come_out_as_worked_by_hand(string name)
    {
        var report = TreeTest.Run(TreeOf(name), []);
        Assert.Empty(report.Errors);
        Assert.All(report.Results, r => Assert.True(r.Passed,
            $"{r.Example.Location} {r.Example.Name}: {string.Join("; ", r.Differences)}"));
        Assert.True(report.Results.Count >= FewestExamples);
        Assert.All(report.Results, r => Assert.NotEmpty(r.Example.Arithmetic));
    }

    [Fact]
    public void Every_way_of_the_form_has_its_case() => Assert.True(Cases.Count >= 19);
}
