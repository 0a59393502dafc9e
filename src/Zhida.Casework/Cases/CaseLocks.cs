using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Cases;

/// <summary>Cases for a transaction that does something with them: nobody else moves them until its end.</summary>
internal static class CaseLocks
{
    /// <summary>Locked in the order of their ids, so that two who lock the same don't wait for each other; those that
    /// don't exist are left out. They are to be read only: moves are made by <see cref="CaseDesk"/>.</summary>
    public static async Task<List<Case>> LockAsync(UnitOfWork work, ZhidaContext context, IEnumerable<Guid> ids)
    {
        var wanted = ids.Distinct().ToList();
        await work.QueryAsync([new Query(
            $"SELECT id FROM cases WHERE {work.Among("id", 1)} ORDER BY id{work.ForUpdate}",
            [work.Ids(wanted)], _ => { })]);
        return await context.Cases.AsNoTracking().Where(c => wanted.Contains(c.Id)).ToListAsync();
    }

    /// <inheritdoc cref="LockAsync(UnitOfWork, ZhidaContext, IEnumerable{Guid})"/>
    public static async Task<Case?> LockAsync(UnitOfWork work, ZhidaContext context, Guid id) =>
        (await LockAsync(work, context, [id])) is [var found] ? found : null;
}
