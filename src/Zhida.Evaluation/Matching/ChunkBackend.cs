using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;
using Zhida.Evaluation.Reading;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;
using Zhida.Policy.Deciding;
using Zhida.Policy.Tables;

namespace Zhida.Evaluation.Matching;

/// <summary>Chunk by chunk in several threads: each reads, decides, settles what stays within subjects and makes the
/// block. The blocks are the same however many threads there are.</summary>
public sealed class ChunkBackend : Backend
{
    /// <summary>Lines of a block of those that waited for all chunks.</summary>
    private const int LinesOfBlock = 1 << 16;

    private readonly RunContext _context;
    private readonly FactSource _source;
    private readonly Settlement _settlement;
    private readonly Func<ChunkDecider> _deciders;
    private readonly ChunkDecider _first;
    private readonly MatchRequest _request;
    private readonly bool[] _written;
    private long _reading, _deciding, _caps, _encoding;
    private ExceptionDispatchInfo? _failure;

    /// <param name="deciders">Makes a decider for a thread.</param>
    /// <param name="settlement">Whose folder is the run's own.</param>
    public ChunkBackend(
        MatchRequest request, RunContext context, FactSource source, Settlement settlement,
        Func<ChunkDecider> deciders)
    {
        (_request, _context, _source, _settlement, _deciders) = (request, context, source, settlement, deciders);
        (_written, _first) = (request.Written(context), deciders());
    }

    public override long? Subjects => _source.Subjects;

    public override long EarlyRejects => _source.Rejects.Count;

    public override RunTimes Times => new(_reading, _deciding, _caps, _encoding);

    public override string DecidedBy(int item) => _first.DecidedBy(item);

    public override void Run(int first, Action<ResultBlock> take, CancellationToken stop)
    {
        if (first >= _source.Chunks) return;
        _source.FirstChunk = first;
        // A thread takes the chunks of a row group; the others shall not wait for it while it is at its first.
        var queue = new OrderedQueue<ResultBlock>(first, _request.Threads * (_source.MostChunksAtOnce + 1));
        var threads = new Thread[Math.Min(_request.Threads, _source.Chunks - first)];
        for (var i = 0; i < threads.Length; i++)
        {
            var decider = i == 0 ? _first : _deciders();
            queue.Join();
            threads[i] = new Thread(() => Work(decider, queue, stop)) { Name = $"match {i}", IsBackground = true };
        }
        foreach (var thread in threads) thread.Start();
        try
        {
            while (queue.TryTake(out var block)) take(block);
        }
        finally
        {
            queue.Close();
            foreach (var thread in threads) thread.Join();
        }
        _failure?.Throw();
    }

    private void Work(ChunkDecider decider, OrderedQueue<ResultBlock> queue, CancellationToken stop)
    {
        try
        {
            using var reader = _source.OpenReader();
            var cities = new SubjectCities(_context);
            var builder = new BlockBuilder(_context);
            while (!stop.IsCancellationRequested && !queue.IsClosed)
            {
                var start = Stopwatch.GetTimestamp();
                var chunk = reader.Next();
                Spent(ref _reading, ref start);
                if (chunk is null) return;
                queue.Put(chunk.Number, Decide(chunk, decider, cities, builder, start));
            }
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            queue.Close();
        }
        finally
        {
            queue.Leave();
        }
    }

    private ResultBlock Decide(
        Chunk chunk, ChunkDecider decider, SubjectCities cities, BlockBuilder builder, long start)
    {
        var settler = _settlement.Of(chunk, cities.Of(chunk));
        decider.Decide(chunk, new RunSink(settler, builder, _written, _request.Why), _request.All);
        Spent(ref _deciding, ref start);
        var lines = settler.Finish();
        Spent(ref _caps, ref start);
        foreach (var row in BySubject(chunk, lines))
            if (_written[lines[row].Item]) builder.Add(lines[row]);
        foreach (var ((item, city, condition), count) in settler.Failed)
            if (_written[item]) builder.CountFailed(item, city, condition, count);
        var (rejects, csv) = _source.Rejects.Take(chunk.Number);
        var block = builder.Take(chunk.Number, chunk.Subjects.Count, (rejects, Encoding.UTF8.GetBytes(csv)));
        Spent(ref _encoding, ref start);
        return block;
    }

