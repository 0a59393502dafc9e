using Zhida.Feel.Values;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Batch;

/// <summary>Missing facts as one text: their paths, each once, in the order of the dictionary (an object before its
/// facts, its yearly facts last), joined by ；.</summary>
public sealed class MissingText
{
    private readonly Dictionary<object, (int Rank, string Path)> _known = new(ReferenceEqualityComparer.Instance);

    public MissingText(Dictionary dictionary)
    {
        foreach (var type in dictionary.Objects.Values)
        {
            _known[type] = (_known.Count, type.Name);
            foreach (var fact in type.Facts.Concat(type.YearFacts)) _known[fact] = (_known.Count, fact.Path);
        }
    }

    /// <summary>The text of the causes that are a <see cref="MissingFact"/> or <see cref="MissingObject"/>; empty where
    /// none is.</summary>
    public string Of(IReadOnlyList<Cause> causes)
    {
        if (causes.Count == 0) return "";
        var missing = new SortedList<int, string>();
        foreach (var cause in causes)
        {
            object? what = cause switch
            {
                MissingFact { Fact: var fact } => fact,
                MissingObject { Type: var type } => type,
                _ => null,
            };
            if (what is null) continue;
            var (rank, path) = _known[what];
            missing[rank] = path;
        }
        return string.Join(TableLayout.Separator, missing.Values);
    }
}
