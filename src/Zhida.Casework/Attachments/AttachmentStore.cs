using Org.BouncyCastle.Crypto.Digests;
using Zhida.Casework.Cases;

namespace Zhida.Casework.Attachments;

/// <summary>Attachments by the SM3 hash of their content, as files below a folder (ab/cdef…). A file is there whole or
/// not at all: it is written beside, flushed to the disk, and moved. Several processes may share the folder.</summary>
public sealed class AttachmentStore(string folder, AttachmentLimits limits, IContentScanner scanner)
{
    private const int Chunk = 64 << 10;
    private const int HashLength = 64;

    private string Incoming => Path.Combine(folder, "incoming");

    /// <summary>Takes a content in, once however often it comes. Refused with a reason: too large (counted while
    /// reading, whatever was announced), not of an allowed type, encrypted, a bomb, infected. A scanner that is down
    /// leaves the file 待扫描. What a failing source throws goes through.</summary>
    public async Task<Result<StoredFile>> Store(Stream content, CancellationToken stop)
    {
        Directory.CreateDirectory(Incoming);
        var path = Path.Combine(Incoming, Guid.CreateVersion7().ToString("N"));
        try
        {
            await using var file = Create(path);
            if (await Copy(content, file, stop) is not { } hash) return Refusal.TooLarge(limits.MostBytes);
            if (file.Length == 0) return Refusal.Empty;
            var (type, problem) = ContentType.Of(file, limits);
            if (problem is not null) return problem;
            if (!limits.Allowed.Contains(type!.Value)) return Refusal.NotAllowed(type.Value);
            var (state, infection) = await Scan(file, stop);
            if (infection is not null) return infection;
            file.Flush(flushToDisk: true);
            var target = PathOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // Over one that is there: the same bytes, but young again for Sweep.
            File.Move(path, target, overwrite: true);
            return new StoredFile(hash, file.Length, type.Value, state);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The content, after its hash was found right; the caller closes it. A problem where there is no such
    /// file or its content was changed.</summary>
    public async Task<Result<Stream>> Open(string hash, CancellationToken stop)
    {
        if (Existing(hash) is not { } file) return Missing;
        if (await HashOf(file, stop) == hash)
        {
            file.Position = 0;
            return file;
        }
        await file.DisposeAsync();
        return new Problem("changed", "存档的附件与它的校验值不符，已被改动或损坏", "从备份恢复这个附件，并检查存储");
    }

    /// <summary>Scans a file again, for those that are 待扫描. One found infected is removed and is a problem.</summary>
    public async Task<Result<StoredFile>> Rescan(StoredFile stored, CancellationToken stop)
    {
        if (Existing(stored.Hash) is not { } file) return Missing;
        await using var open = file;
        var (state, infection) = await Scan(file, stop);
        if (infection is null) return stored with { Scan = state };
        File.Delete(PathOf(stored.Hash));
        return infection;
    }

    /// <summary>Removes files that nothing refers to and that were stored before a time (UTC): younger ones may belong
    /// to a case that is just being saved. Returns how many.</summary>
    public int Sweep(IReadOnlySet<string> referenced, DateTime olderThan)
    {
        if (!Directory.Exists(folder)) return 0;
        var removed = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var isIncoming = Path.GetDirectoryName(path) == Incoming;
            var hash = Path.GetFileName(Path.GetDirectoryName(path)) + Path.GetFileName(path);
            if (!isIncoming && (!IsHash(hash) || referenced.Contains(hash))) continue;
            if (File.GetLastWriteTimeUtc(path) >= olderThan || !Remove(path, olderThan)) continue;
            if (!isIncoming) removed++;
        }
        return removed;
    }

    /// <summary>Takes the file aside before it looks at its age again: one that was stored anew meanwhile goes back.
    /// </summary>
    private bool Remove(string path, DateTime olderThan)
    {
        Directory.CreateDirectory(Incoming);
        var aside = Path.Combine(Incoming, Guid.CreateVersion7().ToString("N"));
        try
        {
            File.Move(path, aside);
        }
        catch (FileNotFoundException)
        {
            // Another process swept it.
            return false;
        }
        var isOld = File.GetLastWriteTimeUtc(aside) < olderThan;
        if (isOld) File.Delete(aside);
        else File.Move(aside, path, overwrite: true);
        return isOld;
    }

    private static Problem Missing { get; } = new("not-found", "没有这个附件", "检查附件编号；刚上传的请重新上传");

    /// <summary>Readable by the owner of the process alone.</summary>
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>The hash of what was copied; null: there is more than is allowed.</summary>
    private async Task<string?> Copy(Stream from, FileStream to, CancellationToken stop)
    {
        var digest = new SM3Digest();
        var buffer = new byte[Chunk];
        int read;
        while ((read = await from.ReadAsync(buffer, stop)) > 0)
        {
            if (to.Position + read > limits.MostBytes) return null;
            digest.BlockUpdate(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), stop);
        }
        return Final(digest);
    }

    private static async Task<string> HashOf(Stream content, CancellationToken stop)
    {
        var digest = new SM3Digest();
        var buffer = new byte[Chunk];
        int read;
        while ((read = await content.ReadAsync(buffer, stop)) > 0) digest.BlockUpdate(buffer, 0, read);
        return Final(digest);
    }

    private static string Final(SM3Digest digest)
    {
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return Convert.ToHexStringLower(hash);
    }

    private async Task<(ScanState State, Problem? Infection)> Scan(FileStream file, CancellationToken stop)
    {
        file.Position = 0;
        var result = await scanner.Scan(file, stop);
        return result.Outcome switch
        {
            ScanOutcome.Infected => (ScanState.Scanned, Refusal.Infected(result.Detail)),
            ScanOutcome.Clean => (ScanState.Scanned, null),
            ScanOutcome.NotScanned => (ScanState.Unscanned, null),
            _ => (ScanState.Pending, null),
        };
    }

    private FileStream? Existing(string hash)
    {
        if (!IsHash(hash)) return null;
        try
        {
            return new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete,
                bufferSize: Chunk, useAsync: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(string hash) => Path.Combine(folder, hash[..2], hash[2..]);

    private static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);
}
