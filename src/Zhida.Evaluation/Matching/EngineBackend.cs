using System.Data.Common;
using System.Diagnostics;
using Zhida.Evaluation.Engines;
using Zhida.Evaluation.Reading;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;
using Zhida.Policy.Columns;
using Zhida.Policy.Plans;
using Zhida.Policy.Sql;

namespace Zhida.Evaluation.Matching;

/// <summary>
/// A database decides what it can. Every chunk is read all the same: so that the same rows are refused, and for the
/// items that are beyond the database, which columns decide. Where a row was refused, or the source is not Parquet, the
/// database reads what reading made of it. All lines meet in the database, which puts them in order. There is nothing
/// to go on with after a stop: such a run starts over.
/// </summary>
public sealed class EngineBackend : Backend
{
    private const int LinesOfBlock = 1 << 16;

    private readonly MatchRequest _request;
    private readonly RunContext _context;
    private readonly RunPlan _plan;
    private readonly FactSource _source;
    private readonly Settlement _settlement;
    private readonly EngineHost _host;
    private readonly string _folder;
    private readonly bool[] _written;
    private readonly HashSet<int> _beyond;
    private readonly ChunkBackend _chunks;
    private long _deciding;

    /// <param name="folder">The run's own.</param>
    internal EngineBackend(
        MatchRequest request, RunContext context, FactSource source, Settlement settlement, EngineHost host,
        string folder)
    {
        (_request, _context, _source, _settlement, _host, _folder) =
            (request, context, source, settlement, host, folder);
        _plan = PlanCompiler.Compile(context);
        _written = request.Written(context);
        // What a database refuses does not hang on which facts it has.
        var script = SqlGenerator.Generate(
            context, _plan, host.Dialect, SqlSource.Of(context.Program.Dictionary));
        var decided = script.Items.Select(i => i.Item).ToHashSet();
        _beyond = [.. Enumerable.Range(0, context.Items.Count).Where(i => !decided.Contains(context.Items[i]))];
        int[] items = [.. _beyond.Order()];
        _chunks = new ChunkBackend(request, context, source, settlement,
            () => new ColumnDecider(context, _plan, items: items));
    }

    public override long? Subjects => _source.Subjects;

    public override long EarlyRejects => _chunks.EarlyRejects;

    public override RunTimes Times => _chunks.Times with { Deciding = _chunks.Times.Deciding + _deciding };

    public override bool StartsOver => true;

    public override string DecidedBy(int item) =>
        _beyond.Contains(item) ? _chunks.DecidedBy(item) : _host.Dialect.Name;

    public override void Run(int first, Action<ResultBlock> take, CancellationToken stop)
    {
        var labels = new ResultLabels(_context);
        _chunks.Run(first, block =>
        {
            if (block.Lines > 0) _host.Add(block, labels);
            take(block.WithoutLines());
        }, stop);
        if (stop.IsCancellationRequested) return;
        _host.Add(_settlement.Global().Where(l => _written[l.Item]), labels);
        var start = Stopwatch.GetTimestamp();
        try
        {
            foreach (var block in Decide(stop))
            {
                _deciding += Stopwatch.GetTimestamp() - start;
                take(block);
                start = Stopwatch.GetTimestamp();
            }
        }
        catch (Exception e) when (stop.IsCancellationRequested && e is DbException or OperationCanceledException)
        {
            // It was stopped in the middle of a query.
        }
        _deciding += Stopwatch.GetTimestamp() - start;
    }

    private IEnumerable<ResultBlock> Decide(CancellationToken stop)
    {
        var (scopes, builder) = (_settlement.Scopes, new BlockBuilder(_context));
        using var engine = Load(stop);
        var decided = engine.Script.Items.ToDictionary(i => i.Item);
        for (var item = 0; item < _context.Items.Count; item++)
        {
            if (!_written[item] || _beyond.Contains(item)) continue;
            var views = decided[_context.Items[item]];
            _host.Decide(views, item, waits: !scopes.IsLocal(item), _request.All, stop);
            stop.ThrowIfCancellationRequested();
            // Lines that are in the table are counted as they come.
            if (_request.All) continue;
            foreach (var count in engine.Counts(views))
                builder.CountFailed(count.Item, count.City, count.Condition, count.Lines);
        }
        foreach (var line in _host.Lines(stop))
        {
            builder.Add(line);
            if (line.FirstFailed >= 0 && !_beyond.Contains(line.Item))
                builder.CountFailed(line.Item, line.City, line.FirstFailed, 1);
            if (builder.Lines == LinesOfBlock) yield return builder.Take(WorkFolder.AfterAll, 0);
        }
        yield return builder.Take(WorkFolder.AfterAll, 0);
    }

    private SqlEngine Load(CancellationToken stop)
    {
        if (_source.IsAsItLies) return _host.Load(_plan, _request.Source, linked: false, stop);
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "tables")).FullName;
        ChunkTables.Write(_source, folder, stop);
        return _host.Load(_plan, folder, linked: true, stop);
    }

    public override IEnumerable<ResultBlock> Finish() => [];

    public override void Dispose()
    {
        _chunks.Dispose();
        _host.Dispose();
    }
}
