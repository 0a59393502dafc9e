using Zhida.Ledger;

namespace Zhida.Casework.Money;

/// <summary>How casework names its accounts. A name says all that makes an account one of its own, so that whoever
/// means the same money means the same row.</summary>
public static class Accounts
{
    public const string Money = "CNY";

    /// <summary>The unit of caps that count lines, and of places in an exclusion group.</summary>
    public const string Count = "项";

    public const string BudgetKind = "预算";
    public const string CapKind = "上限";
    public const string QuotaKind = "额度";
    public const string ExclusionKind = "互斥";
    public const string SubjectKind = "主体";
    public const string SourceKind = "来源";

    /// <summary>What a payer may spend on an item in a place and year.</summary>
    /// <param name="place">A division's first digits, or the zone's code; 21: the province's own pool.</param>
    public static Account Budget(string item, string payer, string place, string year) =>
        Limited($"预算/{item}/{payer}/{place}/{year}", BudgetKind, Money);

    /// <summary>Who pays from a budget, by the account's name; null: it is no budget.</summary>
    public static string? PayerOf(Account account) =>
        account.Kind == BudgetKind ? account.Name.Split('/')[^3] : null;

    /// <summary>A cap of an item, by the name that the decision gives its account.</summary>
    public static Account Cap(string account, bool countsLines) =>
        Limited($"上限/{account}", CapKind, countsLines ? Count : Money);

    /// <summary>What a bank or a city may draw of an item's quota.</summary>
    public static Account Quota(string item, string holder) => Limited($"额度/{item}/{holder}", QuotaKind, Money);

    /// <summary>What is still to be divided among the holders of an item's quota.</summary>
    public static Account Undivided(string item) => Limited($"额度/{item}", QuotaKind, Money);

    /// <summary>An item's hold on the place of an exclusion group (互斥) for a claim object; one item may have one.
    /// </summary>
    /// <param name="place">By <see cref="Policy.Deciding.AccountName.OfPlace"/>.</param>
    public static Account Hold(string place, string item) => Free($"{place}/{item}", ExclusionKind, Count);

    /// <summary>What a subject is due and was paid.</summary>
    public static Account Payee(string subject) => Free($"主体/{subject}", SubjectKind, Money);

    /// <summary>The other side of a subject's draws on caps, quotas and groups: in no other subject's way.</summary>
    public static Account Contra(string subject, string currency) =>
        Free($"对方/{subject}/{currency}", SourceKind, currency);

    /// <summary>Where budgets and quotas come from.</summary>
    public static Account Source(string name, string currency) => Free($"来源/{name}", SourceKind, currency);

    private static Account Limited(string name, string kind, string currency) =>
        Account.Named(name, kind, currency, AccountFlags.DebitsMustNotExceedCredits);

    private static Account Free(string name, string kind, string currency) =>
        Account.Named(name, kind, currency, AccountFlags.None);
}
