using Zhida.Casework.Cases;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Money;

/// <summary>What is posted between two accounts for a case and has not come back, in the account's unit.</summary>
internal sealed record PaidLeg(Guid From, Guid To, long Amount);

/// <summary>What a case has been paid, by the ledger: its legs on budgets, caps, quotas and groups.</summary>
internal sealed class PaidLegs
{
    private readonly Guid _payee;
    private readonly Guid _money;

    private PaidLegs(Case file, IReadOnlyList<PaidLeg> legs)
    {
        (_payee, Legs) = (Accounts.Payee(file.Subject).Id, legs);
        _money = Accounts.Contra(file.Subject, Accounts.Money).Id;
    }

    public IReadOnlyList<PaidLeg> Legs { get; }

    /// <summary>分 that the subject was paid from budgets and has not given back.</summary>
    public long Total => Legs.Where(l => l.To == _payee).Sum(l => l.Amount);

    public static async Task<PaidLegs> OfAsync(UnitOfWork work, Case file)
    {
        var back = (await Reserved.MadeAsync(work, file.Id, Release.BackCode))
            .Concat(await Reserved.MadeAsync(work, file.Id, Release.ReturnCode))
            .GroupBy(t => (From: t.CreditId, To: t.DebitId)).ToDictionary(g => g.Key, g => g.Sum(t => t.Amount));
        var posted = (await Reserved.PostedAsync(work, file.Id)).GroupBy(t => (From: t.DebitId, To: t.CreditId));
        return new PaidLegs(file, [.. posted
            .Select(g => new PaidLeg(g.Key.From, g.Key.To, g.Sum(t => t.Amount) - back.GetValueOrDefault(g.Key)))
            .Where(l => l.Amount > 0)]);
    }

    /// <summary>What of each leg comes back with a part of the total: from budgets pro rata by largest remainder, from
    /// caps and quotas in proportion, rounded down; what counts lines comes back with the last 分 only.</summary>
    /// <param name="part">分, below <see cref="Total"/>.</param>
    public IReadOnlyList<PaidLeg> Part(long part)
    {
        var total = Total;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(part, total);
        long Share(PaidLeg leg) => (long)((Int128)leg.Amount * part / total);
        var budgets = Legs.Where(l => l.To == _payee).ToList();
        var missing = part - budgets.Sum(Share);
        var first = budgets.OrderByDescending(l => (long)((Int128)l.Amount * part % total)).Take((int)missing)
            .ToHashSet();
        return [.. Legs.Where(l => l.To == _payee || l.To == _money)
            .Select(l => l with { Amount = Share(l) + (first.Contains(l) ? 1 : 0) }).Where(l => l.Amount > 0)];
    }
}
