using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Storage;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Payments;

/// <summary>Batches for a transaction that changes them.</summary>
internal static class BatchLocks
{
    public static async Task<PaymentBatch?> LockAsync(UnitOfWork work, ZhidaContext context, Guid id)
    {
        await work.QueryAsync([new Query(
            $"SELECT id FROM payment_batches WHERE id = $1{work.ForUpdate}", [id], _ => { })]);
        return await context.Batches.SingleOrDefaultAsync(b => b.Id == id);
    }
}
