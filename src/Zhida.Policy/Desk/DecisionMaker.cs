using Zhida.Policy.Bundles;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Loading;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;

namespace Zhida.Policy.Desk;

/// <summary>Makes decisions that can be made again: it holds a program and the version that it came from.</summary>
public sealed class DecisionMaker
{
    private readonly IReadOnlyDictionary<string, byte[]> _files;
    private readonly LoadResult _load;
    private readonly IReadOnlyList<string> _layers;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private DecisionMaker(
        IReadOnlyDictionary<string, byte[]> files, LoadResult load, PolicyProgram program,
        IReadOnlyList<string> layers, IReadOnlyDictionary<string, string> settings)
    {
        (_files, _load, Program, _layers, _settings) = (files, load, program, layers, settings);
        Bundle = Bundle.Create([.. program.Policies.Select(p => p.Id)], layers, settings,
            load.Files.ToDictionary(f => f.Path, f => f.Bytes));
    }

    public PolicyProgram Program { get; }

    /// <summary>The reference tables that its functions read.</summary>
    public ReferenceTables Tables => _load.Tables;

    /// <summary>The version: everything that decides.</summary>
    public Bundle Bundle { get; }

    /// <summary>Why layers that were asked for are not among those that decide.</summary>
    public IReadOnlyList<string> LayerNotes { get; private init; } = [];

    /// <summary>Loads policies with their layers. With an error among the findings there is no maker.</summary>
    /// <param name="files">By path relative to the root of a tree.</param>
    /// <param name="policies">Empty: all but samples.</param>
    /// <param name="layers">In the order in which they apply.</param>
    /// <param name="settings">Values for open places, by name.</param>
    /// <param name="withExamples">Whether items have their examples: to be shown, not to decide.</param>
    public static (DecisionMaker? Maker, IReadOnlyList<Finding> Findings) Open(
        IReadOnlyDictionary<string, byte[]> files, IReadOnlyList<string> policies, IReadOnlyList<string> layers,
        IReadOnlyDictionary<string, string> settings, bool withExamples = false)
    {
        var load = PolicyLoader.Load(files, policies, layers, settings, withExamples);
        var maker = load.Program is { } program ? new DecisionMaker(files, load, program, layers, settings) : null;
        return (maker, load.Findings);
    }

    /// <summary>The facts of a file, or what is wrong with it.</summary>
    public (SubjectFacts? Facts, IReadOnlyList<Finding> Findings) ReadFacts(ReadOnlyMemory<byte> json, string file)
    {
        var (facts, findings) = new FactsReader(Program.Dictionary, _load.Tables).Read(json, file);
        if (facts is null || CaseCheck.Of(facts, Program, file) is not { Count: > 0 } wrong) return (facts, findings);
        return (null, wrong);
    }

    /// <summary>The maker whose layers are those that apply to the subject (管辖), and the facts for it; this one where
    /// all of them do. Null and findings where that can't be loaded, for a setting that only another layer knows.
    /// </summary>
    public (DecisionMaker? Maker, SubjectFacts? Facts, IReadOnlyList<Finding> Findings) For(SubjectFacts facts)
    {
        var (applied, notes) = Jurisdiction.Of(Program, _layers, facts);
        if (notes.Count == 0) return (this, facts, []);
        var load = PolicyLoader.Load(
            _files, [.. Program.Policies.Select(p => p.Id)], applied, _settings, withExamples: false);
        if (load.Program is not { } program) return (null, null, load.Findings);
        var maker = new DecisionMaker(_files, load, program, applied, _settings) { LayerNotes = notes };
        var (again, findings) = new FactsReader(program.Dictionary, load.Tables).Read(facts.Source, "facts");
        return (maker, again, findings);
    }

    /// <summary>Items by number (4.1) or id (liaoning-2026:4.1).</summary>
    public IReadOnlyList<Item> Find(string item) =>
        [.. Program.Policies.SelectMany(p => p.Items).Where(i => i.Id == item || i.Number == item)];

    /// <summary>Decides all items, for caps are shared, and reports on those asked for. Of facts with claims only the
    /// claimed lines are decided: what others drew stands in their balances.</summary>
    /// <param name="facts">About one subject.</param>
    /// <param name="on">判定日.</param>
    /// <param name="only">Ids of the items to report on; null: all.</param>
    public Decision Decide(SubjectFacts facts, DateOnly on, IReadOnlyCollection<string>? only = null)
    {
        IReadOnlyList<ItemResult> items =
            new Decider(Program, on, facts.Claims is null ? null : item => facts.Decides(item)).Decide(facts);
        if (only is not null) items = [.. items.Where(i => only.Contains(i.Item.Id))];
        return new Decision
        {
            Bundle = Bundle.Id,
            Policies = [.. Program.Policies.Select(p => p.Id)],
            Layers = _layers,
            LayerNotes = LayerNotes,
            Settings = _settings,
            On = on,
            Facts = facts.Source,
            Items = items,
            NextQuestions = Questions.Of(items),
        };
    }
}
