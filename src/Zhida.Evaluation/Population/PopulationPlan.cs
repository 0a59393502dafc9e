using System.Globalization;
using System.Text;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Population;

/// <summary>population.txt bound to a dictionary: tables, kinds of subjects, stories. Shared by the threads of a run.
/// </summary>
internal sealed class PopulationPlan
{
    /// <summary>In ten thousand subjects, those that have an object of which nothing particular is told.</summary>
    private const int Nondescript = 12, NondescriptAlone = 300;

    private readonly TextStore _texts = new();
    private readonly Dictionary<string, Cell> _interned = new(StringComparer.Ordinal);
    private readonly SourceReader _sources;
    private readonly Distributions _words = Distributions.Read();
    private readonly int[] _kindUpTo;

    public PopulationPlan(Dictionary dictionary, ReferenceTables reference)
    {
        Dictionary = dictionary;
        Tables = [.. TableLayout.Of(dictionary).Select(t => new TableShape(t))];
        Places = new Places(reference.Divisions, _words.Cities, Intern);
        _sources = new SourceReader(Places, reference.Industries, Tables[0], _words.Defaults, Intern);
        foreach (var type in dictionary.Objects.Values.Where(t => t != dictionary.Subject))
        {
            var alone = _words.Stories.TrueForAll(s => s.Object != type.Name);
            _words.Stories.Add(new StoryWords(type.Name, "泛泛")
                { Frequency = { ["全部"] = alone ? NondescriptAlone : Nondescript } });
        }
        Stories = [.. _words.Stories.Where(s => dictionary.Objects.ContainsKey(s.Object)).Select(StoryOf)];
        foreach (var story in Stories) story.Refers = [.. RefersOf(story)];
        Kinds = [.. _words.Kinds.Select(KindOf)];
        var sum = 0;
        _kindUpTo = [.. _words.Kinds.Select(k => sum += k.Share)];
        Initials = [.. Tables.Select(t => t.Layout.Object.Name.EnumerateRunes().First().ToString())
            .Select(Encoding.UTF8.GetBytes)];
    }

    public Dictionary Dictionary { get; }

    public IReadOnlyList<TableShape> Tables { get; }

    public Places Places { get; }

    public IReadOnlyList<StoryPlan> Stories { get; }

    public IReadOnlyList<KindPlan> Kinds { get; }

    /// <summary>By table, the first character of its object's name, for ids.</summary>
    public IReadOnlyList<byte[]> Initials { get; }

    public int Elsewhere => _words.Cities["省外"];

    public int NearGroups => _words.Groups["相邻"];

    public int FarGroups => _words.Groups["相隔"];

    /// <summary>Keeps a text for the whole run. Not for many threads.</summary>
    public Cell Intern(string text) =>
        _interned.TryGetValue(text, out var cell) ? cell : _interned[text] = _texts.Add(text);

    public int DrawKind(ref Draws draws)
    {
        var at = draws.Below(_kindUpTo[^1]);
        var i = 0;
        while (_kindUpTo[i] <= at) i++;
        return i;
    }

    public int TableOf(ObjectType type) => IndexOf(t => t.Layout.Object == type && !t.Layout.Yearly);

    public int YearTableOf(ObjectType type) => IndexOf(t => t.Layout.Object == type && t.Layout.Yearly);

    private int IndexOf(Func<TableShape, bool> wanted)
    {
        for (var i = 0; i < Tables.Count; i++)
            if (wanted(Tables[i])) return i;
        return -1;
    }

    private KindPlan KindOf(KindWords words)
    {
        var facts = Dictionary.Subject.Facts.Where(f => f.Name != TableLayout.Id).Select(f => (f, Tables[0].ColumnOf(f),
            _sources.Read(words.Facts.GetValueOrDefault(f.Name) ?? _words.Subject.GetValueOrDefault(f.Name), f,
                Tables[0])));
        var stories = Stories.Select(s => (s, s.Words.Frequency.GetValueOrDefault(words.Name) +
            s.Words.Frequency.GetValueOrDefault("全部"))).Where(s => s.Item2 > 0 || s.s.Words.Joint > 0);
        return new KindPlan(Encoding.UTF8.GetBytes(words.Authority), new RowPlan(facts, Missing),
            [.. stories]);
    }

    private StoryPlan StoryOf(StoryWords words, int index)
    {
        var type = Dictionary.Objects[words.Object];
        var table = TableOf(type);
        return new StoryPlan(index, table, words)
        {
            Counts = new OneOf([.. words.Counts.Split('|', StringSplitOptions.TrimEntries).Select(Count)]),
            Facts = new RowPlan(FactsOf(
                words, type.Facts.Where(f => f.Name != TableLayout.Id), Tables[table], "", null), Missing),
            SubjectFacts = new RowPlan(FactsOf(words, Dictionary.Subject.Facts
                .Where(f => words.Facts.ContainsKey($"主体.{f.Name}")), Tables[0], "主体.", null), Missing),
            Years = YearsOf(words, type, Tables[table]),
            Grant = GrantOf(words),
        };
    }

    private static (Source, int) Count(string text)
    {
        var parts = text.Split('*');
        return (new Always(Cell.Of(long.Parse(parts[0], CultureInfo.InvariantCulture))),
            parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
    }

    private IEnumerable<(Fact, int, Source)> FactsOf(
        StoryWords words, IEnumerable<Fact> facts, TableShape shape, string prefix, TableShape? owner) =>
        facts.Select(f => (f, shape.ColumnOf(f),
            _sources.Read(words.Facts.GetValueOrDefault(prefix + f.Name), f, shape, owner)));

    private YearPlan? YearsOf(StoryWords words, ObjectType type, TableShape shape)
    {
        if (type.YearFacts.Count == 0) return null;
        var table = YearTableOf(type);
        int Column(string? name) =>
            name is null ? -1 : shape.ColumnOf(type.Facts.First(f => f.Name == name));
        return new YearPlan(table, Column(words.Years?.First), Column(words.Years?.Last),
            new RowPlan(FactsOf(words, type.YearFacts, Tables[table], "年.", shape), Missing));
    }

    private GrantPlan? GrantOf(StoryWords words)
    {
        if (words.Grant is not [var chance, var item, var scope, var period, var amount]) return null;
        Cell Optional(string text) => text == "-" ? Cell.Unknown : Intern(text);
        // Spread as money is: by the first such fact of the dictionary.
        var money = Dictionary.Subject.Facts.First(f => f.Kind == FactKind.Money);
        return new GrantPlan(int.Parse(chance, CultureInfo.InvariantCulture), Intern(item), Optional(scope),
            Optional(period), _sources.Read(amount, money, Tables[0]));
    }

    private IEnumerable<(int, int, StoryPlan?)> RefersOf(StoryPlan story)
    {
        var type = Tables[story.Table].Layout.Object;
        foreach (var reference in type.References.Where(r => r.Target != Dictionary.Subject))
        {
            var name = story.Words.Refers.GetValueOrDefault(reference.Target.Name);
            var target = name is null && reference.Optional ? null
                : Stories.First(s => s.Words.Object == reference.Target.Name && s.Words.Name == (name ?? "泛泛"));
            yield return (Tables[story.Table].ColumnOf(reference.Target), TableOf(reference.Target), target);
        }
    }

    private int Missing(Fact fact) =>
        fact.Name == TableLayout.Filed ? 0 : _words.Missing[fact.Register == "自报" ? "自报" : "登记"];
}
