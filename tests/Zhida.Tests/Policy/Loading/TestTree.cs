using System.Text;
using Zhida.Policy.Desk;
using Zhida.Policy.Loading;

namespace Zhida.Tests.Policy.Loading;

/// <summary>Small trees of policies in memory.</summary>
internal static class TestTree
{
    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> Project =
        new(() => PolicyLoader.ReadFiles(Repository.Root));

    /// <summary>The project's own files, to be changed.</summary>
    public static Dictionary<string, byte[]> Whole() => Project.Value.ToDictionary();

    /// <summary>The project's reference tables.</summary>
    public static Dictionary<string, byte[]> Reference() =>
        Project.Value.Where(f => f.Key.StartsWith("reference/", StringComparison.Ordinal)).ToDictionary();

    /// <summary>The cases' dictionary and policy.md with one measure file, 01.md.</summary>
    public static Dictionary<string, byte[]> With(string measure, params (string Path, string Text)[] others)
    {
        var files = Reference();
        files["policies/common/facts.md"] = File.ReadAllBytes(Repository.PathOf("conformance/reject/facts.md"));
        files["policies/case/policy.md"] = File.ReadAllBytes(Repository.PathOf("conformance/reject/policy.md"));
        files["policies/case/01.md"] = Encoding.UTF8.GetBytes(measure);
        foreach (var (path, text) in others) files[path] = Encoding.UTF8.GetBytes(text);
        return files;
    }

    /// <summary>A case of conformance/accept as the only policies of a tree, over the project's own dictionary.
    /// </summary>
    public static PolicyTree Accept(string name) => Conformance("accept", name);

    /// <summary>A case of another folder of conformance/.</summary>
    public static PolicyTree Conformance(string kind, string name)
    {
        var files = Reference();
        foreach (var file in new[] { "facts.md", "definitions.md" })
            files["policies/common/" + file] = File.ReadAllBytes(Repository.PathOf("policies/common/" + file));
        var folder = Repository.PathOf($"conformance/{kind}/{name}");
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var place = Path.GetRelativePath(folder, path).Replace('\\', '/');
            files[$"policies/{name}/{place}"] = File.ReadAllBytes(path);
        }
        return PolicyTree.Of(files);
    }

    public static LoadResult Load(
        IReadOnlyDictionary<string, byte[]> files, string[]? layers = null, params (string, string)[] settings) =>
        PolicyLoader.Load(files, ["case"], layers ?? [], settings.ToDictionary(s => s.Item1, s => s.Item2));

    /// <summary>A measure with one item about loans; sections as given.</summary>
    public static string Loan(string sections, string header = "") => $"""
        ---
        举措: 一
        名称: 设备更新
        责任部门: 某局
        ---

        ## 1.1 设备更新贷款贴息
        对象：贷款　按：自然年度　方式：贴息　兑现：快申快享　事项发生日：贷款.发放日
        期间：`[贷款.计息起日..贷款.计息止日]`{header}

        {sections}
        """.Replace("\r\n", "\n", StringComparison.Ordinal);
}
