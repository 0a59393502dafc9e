using System.Text;
using Zhida.Policy;
using Zhida.Policy.Checking;
using Zhida.Policy.Loading;
using Zhida.Policy.Testing;

namespace Zhida.Tests.Policy.Mutation;

internal enum Verdict
{
    KilledByChecker,
    KilledByExamples,
    Survived,
}

/// <summary>
/// Tries mutants against the loader, the checker and the examples. For a mutant of one item only this item is loaded,
/// without the rest of its measure and without the other measures; what check misses there already without any mutant
/// (sentences and figures that others carry) doesn't count, nor that a fact is unused: with one item alone most are.
/// </summary>
internal sealed class Trial
{
    private const string Policy = "liaoning-2026";
    private const string Layer = "liaoning-2026-demo";

    private readonly Dictionary<string, byte[]> _files;
    private readonly Dictionary<string, Edit[]> _cuts = [];
    private readonly HashSet<string> _before;

    /// <param name="files">All files.</param>
    /// <param name="measure">The name of the file that holds the item; null: all.</param>
    /// <param name="item">The item's number; null: all items.</param>
    public Trial(IReadOnlyDictionary<string, byte[]> files, string? measure, string? item)
    {
        _files = files.Where(f => IsNeeded(f.Key, measure)).ToDictionary();
        if (item is not null)
            foreach (var path in _files.Keys.Where(p => IsMeasure(p, measure!)))
                _cuts[path] = [.. OtherItems(SourceText.Of(path, files[path]), item)];
        var (bare, full) = (Check(With(null, []), []), Check(With(null, []), [Layer]));
        _before = [.. bare.Errors, .. full.Errors];
        var load = full.Load;
        Assert.True(load.Program is not null, $"{measure} {item}: {string.Join('\n', _before)}");
        var failed = new ExampleRunner(With(null, []), [Policy]).Run(Examples(load)).Where(r => !r.Passed);
        Assert.Empty(failed.Select(f => $"{f.Example.Location} {f.Example.Name} {string.Join("；", f.Differences)}"));
    }

    /// <summary>The policy's files and its layer's.</summary>
    public static IEnumerable<string> Measures(IReadOnlyDictionary<string, byte[]> files) =>
        files.Keys.Where(p => p.EndsWith(".md", StringComparison.Ordinal) &&
            (p.StartsWith($"policies/{Policy}/", StringComparison.Ordinal) ||
             p.StartsWith($"policies/{Layer}/", StringComparison.Ordinal))).Order(StringComparer.Ordinal);

    public Verdict Judge(Mutant mutant)
    {
        var files = With(mutant.Location.File, mutant.Edits);
        var isOfLayer = mutant.Location.File.StartsWith($"policies/{Layer}/", StringComparison.Ordinal);
        if (!isOfLayer && !_before.IsSupersetOf(Check(files, []).Errors)) return Verdict.KilledByChecker;
        var (load, errors) = Check(files, [Layer]);
        if (!_before.IsSupersetOf(errors)) return Verdict.KilledByChecker;
        var runner = new ExampleRunner(files, [Policy]);
        return Examples(load).Any(e => !runner.Run(e).Passed) ? Verdict.KilledByExamples : Verdict.Survived;
    }

    private static IEnumerable<Zhida.Policy.Program.Example> Examples(LoadResult load) =>
        load.Bound.Policies.SelectMany(p => p.Items).SelectMany(i => i.Examples);

    private static (LoadResult Load, List<string> Errors) Check(
        IReadOnlyDictionary<string, byte[]> files, IReadOnlyList<string> layers)
    {
        var load = PolicyLoader.Load(files, [Policy], layers, new Dictionary<string, string>());
        return (load, [.. load.Findings.Concat(Checker.Check(load.Bound))
            .Where(f => f.Severity == Severity.Error && f.Code != Checker.UnusedFact)
            .Select(f => $"{f.Code} {f.Message}")]);
    }

    private Dictionary<string, byte[]> With(string? changed, IEnumerable<Edit> edits)
    {
        var files = new Dictionary<string, byte[]>(_files);
        foreach (var path in _cuts.Keys.Append(changed).OfType<string>().Distinct())
        {
            var all = _cuts.GetValueOrDefault(path, []).Concat(path == changed ? edits : []);
            files[path] = Encoding.UTF8.GetBytes(Edit.Apply(SourceText.Of(path, _files[path]).Text, all));
        }
        return files;
    }

    private static bool IsNeeded(string path, string? measure) =>
        measure is null || !Path.GetFileName(path).EndsWith(".md", StringComparison.Ordinal) ||
        path.StartsWith("policies/common/", StringComparison.Ordinal) || IsMeasure(path, measure) ||
        path is $"policies/{Policy}/policy.md" or $"policies/{Layer}/policy.md";

    private static bool IsMeasure(string path, string measure) =>
        path == $"policies/{Policy}/{measure}" || path == $"policies/{Layer}/{measure}";

    private static IEnumerable<Edit> OtherItems(SourceText source, string item)
    {
        var sections = MarkdownFile.Parse(source, new Report()).Seconds.ToList();
        for (var i = 0; i < sections.Count; i++)
        {
            var title = sections[i].Title;
            if (!char.IsAsciiDigit(title.Span[0]) || title.Span.StartsWith(item + " ")) continue;
            var start = source.Text.LastIndexOf('\n', title.Start) + 1;
            var end = i + 1 < sections.Count ? source.Text.LastIndexOf('\n', sections[i + 1].Title.Start) + 1
                : source.Text.Length;
            yield return new Edit(start, end - start, "");
        }
    }
}
