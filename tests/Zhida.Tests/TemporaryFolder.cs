namespace Zhida.Tests;

/// <summary>A folder of one test; gone when it ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("zhida-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
