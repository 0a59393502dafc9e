using System.Diagnostics;
using Zhida.Evaluation.Reports;
using Zhida.Evaluation.Writing;

namespace Zhida.Evaluation.Matching;

/// <summary>A population run: takes the blocks of a backend in their order, keeps each in the work folder, writes and
/// counts it. The same population gives the same bytes, however many threads there are and however often the run was
/// stopped and taken up again.</summary>
public sealed class MatchRun(
    Backend backend, WorkFolder work, ResultWriter writer, RejectFile rejects, Tally tally)
{
    private long _writing;
    private long _subjects;
    private long _lines;

    /// <summary>Subjects done so far; read by any thread.</summary>
    public long SubjectsDone => Volatile.Read(ref _subjects);

    /// <summary>Lines in the table so far; read by any thread.</summary>
    public long LinesWritten => Volatile.Read(ref _lines);

    /// <summary>How many chunks were taken over from an earlier process, and their subjects.</summary>
    public (int Chunks, long Subjects) Resumed { get; private set; }

    /// <summary>The times of the backend, with the writing of the table and of the work folder.</summary>
    public RunTimes Times => backend.Times with { Writing = backend.Times.Writing + _writing };

    /// <summary>Takes over what an earlier process has finished; before <see cref="Execute"/>.</summary>
    public void TakeOver()
    {
        foreach (var block in work.Blocks()) Take(block);
        Resumed = (work.Finished, tally.Subjects);
    }

    /// <summary>Runs to the end: the table and its counts appear, the work folder goes. False: it was stopped, and the
    /// work folder holds what is finished.</summary>
    public bool Execute(CancellationToken stop)
    {
        backend.Run(work.Finished, Keep, stop);
        if (stop.IsCancellationRequested) return false;
        foreach (var block in backend.Finish()) Keep(block);
        var start = Stopwatch.GetTimestamp();
        writer.Finish(tally.Failed);
        _writing += Stopwatch.GetTimestamp() - start;
        return true;
    }

    private void Keep(ResultBlock block)
    {
        var start = Stopwatch.GetTimestamp();
        work.Append(block);
        Take(block);
        _writing += Stopwatch.GetTimestamp() - start;
    }

    private void Take(ResultBlock block)
    {
        writer.Add(block);
        rejects.Add(block);
        tally.Add(block);
        Volatile.Write(ref _subjects, tally.Subjects);
        Volatile.Write(ref _lines, tally.Written);
    }
}
