using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Facts;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;
using Zhida.Tests.Policy.Batch;

namespace Zhida.Tests.Evaluation.Agreement;

/// <summary>What the ways of deciding a population say of it, cell by cell.</summary>
internal static class Told
{
    /// <summary>All lines of a population, those that are 不符合 too, and the counts, in an order of their own.</summary>
    public static List<string> By(
        RunContext context, IReadOnlyList<Chunk> chunks, Func<ChunkDecider> decider)
    {
        using var folder = new TemporaryFolder();
        var settlement = new Settlement(context, new CapScopes(context), folder.Path, SmallRun.Plenty);
        var cities = new SubjectCities(context);
        var (told, way) = (new List<string>(), decider());
        var counts = new SortedDictionary<(int, int, int), long>();
        foreach (var chunk in chunks)
        {
            var settler = settlement.Of(chunk, cities.Of(chunk));
            way.Decide(chunk, settler, all: true);
            told.AddRange(settler.Finish().Select(l => Line(l, context)));
            foreach (var (at, lines) in settler.Failed) counts[at] = counts.GetValueOrDefault(at) + lines;
        }
        told.AddRange(settlement.Global().Select(l => Line(l, context)));
        told.Sort(StringComparer.Ordinal);
        told.AddRange(counts.Select(c => $"counted {c.Key}: {c.Value}"));
        return told;
    }

    private static string Line(ResultLine line, RunContext context)
    {
        var item = context.Items[line.Item];
        return $"{line.Subject} {item.Id} {line.Object} {PeriodCode.Name(line.Period)} {Words.Of(line.Outcome)} " +
            $"{Words.Of(line.State)} {line.Amount?.ToString() ?? "-"} " +
            $"{(line.FirstFailed < 0 ? "-" : item.Conditions[line.FirstFailed].Label)} " +
            $"[{context.Missing[line.Missing]}] {line.Bit ?? "-"} {context.Cities.Names[line.City]}";
    }

    /// <summary>The first lines in which two ways differ; empty: none.</summary>
    public static string Difference(IReadOnlyList<string> expected, IReadOnlyList<string> actual, int most = 6)
    {
        var missing = expected.Except(actual).Take(most).ToList();
        var more = actual.Except(expected).Take(most).ToList();
        if (missing.Count + more.Count > 0)
            return string.Join('\n', missing.Select(l => "  − " + l).Concat(more.Select(l => "  + " + l)));
        return expected.Count == actual.Count ? "" : $"{expected.Count} lines, {actual.Count} lines";
    }
}
