using Zhida.Policy.Program;

namespace Zhida.Evaluation.Population;

/// <summary>How the facts of a row are drawn: each by its source, those that others hang on first.</summary>
internal sealed class RowPlan
{
    private readonly (int Column, Source Source, int Missing)[] _steps;

    /// <param name="facts">The facts, with their columns and how they are spread.</param>
    /// <param name="missing">In ten thousand, how often a fact is not known.</param>
    public RowPlan(IEnumerable<(Fact Fact, int Column, Source Source)> facts, Func<Fact, int> missing)
    {
        var waiting = facts.ToList();
        var steps = new List<(int, Source, int)>();
        var drawn = new HashSet<int>();
        while (waiting.Count > 0)
        {
            var columns = waiting.Select(w => w.Column).ToHashSet();
            var ready = waiting.Where(w => w.Source.Needs.All(n => !columns.Contains(n.Index))).ToList();
            if (ready.Count == 0)
                throw new InvalidOperationException($"population.txt: a circle around {waiting[0].Fact.Path}");
            foreach (var (fact, column, source) in ready) steps.Add((column, source, missing(fact)));
            waiting.RemoveAll(ready.Contains);
        }
        _steps = [.. steps];
    }

    /// <summary>Draws every fact.</summary>
    public void Fill(Making m, Cell[] row)
    {
        m.Row = row;
        foreach (var (column, source, _) in _steps) row[column] = source.Draw(m);
    }

    /// <summary>Makes some of them unknown.</summary>
    public void Blank(ref Draws draws, Cell[] row)
    {
        foreach (var (column, _, missing) in _steps)
            if (draws.Chance(missing)) row[column] = Cell.Unknown;
    }
}

/// <summary>A kind of subject, and which stories it may have with what chance in ten thousand.</summary>
internal sealed record KindPlan(
    byte[] Authority, RowPlan Facts, IReadOnlyList<(StoryPlan Story, int Frequency)> Stories);

/// <summary>A story that makes objects of one type.</summary>
internal sealed class StoryPlan(int index, int table, StoryWords words)
{
    /// <summary>Index among the stories.</summary>
    public int Index { get; } = index;

    /// <summary>Index of the table of its objects.</summary>
    public int Table { get; } = table;

    public StoryWords Words { get; } = words;

    public required Source Counts { get; init; }

    public required RowPlan Facts { get; init; }

    /// <summary>Facts of the subject that the story settles.</summary>
    public required RowPlan SubjectFacts { get; init; }

    /// <summary>By column: the story whose object the row refers to; null: it refers to none. Set when all stories are
    /// there.</summary>
    public IReadOnlyList<(int Column, int Target, StoryPlan? Story)> Refers { get; set; } = [];

    public YearPlan? Years { get; init; }

    public GrantPlan? Grant { get; init; }
}

/// <summary>A year's facts: which table, which columns of the object hold the first and the last day (−1: there are
/// none, and the year is that of the decisions).</summary>
internal sealed record YearPlan(int Table, int First, int Last, RowPlan Facts);

/// <summary>An earlier grant that goes with a story.</summary>
internal sealed record GrantPlan(int Chance, Cell Item, Cell Scope, Cell Period, Source Amount);
