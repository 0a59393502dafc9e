using System.Text.RegularExpressions;
using Xunit;
using Zhida.Policy;
using Zhida.Policy.Checking;
using Zhida.Policy.Checking.Smt;
using Zhida.Policy.Loading;

namespace Zhida.Tests.Policy.Loading;

/// <summary>The usual mistakes as data: conformance/reject/CASE holds the files of a policy (facts.md and policy.md are
/// those beside the cases where it has none; own/ is what lies beside the measures; layer/ is a layer on it;
/// settings.txt has a --set a line), and expected.txt the exact findings: the loader's, and where that finds no error
/// the checker's; of a case named proof-… also the solver's.</summary>
public sealed partial class RejectTests
{
    private static readonly string Folder = Repository.PathOf("conformance/reject");

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Says_exactly_what_is_wrong(string name)
    {
        var findings = Findings(name);
        Assert.Equal(File.ReadAllLines(Path.Combine(Folder, name, "expected.txt")), findings.Select(Line));
        Assert.Contains(findings, f => f.Severity == Severity.Error);
    }

    private static List<Finding> Findings(string name)
    {
        var load = Load(name);
        if (load.Program is not { } program) return [.. load.Findings];
        var proofs = name.StartsWith("proof-", StringComparison.Ordinal);
        if (proofs) Repository.Needs("z3");
        // What a small case leaves unused of the dictionary that all cases share is not its mistake.
        var ownFacts = File.Exists(Path.Combine(Folder, name, "facts.md"));
        return
        [
            .. load.Findings, .. Checker.Check(program).Concat(proofs ? Proofs.Check(program) : [])
                .Where(f => ownFacts || f.Location.File != "policies/common/facts.md"),
        ];
    }

    [Fact]
    public void Codes_of_the_loader_are_listed_in_the_documentation()
    {
        var listed = File.ReadAllText(Repository.PathOf("docs/findings.md"));
        var sources = Directory.GetFiles(Repository.PathOf("src/Zhida.Policy/Loading")).Select(File.ReadAllText);
        var codes = sources.SelectMany(s => Code().Matches(s)).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.True(codes.Count > 50);
        Assert.All(codes, code => Assert.Contains($"| `{code}` |", listed));
    }

    [GeneratedRegex("""(?:Error|Note)\(\s*"([a-z]+\.[a-z]+)["]""")]
    private static partial Regex Code();

    private static string Line(Finding finding)
    {
        var place = finding.Location.ToString().Replace("policies/case-layer/", "layer/", StringComparison.Ordinal)
            .Replace("policies/case/", "", StringComparison.Ordinal)
            .Replace("policies/common/", "", StringComparison.Ordinal);
        return $"{place} {finding.Code} {finding.Message}{(finding.Mend is null ? "" : " → " + finding.Mend)}";
    }

    private static LoadResult Load(string name)
    {
        var files = TestTree.Reference();
        files["policies/common/facts.md"] = File.ReadAllBytes(Path.Combine(Folder, "facts.md"));
        files["policies/case/policy.md"] = File.ReadAllBytes(Path.Combine(Folder, "policy.md"));
        var settings = new Dictionary<string, string>();
        var folder = Path.Combine(Folder, name);
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var file = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (file == "settings.txt")
                foreach (var line in File.ReadAllLines(path)) settings.Add(line.Split('=')[0], line.Split('=')[1]);
            else if (file != "expected.txt") files[PlaceOf(file)] = File.ReadAllBytes(path);
        }
        string[] layers = files.ContainsKey("policies/case-layer/policy.md") ? ["case-layer"] : [];
        return PolicyLoader.Load(files, ["case"], layers, settings);
    }

    private static string PlaceOf(string file)
    {
        if (file is "facts.md" or "definitions.md") return "policies/common/" + file;
        if (file.StartsWith("own/", StringComparison.Ordinal)) return "policies/case/" + file["own/".Length..];
        return file.StartsWith("layer/", StringComparison.Ordinal)
            ? "policies/case-layer/" + file["layer/".Length..] : "policies/case/" + file;
    }
}
