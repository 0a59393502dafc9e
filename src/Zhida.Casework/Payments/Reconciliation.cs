using Microsoft.EntityFrameworkCore;
using Zhida.Casework.Clock;
using Zhida.Casework.Storage;
using Zhida.Feel.Values;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Payments;

/// <summary>A number of payments and their sum in 分.</summary>
public readonly record struct Tally(int Count, long Sum);

/// <summary>A payment, case or answer that doesn't add up, in words.</summary>
/// <param name="Payment">Null where money was posted that no payment explains.</param>
public sealed record Difference(Guid? Payment, string CaseNumber, string Message);

/// <summary>
/// What the payments say beside what the ledger says, to the 分 (对账). The two are read apart: payments from their
/// table, the ledger from the transfers of the moves that posted.
/// </summary>
public sealed record Reconciliation
{
    /// <summary>已发送，还没有回执.</summary>
    public required Tally Waiting { get; init; }

    public required Tally Sent { get; init; }

    public required Tally Confirmed { get; init; }

    public required Tally Failed { get; init; }

    public required Tally Returned { get; init; }

    public required Tally Doubtful { get; init; }

    /// <summary>分 that the ledger posted to the payees, less what it took back.</summary>
    public required long Posted { get; init; }

    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>Whether the ledger has posted what was confirmed and did not come back, and nothing is doubtful.
    /// </summary>
    public bool Balances => Differences.Count == 0 && Posted == Confirmed.Sum - Returned.Sum;

    /// <summary>All of a batch, as it is now.</summary>
    public static Task<Reconciliation> OfBatchAsync(Database database, Guid batch) => OfAsync(
        database, context => context.Payments.Where(p => p.BatchId == batch), 0, long.MaxValue);

    /// <summary>What was sent, confirmed or returned on a day of Beijing's.</summary>
    public static Task<Reconciliation> OfDayAsync(Database database, DateOnly day)
    {
        var number = day.DayNumber - FeelDate.UnixEpochDayNumber;
        var (from, to) = (BeijingTime.StartOf(number), BeijingTime.StartOf(number + 1));
        return OfAsync(database, context => context.Payments.Where(p =>
            p.SentAt >= from && p.SentAt < to || p.PaidAt >= from && p.PaidAt < to ||
            p.ReturnedAt >= from && p.ReturnedAt < to || p.ChangedAt >= from && p.ChangedAt < to), from, to);
    }

    private static Task<Reconciliation> OfAsync(
        Database database, Func<ZhidaContext, IQueryable<Payment>> which, long from, long to) =>
        database.ReadAsync(async work =>
        {
            await using var context = Schema.Over(work);
            var payments = await which(context).AsNoTracking().OrderBy(p => p.Id).ToListAsync();
            return await new ReconciliationReading(work, context, from, to).OfAsync(payments);
        });
}
