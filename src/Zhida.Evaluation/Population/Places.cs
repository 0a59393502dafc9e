using Zhida.Policy.Reference;

namespace Zhida.Evaluation.Population;

/// <summary>Counties of Liaoning with the weights of their cities, and other provinces.</summary>
internal sealed class Places
{
    private readonly List<(int First, int Count, int UpTo)> _cities = [];
    private readonly bool[] _zone;
    private readonly string[] _codes;

    /// <param name="divisions">The codes.</param>
    /// <param name="weights">By the first four digits of a city's code; a city that isn't named weighs 1.</param>
    /// <param name="intern">Keeps a text.</param>
    public Places(Divisions divisions, IReadOnlyDictionary<string, int> weights, Func<string, Cell> intern)
    {
        var all = divisions.All.OrderBy(d => d.Code, StringComparer.Ordinal).ToList();
        _codes = [.. all.Where(d => d.Level == "county").Select(d => d.Code)];
        Counties = [.. _codes.Select(intern)];
        Elsewhere = [.. all.Where(d => d.Level == "province" && !d.Code.StartsWith("21", StringComparison.Ordinal))
            .Select(d => intern(d.Code))];
        _zone = [.. _codes.Select(c => c[..4] is "2101" or "2104")];
        var sum = 0;
        foreach (var city in _codes.Select((c, i) => (Code: c[..4], Index: i)).GroupBy(c => c.Code))
            _cities.Add((city.First().Index, city.Count(), sum += weights.GetValueOrDefault(city.Key, 1)));
    }

    public Cell[] Counties { get; }

    public Cell[] Elsewhere { get; }

    public bool MayBeInZone(int county) => _zone[county];

    public Cell[] Within(string prefix) =>
        [.. Counties.Where((_, i) => _codes[i].StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>The index of a county: cities by weight, the counties of one alike.</summary>
    public int Draw(ref Draws draws)
    {
        var at = draws.Below(_cities[^1].UpTo);
        var i = 0;
        while (_cities[i].UpTo <= at) i++;
        return _cities[i].First + draws.Below(_cities[i].Count);
    }
}
