using Zhida.Policy.Batch;
using Zhida.Policy.Columns;
using Zhida.Policy.Loading;
using Zhida.Policy.Plans;
using Zhida.Policy.Tables;

namespace Zhida.Bench.Match;

/// <summary>The rules as measure files, lowered to plans and decided by columns.</summary>
internal sealed class ColumnsPeer
{
    private readonly RunContext _context;
    private readonly RunPlan _plan;
    private readonly Chunk[] _chunks;

    public ColumnsPeer(W60Data data, W60Rule[] rules, string root, int chunkSize)
    {
        var loaded = PolicyLoader.Load(W60Rule.Files(rules, root), ["w60"], [], new Dictionary<string, string>());
        var program = loaded.Program ?? throw new InvalidOperationException(loaded.Findings[0].ToString());
        _context = new RunContext(program, loaded.Tables, new DateOnly(2026, 6, 30),
            [.. program.Policies.SelectMany(p => p.Items)]);
        _plan = PlanCompiler.Compile(_context);
        if (_plan.Refusals.Count > 0) throw new InvalidOperationException(_plan.Refusals[0].Reason);
        _chunks = data.Chunks(program.Dictionary.Subject, chunkSize);
    }

    /// <summary>Deciders are made once a run, as in a real one.</summary>
    public Tally[] Run(int threads)
    {
        var next = -1;
        var sinks = Enumerable.Range(0, threads).Select(_ => new TallySink(_plan.Items.Count)).ToArray();
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            var decider = new ColumnDecider(_context, _plan);
            while (Interlocked.Increment(ref next) is var i && i < _chunks.Length)
                decider.Decide(_chunks[i], sinks[thread], all: false);
        });
        return Tally.Total([.. sinks.Select(s => s.Tallies)]);
    }

    private sealed class TallySink(int items) : LineSink
    {
        private readonly long[] _counts = new long[items], _sums = new long[items];

        public long Failed { get; private set; }

        public Tally[] Tallies => [.. _counts.Select((count, i) => new Tally(count, _sums[i]))];

        public override void Add(in DecidedLine line, ReadOnlySpan<CapAsk> asks)
        {
            _counts[line.Item]++;
            _sums[line.Item] += line.Asked;
        }

        public override void CountFailed(int item, int city, int condition, long lines) => Failed += lines;
    }
}
