using System.Diagnostics;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;
using Zhida.Policy.Batch;

namespace Zhida.Evaluation.Matching;

/// <summary>A run with all that belongs to it: opened, executed once, disposed of.</summary>
public sealed class MatchJob : IDisposable
{
    private readonly MatchRequest _request;
    private readonly Backend _backend;
    private readonly WorkFolder _work;
    private readonly ResultWriter _writer;
    private readonly RejectFile _rejects;
    private readonly Tally _tally;
    private readonly MatchRun _run;
    private readonly long _start = Stopwatch.GetTimestamp();

    private MatchJob(
        MatchRequest request, RunContext context, Backend backend, WorkFolder work, ResultWriter writer,
        RejectFile rejects)
    {
        (_request, _backend, _work, _writer, _rejects) = (request, backend, work, writer, rejects);
        _tally = new Tally(context, request.Why);
        _run = new MatchRun(backend, work, writer, rejects, _tally);
    }

    /// <summary>How many subjects there are; null where that is not known yet.</summary>
    public long? Subjects => _backend.Subjects;

    /// <summary>Whether a run that was stopped begins anew.</summary>
    public bool StartsOver => _backend.StartsOver;

    /// <summary>The run, for those who want to know how far it is.</summary>
    public MatchRun Run => _run;

    /// <summary>Opens what a run needs. What can't be opened is a problem, and leaves nothing behind.</summary>
    /// <param name="input">What tells the input from another.</param>
    /// <param name="open">Opens the backend, given the work folder and the file for rejects, or says why not.</param>
    public static (MatchJob? Job, IReadOnlyList<Refusal> Problems) Open(
        MatchRequest request, RunContext context, string input,
        Func<string, RejectFile, (Backend? Backend, IReadOnlyList<Refusal> Problems)> open)
    {
        var (work, problem) = WorkFolder.Open(request.WorkPath, request.Arguments(input));
        if (work is null) return (null, [problem!]);
        MatchJob? job = null;
        var rejects = new RejectFile(request.Out.Path + ".rejects.csv");
        try
        {
            var (backend, problems) = open(request.WorkPath, rejects);
            if (backend is null) return (null, problems);
            if (backend.StartsOver) work.StartOver();
            (var writer, problem) = OpenWriter(request.Out, new ResultLabels(context), work);
            if (writer is not null) job = new MatchJob(request, context, backend, work, writer, rejects);
            else backend.Dispose();
            return (job, problem is null ? [] : [problem]);
        }
        finally
        {
            if (job is null)
            {
                rejects.Dispose();
                if (work.Finished == 0) work.Remove();
                work.Dispose();
            }
        }
    }

    private static (ResultWriter? Writer, Refusal? Problem) OpenWriter(
        Destination destination, ResultLabels labels, WorkFolder work) => destination.Format switch
    {
        ResultFormat.Parquet => (new ParquetResults(destination, labels), null),
        ResultFormat.Csv => (new CsvResults(destination, labels), null),
        ResultFormat.Xlsx => (new XlsxResults(destination, labels, work.Blocks, XlsxResults.MostRows), null),
        _ => PostgresResults.Open(destination, labels),
    };

    /// <summary>Runs. Null: it was stopped; asked the same again, it goes on from there.</summary>
    public MatchReport? Execute(WhyHead head, CancellationToken stop)
    {
        _run.TakeOver();
        if (!_run.Execute(stop)) return null;
        var rows = _backend.EarlyRejects + _rejects.Rows;
        _rejects.Finish(rows);
        List<string> files = _request.Out.Format == ResultFormat.PostgreSql ? [] : [_request.Out.CountsPath];
        if (_request.Why)
        {
            var reasons = WhyReport.Of(_tally);
            WhyCsv.Write(_request.Out.Path + ".why.csv", _tally, reasons);
            WhyPage.Write(_request.Out.Path + ".why.html", head, _tally, reasons);
            files.AddRange([_request.Out.Path + ".why.csv", _request.Out.Path + ".why.html"]);
        }
        _work.Remove();
        return Report(files, rows);
    }

    private MatchReport Report(IReadOnlyList<string> files, long rejects)
    {
        var written = _request.Written(_tally.Context);
        var backends = _tally.Context.Items.Index().Where(i => written[i.Index])
            .GroupBy(i => _backend.DecidedBy(i.Index), i => i.Item)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<Zhida.Policy.Program.Item>)[.. g]);
        using var process = Process.GetCurrentProcess();
        var seconds = (decimal)(Stopwatch.GetTimestamp() - _start) / Stopwatch.Frequency;
        return new MatchReport(_tally, _run.Resumed, backends,
            (rejects, rejects > 0 ? _rejects.Path : null), seconds, _run.Times,
            process.PeakWorkingSet64, files);
    }

    public void Dispose()
    {
        _backend.Dispose();
        _writer.Dispose();
        _rejects.Dispose();
        _work.Dispose();
    }
}
