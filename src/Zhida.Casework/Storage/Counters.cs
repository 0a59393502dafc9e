using Zhida.Ledger.Storage;

namespace Zhida.Casework.Storage;

/// <summary>Series of numbers, kept in the database.</summary>
internal static class Counters
{
    /// <summary>The first of the next numbers of a series; others who take from it wait until the end.</summary>
    /// <param name="count">How many are taken.</param>
    public static async Task<long> TakeAsync(UnitOfWork work, string name, int count = 1)
    {
        work.Write("INSERT INTO counters (name, next) VALUES ($1, 1) ON CONFLICT (name) DO NOTHING", name);
        var next = await work.QueryAsync($"SELECT next FROM counters WHERE name = $1{work.ForUpdate}",
            row => row.GetInt64(0), [name]);
        work.Write("UPDATE counters SET next = $2 WHERE name = $1", name, next[0] + count);
        return next[0];
    }
}
