namespace Zhida.Policy.Batch;

/// <summary>A file of lines in the order in which they draw, and of earlier grants by account and cap. Written whole or
/// not at all.</summary>
internal static class GlobalFile
{
    private const int Buffer = 1 << 16;
    private const string Unfinished = ".tmp";

    /// <summary>How many bytes of memory an open file takes, about.</summary>
    public const int Memory = 2 * Buffer;

    public static void Write(
        string path, IReadOnlyCollection<KeyValuePair<UInt128, long>> grants, IEnumerable<GlobalLine> lines)
    {
        using (var to = new BinaryWriter(new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write,
            FileShare.None, Buffer)))
        {
            to.Write(grants.Count);
            foreach (var (account, granted) in grants)
            {
                GlobalLine.Write(to, account);
                to.Write(granted);
            }
            foreach (var line in lines)
            {
                to.Write(true);
                line.Write(to);
            }
            to.Write(false);
        }
        File.Move(path + Unfinished, path, overwrite: true);
    }

    public static void AddGrants(string path, Dictionary<UInt128, long> granted)
    {
        using var from = Open(path);
        for (var i = from.ReadInt32(); i > 0; i--)
        {
            var account = GlobalLine.ReadHash(from);
            granted[account] = Fen.Sum(granted.GetValueOrDefault(account), from.ReadInt64());
        }
    }

    public static IEnumerable<GlobalLine> Lines(string path)
    {
        using var from = Open(path);
        for (var i = from.ReadInt32(); i > 0; i--)
        {
            GlobalLine.ReadHash(from);
            from.ReadInt64();
        }
        while (from.ReadBoolean()) yield return GlobalLine.Read(from);
    }

    private static BinaryReader Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer));

    /// <summary>The lines of several files in their common order.</summary>
    public static IEnumerable<GlobalLine> Merge(IReadOnlyList<string> paths)
    {
        var open = paths.Select(p => Lines(p).GetEnumerator()).ToList();
        try
        {
            var next = new PriorityQueue<IEnumerator<GlobalLine>, GlobalLine>();
            foreach (var lines in open)
                if (lines.MoveNext()) next.Enqueue(lines, lines.Current);
            while (next.TryPeek(out var lines, out var line))
            {
                yield return line;
                if (lines.MoveNext()) next.DequeueEnqueue(lines, lines.Current);
                else next.Dequeue();
            }
        }
        finally
        {
            foreach (var lines in open) lines.Dispose();
        }
    }
}
