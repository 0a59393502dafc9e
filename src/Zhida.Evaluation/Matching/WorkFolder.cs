using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Zhida.Evaluation.Writing;

namespace Zhida.Evaluation.Matching;

/// <summary>
/// What a run keeps so that it can be taken up again: what it was asked (manifest.json) and the block of every finished
/// chunk (blocks), each with its length and checksum, one behind the other in the order of chunks. A block that was
/// cut off by a crash is as if it had never been.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    /// <summary>The number of blocks that stand behind all chunks: what the caps of the whole run gave.</summary>
    public const int AfterAll = int.MaxValue;

    private const int Head = 8;

    private readonly string _path;
    private readonly FileStream _log;
    private long _end;

    private WorkFolder(string path, FileStream log) => (_path, _log) = (path, log);

    /// <summary>How many chunks are finished.</summary>
    public int Finished { get; private set; }

    /// <summary>Opens the folder of a run that was stopped, or begins one.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="arguments">What decides the result, by names that people know; all must be as they were.</param>
    public static (WorkFolder? Folder, Refusal? Problem) Open(
        string path, IReadOnlyDictionary<string, string> arguments)
    {
        var manifest = Path.Combine(path, "manifest.json");
        if (File.Exists(manifest))
        {
            if (Difference(manifest, arguments) is { } difference)
                return (null, new Refusal($"{path} 是另一次运行留下的：{difference}",
                    $"用原来的参数继续，或删除 {path}，或用 --work 换一个文件夹"));
        }
        else
        {
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
                return (null, new Refusal($"{path} 里有别的文件", "用 --work 换一个文件夹"));
            Directory.CreateDirectory(path);
            using var file = new PendingFile(manifest);
            JsonSerializer.Serialize(file.Stream, arguments, Texts);
            file.Appear();
        }
        try
        {
            var log = new FileStream(Path.Combine(path, "blocks"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None, 1 << 16);
            var folder = new WorkFolder(path, log);
            folder.Recover();
            return (folder, null);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return (null, new Refusal($"打不开 {path}：{e.Message}", "等正在用它的运行结束，或用 --work 换一个文件夹"));
        }
    }

    private static JsonSerializerOptions Texts { get; } = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static string? Difference(string manifest, IReadOnlyDictionary<string, string> arguments)
    {
        Dictionary<string, string>? kept;
        try
        {
            kept = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(manifest));
        }
        catch (JsonException)
        {
            return "manifest.json 读不了";
        }
        foreach (var (name, value) in arguments)
            if (kept?.GetValueOrDefault(name) is var before && before != value)
                return $"{name}当时是“{before}”，现在是“{value}”";
        return null;
    }

    /// <summary>All blocks in their order.</summary>
    public IEnumerable<ResultBlock> Blocks()
    {
        for (long at = 0; at < _end;)
        {
            var bytes = ReadFrame(at) ?? throw new IOException($"{_path} 被改动过");
            at += Head + bytes.Length;
            yield return ResultBlock.Read(bytes);
        }
    }

    /// <summary>Keeps a block; those of chunks come in their order.</summary>
    public void Append(ResultBlock block)
    {
        var bytes = block.ToBytes();
        Span<byte> head = stackalloc byte[Head];
        BinaryPrimitives.WriteInt32LittleEndian(head, bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Checksum(bytes));
        _log.Write(head);
        _log.Write(bytes);
        // To the system at once: what a killed process has finished is not lost.
        _log.Flush();
        _end += Head + bytes.Length;
        if (block.Chunk != AfterAll) Finished = block.Chunk + 1;
    }

    /// <summary>Forgets what is finished.</summary>
    public void StartOver()
    {
        (_end, Finished) = (0, 0);
        _log.SetLength(0);
        _log.Position = 0;
    }

    /// <summary>The run is complete: nothing is kept. The folder was empty or a run's when it was opened.</summary>
    public void Remove()
    {
        _log.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    /// <summary>Finds the end of what is whole; what stands behind all chunks is made again.</summary>
    private void Recover()
    {
        while (ReadFrame(_end) is { } bytes)
        {
            var chunk = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (chunk != Finished) break;
            Finished++;
            _end += Head + bytes.Length;
        }
        _log.SetLength(_end);
        _log.Position = _end;
    }

    /// <summary>The block at a place; null where there is none that is whole.</summary>
    private byte[]? ReadFrame(long at)
    {
        Span<byte> head = stackalloc byte[Head];
        var length = RandomAccess.GetLength(_log.SafeFileHandle);
        if (at + Head > length || RandomAccess.Read(_log.SafeFileHandle, head, at) < Head) return null;
        var size = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (size < ResultBlock.Head || at + Head + size > length) return null;
        var bytes = new byte[size];
        for (var read = 0; read < size;)
        {
            var more = RandomAccess.Read(_log.SafeFileHandle, bytes.AsSpan(read), at + Head + read);
            if (more == 0) return null;
            read += more;
        }
        return Checksum(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) ? bytes : null;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (var rest in bytes[(words.Length * 8)..]) sum = BitOperations.Crc32C(sum, rest);
        return ~sum;
    }

    public void Dispose() => _log.Dispose();
}
