using Zhida.Feel;
using Zhida.Feel.Binding;
using Zhida.Feel.Types;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Loading;

/// <summary>What loading gave.</summary>
/// <param name="Program">Null where there is an error among the findings: such a program is never decided.</param>
/// <param name="Bound">Whatever could be bound all the same, for <c>check</c> to look at.</param>
/// <param name="Files">What was read, in the order of the paths: what a bundle is made of.</param>
/// <param name="Tables">The reference tables, with those of the layers.</param>
public sealed record LoadResult(
    PolicyProgram? Program, PolicyProgram Bound, IReadOnlyList<Finding> Findings, IReadOnlyList<SourceFile> Files,
    ReferenceTables Tables);

/// <summary>From files to a bound program (docs/measure-files.md). Nothing is thrown on bad files: every problem is a
/// finding with its place and mend, as many as can be found in one pass.</summary>
public static class PolicyLoader
{
    /// <summary>Loads from a directory with <c>policies/</c> and <c>reference/</c>.</summary>
    public static LoadResult Load(
        string root, IReadOnlyList<string> policyIds, IReadOnlyList<string> layerIds,
        IReadOnlyDictionary<string, string> settings, bool withExamples = true) =>
        Load(ReadFiles(root), policyIds, layerIds, settings, withExamples);

    /// <summary>The files that <see cref="Load(string, IReadOnlyList{string}, IReadOnlyList{string},
    /// IReadOnlyDictionary{string, string}, bool)"/> may need, by path relative to the root.</summary>
    public static IReadOnlyDictionary<string, byte[]> ReadFiles(string root) => PolicyFiles.FromDirectory(root);

    /// <summary>Loads from files in memory, by path relative to the root of the tree, with <c>/</c>.</summary>
    /// <param name="files">policies/…, reference/….</param>
    /// <param name="policyIds">Empty: all policies but samples (状态 示例).</param>
    /// <param name="layerIds">Applied in this order, each to the policy that it belongs to.</param>
    /// <param name="settings">Values for open places and readings, as <c>--set</c> gives them.</param>
    /// <param name="withExamples">False: examples are passed over, mistakes in them too; who only decides needs
    /// none.</param>
    public static LoadResult Load(
        IReadOnlyDictionary<string, byte[]> files, IReadOnlyList<string> policyIds, IReadOnlyList<string> layerIds,
        IReadOnlyDictionary<string, string> settings, bool withExamples = true)
    {
        var report = new Report();
        var tree = new PolicyFiles(files, report);
        var sources = tree.Folders().Select(f => new PolicySource(f, tree.ReadMain(f), [])).ToList();
        var policies = Choose(sources, policyIds, report);
        var layers = layerIds.Distinct().Select(id => ChooseLayer(sources, id, policies, report))
            .OfType<PolicySource>().ToList();
        var tables = ReadTables(tree, layers, report);
        var functions = PolicyFunctions.All(tables);
        var names = new NameRules(report, functions);
        var values = new ValueReader(report);
        Scope NewScope() => ScopeOf(functions);
        var dictionary = ReadDictionary(tree, Adding(sources, policies), report, names, values, NewScope);
        var load = new LoadContext(report, tree, dictionary, names, values, new Settings(settings), tables, NewScope,
            withExamples);
        foreach (var layer in layers.Where(l => policies.TrueForAll(p => p.Id != l.Of)))
            report.Note("layer.unused", layer.Main.Front.Place, $"层“{layer.Id}”属于政策“{layer.Of}”，那个政策没有装载");
        var documents = policies.Select(p => new PolicyReader(
            WithMeasures(p, tree), [.. layers.Where(l => l.Of == p.Id).Select(l => WithMeasures(l, tree))], load)
            .Read()).ToList();
        load.Settings.ReportUnused(report);
        var program = new PolicyProgram(documents, dictionary);
        return new LoadResult(report.HasErrors ? null : program, program, report.Findings, tree.Used, tables);
    }

