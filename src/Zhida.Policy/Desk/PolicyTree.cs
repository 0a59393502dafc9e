using Zhida.Policy.Loading;
using Zhida.Policy.Program;

namespace Zhida.Policy.Desk;

/// <summary>A policy or a layer of a tree. <paramref name="Of"/>: the policy that a layer belongs to; null for a
/// policy.
/// </summary>
public sealed record PolicyEntry(string Id, string Folder, string Title, string? Of)
{
    public bool IsLayer => Of is not null;
}

/// <summary>The files of a tree (policies/, reference/) with a list of what is in it: what every operation starts from.
/// </summary>
public sealed class PolicyTree
{
    private PolicyTree(IReadOnlyDictionary<string, byte[]> files)
    {
        Files = files;
        var tree = new PolicyFiles(files, new Report());
        Entries = [.. tree.Folders().Select(f => new PolicySource(f, tree.ReadMain(f), []))
            .Select(s => new PolicyEntry(s.Id, s.Folder, s.Main.Front.Text("名称"), s.IsLayer ? s.Of : null))];
    }

    /// <summary>Content by path relative to the root, with <c>/</c>.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>Policies and layers in the order of their folders.</summary>
    public IReadOnlyList<PolicyEntry> Entries { get; }

    public static PolicyTree Read(string root) => new(PolicyLoader.ReadFiles(root));

    public static PolicyTree Of(IReadOnlyDictionary<string, byte[]> files) => new(files);

    /// <summary>What is wrong with an id, with the nearest names; null where it is a policy or a layer.</summary>
    public string? Problem(string id) => Entries.Any(e => e.Id == id) ? null
        : $"policies/ 下没有“{id}”；有：{string.Join("、", Entries.Select(e => e.Id))}";

    /// <summary>All policies, samples too, with these layers.</summary>
    internal LoadResult LoadAll(params IReadOnlyList<string> layers) => PolicyLoader.Load(
        Files, [.. Entries.Where(e => !e.IsLayer).Select(e => e.Id).Distinct()], layers, NoSettings);

    internal static IReadOnlyDictionary<string, string> NoSettings { get; } = new Dictionary<string, string>();

    /// <summary>The official text alone, then each layer on its own: all that is written, a layer's rules under that
    /// layer.</summary>
    internal IEnumerable<(PolicyEntry? Layer, LoadResult Load)> LoadEach()
    {
        yield return (null, LoadAll());
        foreach (var layer in Entries.Where(e => e.IsLayer)) yield return (layer, LoadAll(layer.Id));
    }

    /// <summary>The policies that are meant by ids of policies and layers; no ids: all.</summary>
    internal PolicyProgram Narrow(PolicyProgram program, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0) return program;
        var wanted = Entries.Where(e => ids.Contains(e.Id)).Select(e => e.Of ?? e.Id).ToHashSet();
        return program with { Policies = [.. program.Policies.Where(p => wanted.Contains(p.Id))] };
    }

    /// <summary>Whether a file belongs to what the ids mean; no ids: every file.</summary>
    internal bool Covers(IReadOnlyList<string> ids, string file) => ids.Count == 0 || Entries.Any(e =>
        ids.Contains(e.Id) && file.StartsWith(e.Folder + "/", StringComparison.Ordinal));
}
