using System.Text;
using Zhida.Evaluation.Writing;

namespace Zhida.Evaluation.Matching;

/// <summary>The reject file of a run: what was found while tables were taken in, then what was found in the chunks, in
/// their order. Without a single entry there is no file.</summary>
public sealed class RejectFile : IDisposable
{
    private readonly PendingFile _file;

    /// <param name="path">What it shall be called.</param>
    public RejectFile(string path)
    {
        (Path, _file) = (path, new PendingFile(path));
        Writer = new StreamWriter(_file.Stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16,
            leaveOpen: true);
    }

    public string Path { get; }

    /// <summary>Where the head and what is found before the first chunk go.</summary>
    public StreamWriter Writer { get; }

    /// <summary>Entries about chunks so far.</summary>
    public long Rows { get; private set; }

    public void Add(ResultBlock block)
    {
        if (block.RejectRows == 0) return;
        Rows += block.RejectRows;
        Writer.Flush();
        _file.Stream.Write(block.Rejects);
    }

    /// <summary>The run is complete.</summary>
    /// <param name="rows">All entries, those about no chunk too.</param>
    public void Finish(long rows)
    {
        Writer.Dispose();
        if (rows > 0) _file.Appear();
    }

    public void Dispose() => _file.Dispose();
}
