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
    /// <summary>All lines of a population, those that are 不符合 too, the counts, and the near misses, in an order of
    /// their own.</summary>
    public static List<string> By(
        RunContext context, IReadOnlyList<Chunk> chunks, Func<ChunkDecider> decider)
    {
        using var folder = new TemporaryFolder();
        var settlement = new Settlement(context, new CapScopes(context), folder.Path, SmallRun.Plenty);
        var cities = new SubjectCities(context);
        var (told, way) = (new List<string>(), decider());
        var (counts, near) = (new SortedDictionary<(int, int, int), long>(), new SortedDictionary<NearMiss, long>());
        foreach (var chunk in chunks)
        {
            var settler = settlement.Of(chunk, cities.Of(chunk));
            way.Decide(chunk, new WithNearMisses(settler, near), all: true);
            told.AddRange(settler.Finish().Select(l => Line(l, context)));
            foreach (var (at, lines) in settler.Failed) counts[at] = counts.GetValueOrDefault(at) + lines;
        }
        told.AddRange(settlement.Global().Select(l => Line(l, context)));
        told.Sort(StringComparer.Ordinal);
        told.AddRange(counts.Select(c => $"counted {c.Key}: {c.Value}"));
        told.AddRange(near.Select(n => $"near {n.Key}: {n.Value}"));
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

    private readonly record struct NearMiss(int Item, int City, int Condition, long Gap) : IComparable<NearMiss>
    {
        public int CompareTo(NearMiss other) =>
            (Item, City, Condition, Gap).CompareTo((other.Item, other.City, other.Condition, other.Gap));

        public override string ToString() =>
            $"({Item}, {City}, {Condition}) by {(Gap == LineSink.NoGap ? "-" : Gap.ToString())}";
    }

    /// <summary>Hands everything on, and counts near misses by all that is said of them.</summary>
    private sealed class WithNearMisses(LineSink sink, SortedDictionary<NearMiss, long> near) : LineSink
    {
        public override bool WantsNearMisses => true;

        public override void Add(in DecidedLine line, ReadOnlySpan<CapAsk> asks) => sink.Add(line, asks);

        public override void CountFailed(int item, int city, int condition, long lines) =>
            sink.CountFailed(item, city, condition, lines);

        public override void CountNearMiss(int item, int city, int condition, long gap)
        {
            var key = new NearMiss(item, city, condition, gap);
            near[key] = near.GetValueOrDefault(key) + 1;
        }
    }
}
