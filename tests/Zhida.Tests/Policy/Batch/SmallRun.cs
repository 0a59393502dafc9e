using Zhida.Policy.Batch;
using Zhida.Policy.Facts;
using Zhida.Policy.Program;
using Zhida.Policy.Reference;
using Zhida.Policy.Tables;

namespace Zhida.Tests.Policy.Batch;

/// <summary>A population run in memory: facts to chunks, the reference evaluator, settlement.</summary>
internal sealed class SmallRun(RunContext context)
{
    public const long Plenty = 1 << 26;

    private readonly CapScopes _scopes = new(context);
    private readonly InterpretingDecider _decider = new(context);
    private readonly SubjectCities _cities = new(context);

    public static RunContext Context(PolicyProgram program, ReferenceTables tables, DateOnly on) =>
        new(program, tables, on, [.. program.Policies.SelectMany(p => p.Items)]);

    /// <summary>All lines, those that are 不符合 too.</summary>
    /// <param name="subjects">The population.</param>
    /// <param name="chunkSize">Subjects a chunk.</param>
    /// <param name="memory">Of the settlement.</param>
    /// <param name="backwards">Takes the last chunk first.</param>
    public List<ResultLine> Of(
        IReadOnlyList<SubjectFacts> subjects, int chunkSize = 1000, long memory = Plenty, bool backwards = false)
    {
        using var folder = new TemporaryFolder();
        var settlement = new Settlement(context, _scopes, folder.Path, memory);
        var results = new List<ResultLine>();
        var chunks = ChunksOf(context.Program.Dictionary, subjects, chunkSize);
        foreach (var chunk in backwards ? chunks.AsEnumerable().Reverse() : chunks)
        {
            var settler = settlement.Of(chunk, _cities.Of(chunk));
            _decider.Decide(chunk, settler, all: true);
            results.AddRange(settler.Finish());
        }
        results.AddRange(settlement.Global());
        return results;
    }

    public static List<Chunk> ChunksOf(Dictionary dictionary, IReadOnlyList<SubjectFacts> subjects, int chunkSize)
    {
        var maker = new ChunkOfFacts(dictionary);
        return [.. subjects.Chunk(chunkSize).Select((some, number) =>
        {
            var (chunk, problems) = maker.Of(some, number);
            return chunk ?? throw new InvalidOperationException(string.Join('\n', problems));
        })];
    }

    /// <summary>In an order of their own, to be compared.</summary>
    public static List<ResultLine> Sorted(IEnumerable<ResultLine> lines) =>
        [.. lines.OrderBy(l => l.Subject, StringComparer.Ordinal).ThenBy(l => l.Item)
            .ThenBy(l => l.Object, StringComparer.Ordinal).ThenBy(l => l.Period)];
}
