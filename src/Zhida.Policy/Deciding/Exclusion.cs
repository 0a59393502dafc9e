using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>互斥: of the items that meet on one claim object, no two of one group may be granted. At most eight items
/// meet (the checker refuses more), so every lawful choice is tried.</summary>
internal static class Exclusion
{
    /// <summary>The lawful subset worth most; ties go to the earlier items.</summary>
    public static IReadOnlyList<Item> Choose(IReadOnlyList<Item> items, Func<IReadOnlyList<Item>, decimal> worth)
    {
        IReadOnlyList<Item> best = [];
        var most = decimal.MinValue;
        // From the mask with all early items down: the first of equals has the earlier items.
        foreach (var mask in Enumerable.Range(1, (1 << items.Count) - 1).OrderBy(m => EarlyFirst(m, items.Count)))
        {
            var subset = items.Where((_, i) => (mask >> i & 1) == 1).ToList();
            if (!IsLawful(subset) || worth(subset) is var value && value <= most) continue;
            (best, most) = (subset, value);
        }
        return best;
    }

    private static int EarlyFirst(int mask, int count)
    {
        var reversed = 0;
        for (var i = 0; i < count; i++) reversed |= (mask >> i & 1) << (count - 1 - i);
        return -reversed;
    }

    private static bool IsLawful(List<Item> subset)
    {
        for (var i = 0; i < subset.Count; i++)
        for (var j = i + 1; j < subset.Count; j++)
            if (subset[i].ExclusionGroups.Intersect(subset[j].ExclusionGroups).Any()) return false;
        return true;
    }
}
