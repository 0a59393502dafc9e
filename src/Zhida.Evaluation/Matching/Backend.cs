using Zhida.Evaluation.Writing;

namespace Zhida.Evaluation.Matching;

/// <summary>How long the threads of a run did what, as ticks of Stopwatch summed over threads.</summary>
public readonly record struct RunTimes(long Reading, long Deciding, long Caps, long Writing);

/// <summary>A way to make the result table of a run: chunk by chunk in threads, or all at once in an engine.</summary>
public abstract class Backend : IDisposable
{
    /// <summary>How many subjects there are; null where that is only known at the end.</summary>
    public abstract long? Subjects { get; }

    /// <summary>Entries of the reject file that are about no chunk.</summary>
    public abstract long EarlyRejects { get; }

    public abstract RunTimes Times { get; }

    /// <summary>Whether a run that was stopped begins anew: nothing of it is taken over.</summary>
    public virtual bool StartsOver => false;

    /// <summary>The backend that really decides an item.</summary>
    public abstract string DecidedBy(int item);

    /// <summary>Hands over the blocks of all chunks from a number on, in their order, on the calling thread. Ends
    /// early, after the chunks that are begun, when it shall stop.</summary>
    public abstract void Run(int first, Action<ResultBlock> take, CancellationToken stop);

    /// <summary>When every chunk is done: the lines that had to wait for all others, in the order in which they drew.
    /// Their blocks are numbered <see cref="WorkFolder.AfterAll"/>.</summary>
    public abstract IEnumerable<ResultBlock> Finish();

    public abstract void Dispose();
}
