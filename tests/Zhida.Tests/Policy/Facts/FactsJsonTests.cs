using System.Text;
using Xunit;
using Zhida.Evaluation.Reading;
using Zhida.Policy.Batch;
using Zhida.Policy.Facts;
using Zhida.Tests.Populations;

namespace Zhida.Tests.Policy.Facts;

/// <summary>Facts of tables as JSON are the facts that a reader of the tables who knows nothing of chunks writes.
/// </summary>
public sealed class FactsJsonTests(WrittenPopulation population) : IClassFixture<WrittenPopulation>
{
    [Fact]
    public void Made_up_subjects_read_from_their_json_are_the_same()
    {
        using var folder = new TemporaryFolder();
        var dictionary = population.Dictionary;
        var source = FactSource.Open(population.Folder, dictionary, population.Load.Tables, Needs.All(dictionary),
            new ReadOptions { Rejects = new RejectLog(TextWriter.Null), TemporaryFolder = folder.Path }).Source!;
        using var chunks = source.OpenReader();
        var (reader, of) = (new FactsReader(dictionary, population.Load.Tables), new FactsOfChunk(dictionary));
        var seen = 0;
        for (var number = 0; number < source.Chunks; number++)
        {
            var chunk = chunks.Read(number);
            for (var subject = 0; subject < chunk.Subjects.Count; subject++)
            {
                var told = FactsJson.Of(of.Of(chunk, subject)).ToJsonString();
                var id = chunk.Subjects.Ids.Pool[chunk.Subjects.Ids[subject]];
                Assert.Equal(told, Again(reader, told));
                Assert.Equal(told, Again(reader, population.Subjects[id].ToJsonString()));
                seen++;
            }
        }
        Assert.Equal(WrittenPopulation.Size, seen);
    }

    private static string Again(FactsReader reader, string json)
    {
        var (facts, findings) = reader.Read(Encoding.UTF8.GetBytes(json), "facts");
        Assert.Empty(findings);
        return FactsJson.Of(facts!).ToJsonString();
    }
}
