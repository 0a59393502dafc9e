namespace Zhida.Feel;

/// <summary>The names most like a misspelt one, by edit distance, as a mend.</summary>
public static class Nearest
{
    /// <summary>Nobody misspells a longer name; comparing takes time.</summary>
    private const int LongestName = 100;

    public static string? Mend(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestName) return null;
        var near = candidates.Select(c => (Name: c, Distance: Distance(name, c)))
            .Where(c => c.Distance <= Math.Max(1, Math.Max(name.Length, c.Name.Length) / 2))
            .OrderBy(c => c.Distance).Take(3).Select(c => $"“{c.Name}”").ToList();
        return near.Count == 0 ? null : $"是不是 {string.Join("、", near)}？";
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
