namespace Zhida.Evaluation.Writing;

/// <summary>A file that is written under another name and appears under its own when it is complete.</summary>
internal sealed class PendingFile : IDisposable
{
    private const int Buffer = 1 << 18;

    private readonly string _path;
    private readonly string _temporary;
    private bool _appeared;

    /// <param name="path">What it shall be called.</param>
    public PendingFile(string path)
    {
        (_path, _temporary) = (path, path + ".tmp");
        Stream = new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.Read, Buffer);
    }

    public FileStream Stream { get; }

    public void Appear()
    {
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _appeared = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_appeared) File.Delete(_temporary);
    }
}
