namespace Zhida.Evaluation.Writing;

/// <summary>Writes a result table block by block. Nothing stands under the table's name before <see cref="Finish"/>;
/// what is disposed of before leaves nothing behind.</summary>
public abstract class ResultWriter : IDisposable
{
    /// <summary>Blocks come in their order, from one thread.</summary>
    public abstract void Add(ResultBlock block);

    /// <summary>All blocks are there: the table appears, with its counts of 不符合 beside it.</summary>
    public abstract void Finish(IReadOnlyList<FailedCount> failed);

    public abstract void Dispose();
}