    /// <summary>The lines in the order of subjects, items, objects (all by the bytes of their ids) and periods: so that
    /// the table does not depend on how subjects are cut into chunks, nor on who decided.</summary>
    private int[] BySubject(Chunk chunk, IReadOnlyList<ResultLine> lines)
    {
        var ids = chunk.Subjects.Ids;
        var rows = new Dictionary<string, int>(chunk.Subjects.Count, StringComparer.Ordinal);
        for (var row = 0; row < chunk.Subjects.Count; row++) rows[ids.Pool[ids[row]]] = row;
        var (items, subjects) = (new int[lines.Count], new int[lines.Count]);
        for (var i = 0; i < items.Length; i++)
            (items[i], subjects[i]) = (lines[i].Item, rows[lines[i].Subject]);
        int[] order = [.. Enumerable.Range(0, lines.Count)];
        order = Sorted(Sorted(order, items, _context.Items.Count), subjects, chunk.Subjects.Count);
        for (var start = 0; start < order.Length;)
        {
            var (first, end) = (order[start], start + 1);
            while (end < order.Length && items[order[end]] == items[first] && subjects[order[end]] == subjects[first])
                end++;
            // Lines are decided object by object, in the order of periods.
            if (lines[first].Object != lines[order[end - 1]].Object)
                Array.Sort(order, start, end - start, Comparer<int>.Create((a, b) =>
                    Utf8Order.Instance.Compare(lines[a].Object, lines[b].Object) is not 0 and var by ? by : a - b));
            start = end;
        }
        return order;
    }

    /// <summary>Counting sort, stable.</summary>
    private static int[] Sorted(int[] order, int[] keys, int keyCount)
    {
        var next = new int[keyCount + 1];
        foreach (var key in keys) next[key + 1]++;
        for (var key = 0; key < keyCount; key++) next[key + 1] += next[key];
        var sorted = new int[order.Length];
        foreach (var i in order) sorted[next[keys[i]]++] = i;
        return sorted;
    }

    private static void Spent(ref long total, ref long start)
    {
        var now = Stopwatch.GetTimestamp();
        Interlocked.Add(ref total, now - start);
        start = now;
    }

    public override IEnumerable<ResultBlock> Finish()
    {
        var builder = new BlockBuilder(_context);
        var start = Stopwatch.GetTimestamp();
        foreach (var line in _settlement.Global())
        {
            if (!_written[line.Item]) continue;
            builder.Add(line);
            if (builder.Lines < LinesOfBlock) continue;
            Spent(ref _caps, ref start);
            yield return builder.Take(WorkFolder.AfterAll, 0);
            start = Stopwatch.GetTimestamp();
        }
        Spent(ref _caps, ref start);
        if (builder.Lines > 0) yield return builder.Take(WorkFolder.AfterAll, 0);
    }

    public override void Dispose()
    {
    }

    /// <summary>Gives lines to the settlement of their chunk, and near misses to its block.</summary>
    private sealed class RunSink(ChunkSettler settler, BlockBuilder builder, bool[] written, bool why) : LineSink
    {
        public override bool WantsNearMisses => why;

        public override void Add(in DecidedLine line, ReadOnlySpan<CapAsk> asks) => settler.Add(line, asks);

        public override void CountFailed(int item, int city, int condition, long lines) =>
            settler.CountFailed(item, city, condition, lines);

        public override void CountNearMiss(int item, int city, int condition, long gap)
        {
            if (written[item]) builder.CountNearMiss(item, city, condition, gap);
        }
    }
}
