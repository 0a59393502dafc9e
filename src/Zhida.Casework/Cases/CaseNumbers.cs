using System.Collections.Concurrent;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Cases;

/// <summary>Numbers for people: year, item and count. Each process takes a block at a time in a transaction of its own,
/// so that filings don't wait for each other; a block that is not used up leaves a gap.</summary>
internal sealed class CaseNumbers(Database database)
{
    private const int Block = 20;

    private readonly ConcurrentDictionary<string, Series> _series = new();

    /// <summary>2026-4.1-000123.</summary>
    public async Task<string> NextAsync(string item, int year)
    {
        var name = $"{year}-{item[(item.IndexOf(':', StringComparison.Ordinal) + 1)..]}";
        var series = _series.GetOrAdd(name, _ => new Series());
        await series.Turn.WaitAsync();
        try
        {
            if (series.Left == 0)
            {
                series.Next = await database.WriteAsync(work => Counters.TakeAsync(work, name, Block));
                series.Left = Block;
            }
            series.Left--;
            return $"{name}-{series.Next++:000000}";
        }
        finally
        {
            series.Turn.Release();
        }
    }

    private sealed class Series
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public long Next { get; set; }

        public int Left { get; set; }
    }
}
