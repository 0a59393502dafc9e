using Zhida.Policy.Batch;
using Zhida.Policy.Tables;

namespace Zhida.Policy.Columns;

/// <summary>Sets of missing facts as codes of <see cref="RunContext.Missing"/>: facts are added one by one, in order,
/// and each set that comes up is written once. Used by one thread.</summary>
internal sealed class MissingCodes(Pool missing, IReadOnlyList<string> paths)
{
    private readonly Dictionary<(int Set, int Fact), int> _next = [];
    private readonly List<(string Text, int Code)> _sets = [("", 0)];

    /// <summary>The set, of number <paramref name="set"/> (0: empty), with one more fact.</summary>
    public int With(int set, int fact)
    {
        if (_next.TryGetValue((set, fact), out var next)) return next;
        var text = set == 0 ? paths[fact] : _sets[set].Text + TableLayout.Separator + paths[fact];
        _sets.Add((text, 0));
        return _next[(set, fact)] = _sets.Count - 1;
    }

    public int CodeOf(int set)
    {
        var (text, code) = _sets[set];
        if (set != 0 && code == 0) _sets[set] = (text, code = missing.Add(text));
        return code;
    }
}
