using System.Text;
using Zhida.Evaluation.Reading;
using Zhida.Feel.Values;
using Zhida.Policy.Batch;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Tables;
using Zhida.Tests.Policy.Reference;
using Zhida.Tests.Populations;
using Record = Zhida.Feel.Values.Record;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>A made-up population read as chunks is the one that another reader finds in the same files, and what the
/// items don't need is not missed.</summary>
public sealed class PopulationReadingTests(WrittenPopulation population) : IClassFixture<WrittenPopulation>
{
    private List<Chunk> Read(Needs needs)
    {
        using var log = new RejectLog(new StringWriter());
        var (source, findings) = FactSource.Open(population.Folder, population.Dictionary, ReferenceFiles.Tables, needs,
            new ReadOptions { Rejects = log, TemporaryFolder = population.Folder, ChunkSize = 700 });
        Assert.Empty(findings);
        using var reader = source!.OpenReader();
        var chunks = new List<Chunk>();
        while (reader.Next() is { } chunk) chunks.Add(chunk);
        Assert.Equal(0, log.Count);
        Assert.Equal(WrittenPopulation.Size, chunks.Sum(c => c.Subjects.Count));
        return chunks;
    }

    [Fact]
    public void Every_subject_has_the_facts_of_its_files()
    {
        var facts = new FactsOfChunk(population.Dictionary);
        var json = new FactsReader(population.Dictionary, ReferenceFiles.Tables);
        foreach (var chunk in Read(Needs.All(population.Dictionary)))
            for (var s = 0; s < chunk.Subjects.Count; s++)
            {
                var id = chunk.Subjects.Ids.Pool[chunk.Subjects.Ids[s]];
                var (expected, findings) = json.Read(
                    Encoding.UTF8.GetBytes(population.Subjects[id].ToJsonString()), id);
                Assert.Empty(findings);
                Assert.Equal(Say(expected!), Say(facts.Of(chunk, s)));
            }
    }

    private string Say(SubjectFacts facts)
    {
        var text = new StringBuilder();
        foreach (var type in population.Dictionary.Objects.Values)
        {
            text.Append('\n').Append(type.Name);
            if (facts.Objects(type) is not { } objects) text.Append(" ?");
            else
                foreach (var record in objects) Append(text, type, record, facts);
        }
        foreach (var grant in facts.Grants) text.Append('\n').Append(ChunkText.Line(grant));
        return text.ToString();
    }

    private static void Append(StringBuilder text, ObjectType type, Record record, SubjectFacts facts)
    {
        text.Append("\n  ").Append(record.Id);
        foreach (var fact in type.Facts)
            if (!record[fact.Slot].IsUnset) text.Append($" {fact.Name}={Plain(record[fact.Slot])}");
        foreach (var reference in type.References)
            if (record[reference.Slot] is { Kind: ValueKind.Context } to)
                text.Append($" {reference.Target.Name}→{((Record)to.Context).Id}");
        for (var year = 2010; year < 2040; year++)
            if (facts.Year(record, $"{year}") is { } entry)
                foreach (var fact in type.YearFacts)
                    if (!entry[fact.Slot].IsUnset) text.Append($" {year}.{fact.Name}={Plain(entry[fact.Slot])}");
    }

    private static string Plain(Value value) => value.IsNumber ? FactTables.Text(value.Number) : value.ToString()!;

    [Fact]
    public void What_is_not_needed_makes_no_difference()
    {
        var program = population.Load.Program!;
        var items = program.Policies.SelectMany(p => p.Items).ToList();
        var context = new RunContext(program, ReferenceFiles.Tables, new DateOnly(2026, 6, 30), items);
        List<string> Decide(Needs needs)
        {
            var decider = new InterpretingDecider(context);
            var lines = new Lines();
            foreach (var chunk in Read(needs)) decider.Decide(chunk, lines, all: true);
            return lines.Said;
        }
        var all = Decide(Needs.All(program.Dictionary));
        Assert.True(all.Count > WrittenPopulation.Size * 3);
        Assert.Equal(all, Decide(Needs.Of(items, program.Dictionary)));
    }

    private sealed class Lines : LineSink
    {
        public List<string> Said { get; } = [];

        public override void Add(in DecidedLine line, ReadOnlySpan<CapAsk> asks) =>
            Said.Add($"{line} {string.Join(' ', asks.ToArray())}");

        public override void CountFailed(int item, int city, int condition, long lines) =>
            Said.Add($"{item} {city} {condition} {lines}");
    }
}