    private static PolicySource WithMeasures(PolicySource source, PolicyFiles tree) =>
        source with { Measures = tree.ReadMeasures(source.Folder) };

    private static List<PolicySource> Choose(List<PolicySource> sources, IReadOnlyList<string> ids, Report report)
    {
        var policies = sources.Where(s => !s.IsLayer).ToList();
        foreach (var twice in policies.GroupBy(p => p.Id).Where(g => g.Count() > 1))
            report.Error("name.duplicate", twice.Last().Main.Front.Place, $"政策“{twice.Key}”有两个", "换一个编号");
        if (ids.Count == 0) return [.. policies.Where(p => !p.IsSample)];
        foreach (var id in ids.Where(id => policies.TrueForAll(p => p.Id != id)))
            report.Error("policy.unknown", new Location("policies", 1, 1), $"没有政策“{id}”",
                Nearest.Mend(id, policies.Select(p => p.Id)));
        return [.. policies.Where(p => ids.Contains(p.Id))];
    }

    private static PolicySource? ChooseLayer(
        List<PolicySource> sources, string id, List<PolicySource> policies, Report report)
    {
        var layers = sources.Where(s => s.IsLayer).ToList();
        if (layers.Find(l => l.Id == id) is { } found) return found;
        report.Error("layer.unknown", new Location("policies", 1, 1), $"没有层“{id}”",
            Nearest.Mend(id, layers.Where(l => policies.Exists(p => p.Id == l.Of)).Select(l => l.Id)));
        return null;
    }

    private static ReferenceTables ReadTables(PolicyFiles tree, List<PolicySource> layers, Report report)
    {
        var tables = ReferenceTables.Load(tree.UseReference());
        foreach (var layer in layers)
            if (tree.Use($"{layer.Folder}/lpr.csv") is { } lpr) tables = tables.With($"{layer.Folder}/lpr.csv", lpr);
        foreach (var finding in tables.Findings)
            report.Error(finding.Code, finding.Location, finding.Message, finding.Mend);
        return tables;
    }

    /// <summary>The folders whose facts join the dictionary: all, so that a subject's facts can be read whatever
    /// decides; but a sample's, and its layers', only where it is asked for.</summary>
    private static List<string> Adding(List<PolicySource> sources, List<PolicySource> chosen) =>
    [
        .. sources.Where(s => chosen.Exists(c => c.Id == s.Of) ||
            sources.Exists(p => !p.IsLayer && p.Id == s.Of && !p.IsSample)).Select(s => s.Folder),
    ];

    /// <summary>The globals and functions that every expression sees, over slots of their own.</summary>
    private static Scope ScopeOf(IReadOnlyList<Feel.Functions.Builtin> functions)
    {
        var scope = new Scope(strict: true);
        foreach (var function in functions) scope.Add(function);
        scope.Add(new Symbol("判定日", FeelType.Date, Globals.DecisionDate, global: true));
        scope.Add(new Symbol("印发日", FeelType.Date, Globals.IssueDate, global: true));
        scope.Add(new Symbol("执行期", new RangeType(FeelType.Date), Globals.Life, global: true));
        return scope;
    }

    private static Dictionary ReadDictionary(
        PolicyFiles tree, List<string> adding, Report report, NameRules names, ValueReader values, Func<Scope> newScope)
    {
        var facts = tree.ReadFacts(adding);
        if (facts.Count == 0)
        {
            report.Error("dictionary.missing", new Location(PolicyFiles.Facts, 1, 1), "没有数据字典",
                $"写 {PolicyFiles.Facts}");
            facts.Add(MarkdownFile.Parse(new SourceText(PolicyFiles.Facts, "## 主体\n"), report));
        }
        var dictionary = new DictionaryReader(report, names).Read(facts);
        new DefinitionsReader(report, names, dictionary, values, newScope).Read(tree.ReadDefinitions(adding));
        return dictionary;
    }
}
