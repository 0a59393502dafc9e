using Zhida.Evaluation.Reading;
using Zhida.Policy;
using Zhida.Policy.Tables;
using Zhida.Tests.Policy.Reference;

namespace Zhida.Tests.Evaluation.Reading;

/// <summary>What reading tables gave: the chunks, the lines of the reject file without its head, the findings.
/// </summary>
internal sealed record ReadResult(
    IReadOnlyList<Chunk> Chunks, IReadOnlyList<string> Rejects, IReadOnlyList<Finding> Findings)
{
    public string Text => ChunkText.Of(Chunks);

    public static ReadResult Of(string path, int chunkSize = 16_384, int threads = 1, Needs? needs = null)
    {
        using var folder = new TemporaryFolder();
        var log = new StringWriter();
        var rejects = new RejectLog(log);
        var (source, findings) = FactSource.Open(path, SmallFacts.Dictionary, ReferenceFiles.Tables,
            needs ?? Needs.All(SmallFacts.Dictionary),
            new ReadOptions
            {
                Rejects = rejects, TemporaryFolder = folder.Path, ChunkSize = chunkSize, Threads = threads,
            });
        if (source is null) return new ReadResult([], [], findings);
        var chunks = new Chunk[source.Chunks];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            using var reader = source.OpenReader();
            while (reader.Next() is { } chunk) chunks[chunk.Number] = chunk;
        });
        rejects.Dispose();
        var lines = log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(RejectLog.Header, lines[0]);
        Assert.Equal(rejects.Count, lines.Length - 1);
        return new ReadResult(chunks, lines[1..], findings);
    }
}
