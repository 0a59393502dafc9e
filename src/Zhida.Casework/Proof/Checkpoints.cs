using System.Text;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Proof;

/// <summary>Signs the end of the chain, exports it to a folder that whoever runs the database can't write back to, and
/// stores it.</summary>
/// <param name="folder">Gets a file of JSON lines a month: checkpoints-2026-11.jsonl.</param>
public sealed class Checkpoints(Database database, AuditKey key, string folder)
{
    private const string Pattern = "checkpoints-*.jsonl";

    /// <summary>Makes one; null: nothing was sealed since the last.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public async Task<Checkpoint?> MakeAsync()
    {
        var (head, last) = await database.ReadAsync(async work => (
            await ChainHead.FindAsync(work) ?? throw new InvalidOperationException("the chain has no head"),
            (await work.QueryAsync("SELECT COALESCE(MAX(position), 0) FROM audit_checkpoints",
                row => row.GetInt64(0), []))[0]));
        if (head.Position <= last) return null;
        var checkpoint = key.Sign(head, database.Clock.GetUtcNow().UtcTicks);
        // First outside: a crash in between exports the same position once more, and loses nothing.
        Export(checkpoint);
        await database.WriteAsync(work =>
        {
            work.Write("INSERT INTO audit_checkpoints (position, database, hash, at, key, signature) " +
                "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (position) DO NOTHING", checkpoint.Position,
                checkpoint.Database, checkpoint.Hash, checkpoint.At, checkpoint.Key, checkpoint.Signature);
            return Task.CompletedTask;
        });
        return checkpoint;
    }

    /// <summary>The checkpoints of a folder, oldest file first; a line that is none is null.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static IReadOnlyList<(string Place, Checkpoint? Checkpoint)> Read(string folder)
    {
        var found = new List<(string, Checkpoint?)>();
        foreach (var file in Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            // A line that a crash cut short has no end, and nobody was told of it.
            var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            found.AddRange(lines.Select((line, i) => ($"{Path.GetFileName(file)}:{i + 1}", Checkpoint.OfLine(line))));
        }
        return found;
    }

    private void Export(Checkpoint checkpoint)
    {
        Directory.CreateDirectory(folder);
        var month = new DateTime(checkpoint.At, DateTimeKind.Utc);
        var path = Path.Combine(folder, Pattern.Replace("*", $"{month:yyyy-MM}", StringComparison.Ordinal));
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.Position = EndOfLines(file);
        file.Write(Encoding.UTF8.GetBytes(checkpoint.ToLine() + "\n"));
        file.SetLength(file.Position);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Behind the last whole line: what a crash cut short is written over.</summary>
    private static long EndOfLines(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') return end;
        }
        return 0;
    }
}
