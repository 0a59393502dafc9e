using Xunit;
using Zhida.Feel.Values;
using Zhida.Policy.Batch;
using Zhida.Policy.Facts;
using Record = Zhida.Feel.Values.Record;

namespace Zhida.Tests.Policy.Batch;

/// <summary>Facts that become columns and facts again are the same facts.</summary>
internal static class RoundTrip
{
    public static void Check(string name, SubjectFacts facts)
    {
        var (chunk, problems) = new ChunkOfFacts(facts.Dictionary).Of([facts]);
        Assert.True(problems.Count == 0, $"{name}: {string.Join('\n', problems)}");
        var again = new FactsOfChunk(facts.Dictionary).Of(chunk!, 0);
        Assert.Equal(Told(facts), Told(again));
        Assert.Equal(facts.Grants, again.Grants);
    }

    private static List<string> Told(SubjectFacts facts)
    {
        var told = new List<string>();
        foreach (var type in facts.Dictionary.Objects.Values)
        {
            told.Add($"{type.Name}: {(facts.Objects(type) is { } some ? some.Count : "?")}");
            foreach (var record in facts.Objects(type) ?? []) told.Add(Told(record));
        }
        told.AddRange(facts.Years.Select(y => $"{y.Key.Owner.Id} {y.Key.Year}: {Told(y.Value)}").Order());
        return told;
    }

    /// <summary>What is stored; derived members come from it.</summary>
    private static string Told(Record record) => $"{record.Id} " + string.Join(", ", Enumerable
        .Range(0, record.Type.Members.Count).Where(i => record.Type.Members[i].Derivation is null)
        .Select(i => Told(record[i])));

    private static string Told(Value value) => value.Kind switch
    {
        ValueKind.Unset => "-",
        ValueKind.Context => ((Record)value.Context).Id,
        ValueKind.List => $"[{string.Join(", ", value.Items.Select(Told))}]",
        _ => value.ToString(),
    };
}
