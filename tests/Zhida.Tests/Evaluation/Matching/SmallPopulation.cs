using Zhida.Evaluation.Matching;
using Zhida.Evaluation.Population;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Desk;
using Zhida.Policy.Program;

namespace Zhida.Tests.Evaluation.Matching;

/// <summary>A population of a class of tests, and runs over it.</summary>
public sealed class SmallPopulation : IDisposable
{
    public const int Size = 1000;

    public const int Chunk = 120;

    private static readonly DateOnly On = new(2026, 6, 30);

    private readonly TemporaryFolder _folder = new();

    public SmallPopulation()
    {
        var (writer, findings) = PopulationWriter.Open(PolicyTree.Read(Repository.Root), ["liaoning-2026"]);
        if (writer is null) throw new InvalidOperationException(findings[0].Message);
        writer.Write(_folder.Path, Size, seed: 7, threads: 2);
    }

    public static DecisionMaker Maker { get; } = RunContexts.MakerOf("liaoning-2026-demo");

    /// <summary>Some items, with caps within subjects and across them, by lines and by money.</summary>
    public static IReadOnlyList<Item> Few { get; } =
        [.. "1.2 4.1 9.1 14.1 15.2".Split(' ').SelectMany(Maker.Find)];

    public static WhyHead Head { get; } = new("政策", "层", On, Preview: true, "0");

    public string Folder => _folder.Path;

    public static MatchRequest Request(string source, string path, params IReadOnlyList<Item> items) =>
        new(source, Destination.Parse(path).Destination!, items, "interpreter", 2, On, All: false, Why: false, null,
            Maker.Bundle.Id) { ChunkSubjects = Chunk };

    public MatchRequest Request(string path, params IReadOnlyList<Item> items) => Request(Folder, path, items);

    /// <summary>Runs to the end.</summary>
    public static MatchReport Run(MatchRequest request)
    {
        var (job, problems) = Population.Open(request, Maker.Program, Maker.Tables);
        using (job)
            return job?.Execute(Head, CancellationToken.None) ??
                   throw new InvalidOperationException(problems[0].Message);
    }

    /// <summary>Runs until so many chunks are handed over, then is stopped as by Ctrl-C.</summary>
    public static void RunUntil(MatchRequest request, int chunks)
    {
        var context = request.Context(Maker.Program, Maker.Tables);
        using var stop = new CancellationTokenSource();
        var input = Population.Fingerprint(request.Source)!;
        var (job, problems) = MatchJob.Open(request, context, input, (folder, rejects) =>
        {
            var (backend, refused) = Population.OpenBackend(request, context, folder, rejects);
            return (backend is null ? null : new Stopping(backend, chunks, stop), refused);
        });
        using (job)
        {
            Assert.Empty(problems);
            Assert.Null(job!.Execute(Head, stop.Token));
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A backend that gets the signal to stop after some chunks.</summary>
    private sealed class Stopping(Backend backend, int chunks, CancellationTokenSource stop) : Backend
    {
        public override long? Subjects => backend.Subjects;

        public override long EarlyRejects => backend.EarlyRejects;

        public override RunTimes Times => backend.Times;

        public override string DecidedBy(int item) => backend.DecidedBy(item);

        public override void Run(int first, Action<ResultBlock> take, CancellationToken token)
        {
            var taken = 0;
            backend.Run(first, block =>
            {
                take(block);
                if (++taken == chunks) stop.Cancel();
            }, token);
        }

        public override IEnumerable<ResultBlock> Finish() => backend.Finish();

        public override void Dispose() => backend.Dispose();
    }
}
