using System.Text.RegularExpressions;
using Xunit;

namespace Zhida.Tests.Style;

/// <summary>docs/findings.md lists every code that the sources can report, and no other.</summary>
public sealed partial class FindingCodesTests
{
    [Fact]
    public void The_list_of_findings_is_complete()
    {
        var used = Repository.Files
            .Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => Code().Matches(File.ReadAllText(Repository.PathOf(f))))
            .Select(m => m.Groups["code"].Value).Where(c => !FileName().IsMatch(c)).Distinct().Order().ToList();
        var listed = Row().Matches(File.ReadAllText(Repository.PathOf("docs/findings.md")))
            .Select(m => m.Groups["code"].Value).Order().ToList();
        Assert.NotEmpty(used);
        Assert.Equal(used, listed);
    }

    /// <summary>A code as a literal: an area, a full stop, what is wrong; in ASCII small letters.</summary>
    [GeneratedRegex("\"(?<code>[a-z]+\\.[a-z]+(-[a-z]+)*)\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"\.(csv|json|md|txt|cs|slnx|smt|sqlite|dump|db|dll)$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^\| `(?<code>[a-z.-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
