namespace Zhida.Policy.Loading;

/// <summary>The files of a tree of policies by path relative to its root, with <c>/</c>.</summary>
internal sealed class PolicyFiles(IReadOnlyDictionary<string, byte[]> files, Report report)
{
    public const string Facts = "policies/common/facts.md";

    private const string Common = "policies/common";
    private const string FactsName = "/facts.md";
    private const string DefinitionsName = "/definitions.md";
    private const string Main = "/policy.md";

    private readonly SortedDictionary<string, SourceFile> _used = new(StringComparer.Ordinal);

    /// <summary>What was read, in the order of the paths.</summary>
    public IReadOnlyList<SourceFile> Used => [.. _used.Values];

    /// <summary>Reads what <see cref="PolicyLoader"/> may need from a directory.</summary>
    public static IReadOnlyDictionary<string, byte[]> FromDirectory(string root)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (folder, pattern) in new[] { ("policies", "*.md"), ("policies", "*.txt"), ("policies", "*.csv"),
            ("reference", "*.csv") })
        {
            var path = Path.Combine(root, folder);
            if (!Directory.Exists(path)) continue;
            foreach (var file in Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories))
                found[Path.GetRelativePath(root, file).Replace('\\', '/')] = File.ReadAllBytes(file);
        }
        return found;
    }

    /// <summary>Folders that hold a policy.md.</summary>
    public IEnumerable<string> Folders() =>
        files.Keys.Where(p => p.EndsWith(Main, StringComparison.Ordinal)).Select(p => p[..^Main.Length])
            .Order(StringComparer.Ordinal);

    /// <summary>The data dictionary: the common file first, then what the folders add.</summary>
    public List<MarkdownFile> ReadFacts(IEnumerable<string> folders) => ReadParts(folders, FactsName);

    /// <summary>Derived facts, in the same order.</summary>
    public List<MarkdownFile> ReadDefinitions(IEnumerable<string> folders) => ReadParts(folders, DefinitionsName);

    private List<MarkdownFile> ReadParts(IEnumerable<string> folders, string name) =>
        [.. folders.Prepend(Common).Distinct().Select(f => Read(f + name)).OfType<MarkdownFile>()];

    public MarkdownFile ReadMain(string folder) =>
        MarkdownFile.Parse(SourceText.Of(folder + Main, files[folder + Main]), report);

    /// <summary>The measure files of a folder, in the order of their names.</summary>
    public List<MarkdownFile> ReadMeasures(string folder)
    {
        Use(folder + Main);
        return
        [
            .. files.Keys.Where(p => IsIn(p, folder) && p.EndsWith(".md", StringComparison.Ordinal) &&
                p != folder + Main && p != folder + FactsName && p != folder + DefinitionsName)
                .Order(StringComparer.Ordinal).Select(p => Read(p)!),
        ];
    }

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder + "/", StringComparison.Ordinal) && path.IndexOf('/', folder.Length + 1) < 0;

    /// <summary>Null where there is no such file.</summary>
    public MarkdownFile? Read(string path) =>
        Use(path) is { } bytes ? MarkdownFile.Parse(SourceText.Of(path, bytes), report) : null;

    /// <summary>The bytes of a file, which then counts as read; null where there is none.</summary>
    public byte[]? Use(string path)
    {
        if (!files.TryGetValue(path, out var bytes)) return null;
        _used[path] = new SourceFile(path, bytes);
        return bytes;
    }

    public IReadOnlyDictionary<string, byte[]> UseReference()
    {
        var tables = files.Where(f => f.Key.StartsWith("reference/", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        foreach (var path in tables.Keys) Use(path);
        return tables;
    }
}
