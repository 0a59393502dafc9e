using Zhida.Policy.Facts;
using Zhida.Policy.Program;

namespace Zhida.Policy.Deciding;

/// <summary>A cap as it meets one line: evaluated in the line's frame. <paramref name="Key"/> null: the facts don't say
/// which account; <paramref name="Limit"/> null: open or unknown, with <paramref name="LimitOpen"/> telling which.
/// </summary>
internal readonly record struct CapClaim(Cap Cap, string? Key, string Period, decimal? Limit, bool LimitOpen)
{
    /// <summary>The most that an unknown limit can be; the limit where it is known; null: not bounded.</summary>
    public decimal? UpperLimit { get; init; }

    /// <summary>Lines with one account name share the cap; null while the key is unknown.</summary>
    public AccountId? Account(Item item) => Key is null ? null : new AccountId(Cap.SharedName is null ? item : null,
        Cap.SharedName ?? Cap.Name, Key, Period);
}

/// <summary>An account: a cap of an item, or a shared one (<paramref name="Item"/> null), its key and period.
/// </summary>
internal readonly record struct AccountId(Item? Item, string Name, string Key, string Period)
{
    // An item is one object in a program: its identity is enough, and its value would be long to hash.
    public bool Equals(AccountId other) =>
        ReferenceEquals(Item, other.Item) && Name == other.Name && Key == other.Key && Period == other.Period;

    public override int GetHashCode() => HashCode.Combine(Name, Key, Period);
}

/// <summary>What caps have given so far in one decision, on top of earlier grants.</summary>
/// <param name="sharers">The items that draw on a shared cap, by its name.</param>
internal sealed class CapAccounts(SubjectFacts facts, ILookup<string, Item> sharers)
{
    private Dictionary<AccountId, decimal>? _drawn;

    /// <summary>Drawn before a line comes: earlier grants and lines before it. In 元, or in lines for a counting cap.
    /// </summary>
    public decimal Used(in CapClaim claim, Line line) =>
        Before(claim, line) +
        (_drawn is not null && claim.Account(line.Item) is { } account ? _drawn.GetValueOrDefault(account) : 0);

    /// <summary>The least that the caps of a line leave it; null: nothing limits it.</summary>
    public decimal? Left(Line line)
    {
        decimal? left = null;
        foreach (var claim in line.Claims)
        {
            if (claim.Cap.CountsLines || claim.Cap.ProRata || claim.UpperLimit is not { } limit) continue;
            var here = Math.Max(0, limit - Used(claim, line));
            if (left is null || here < left) left = here;
        }
        return left;
    }

    public void Draw(Line line, decimal amount)
    {
        _drawn ??= [];
        foreach (var claim in line.Claims)
            if (!claim.Cap.CountsLines && claim.Account(line.Item) is { } account)
                _drawn[account] = _drawn.GetValueOrDefault(account) + amount;
    }

    /// <summary>Runs <paramref name="trial"/> and forgets what it drew.</summary>
    public decimal Try(Func<decimal> trial)
    {
        var saved = _drawn is null ? null : new Dictionary<AccountId, decimal>(_drawn);
        try
        {
            return trial();
        }
        finally
        {
            _drawn = saved;
        }
    }

    /// <summary>What the ledger says of the account, where the facts bring it; else the earlier grants.</summary>
    private decimal Before(in CapClaim claim, Line line)
    {
        if (facts.Balances.Count > 0 && AccountName.Of(claim, line, facts.Subject.Id) is { } name)
            foreach (var balance in facts.Balances)
                if (balance.Account == name) return balance.Used;
        return Granted(claim, line.Item);
    }

    private decimal Granted(in CapClaim claim, Item item)
    {
        var sum = 0m;
        foreach (var grant in facts.Grants)
            if (EarlierGrants.Counts(grant, claim.Cap, item, sharers) &&
                EarlierGrants.Meets(grant, claim.Cap, claim.Key, claim.Period))
                sum += EarlierGrants.Worth(grant, claim.Cap);
        return sum;
    }
}

/// <summary>Which earlier grants (已得) count under which cap.</summary>
internal static class EarlierGrants
{
    /// <summary>A grant counts under the item's own caps of its scope; under a shared one those of every item that
    /// shares it, and those that name the cap itself.</summary>
    public static bool Counts(Grant grant, Cap cap, Item item, ILookup<string, Item> sharers) =>
        (grant.Scope is not { } scope || scope == cap.ScopeName) &&
        (IsOf(grant, item) || cap.SharedName is { } shared &&
            (grant.Item == shared || sharers[shared].Any(other => IsOf(grant, other))));

    /// <summary>Whether it was given from an account: of this key and, for a cap of 年度, of this period.</summary>
    public static bool Meets(Grant grant, Cap cap, string? key, string period) =>
        (grant.Key is not { } given || given == key) &&
        (cap.Period != CapPeriod.Line || grant.Period is not { } year || year == period);

    /// <summary>What it takes: 元, or one line.</summary>
    public static decimal Worth(Grant grant, Cap cap) => cap.CountsLines ? 1 : grant.Amount;

    private static bool IsOf(Grant grant, Item item) => grant.Item == item.Number || grant.Item == item.Id;
}
