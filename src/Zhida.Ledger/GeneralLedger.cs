using System.Data.Common;
using Zhida.Ledger.Storage;

namespace Zhida.Ledger;

/// <summary>
/// Accounts and transfers in a database. Everything happens within a unit of work of the caller's, so that deciding and
/// posting are one transaction: it locks the accounts in the order of their ids, applies the rules, and writes.
/// </summary>
public static class GeneralLedger
{
    private const string AccountColumns = "id, name, currency, kind, flags, debits_pending, debits_posted, " +
        "credits_pending, credits_posted, opened_at, changed_at";

    internal const string TransferColumns =
        "id, debit_id, credit_id, amount, pending_id, flags, expires_at, code, reference, at";

    private static readonly Rows<Account> Balances = Rows<Account>.Update("accounts",
        new("id", typeof(Guid), a => a.Id),
        new("debits_pending", typeof(long), a => a.DebitsPending),
        new("debits_posted", typeof(long), a => a.DebitsPosted),
        new("credits_pending", typeof(long), a => a.CreditsPending),
        new("credits_posted", typeof(long), a => a.CreditsPosted),
        new("changed_at", typeof(long), a => a.ChangedAt));

    private static readonly Rows<Transfer> Made = Rows<Transfer>.Insert("transfers",
        new("id", typeof(Guid), t => t.Id),
        new("debit_id", typeof(Guid), t => t.DebitId),
        new("credit_id", typeof(Guid), t => t.CreditId),
        new("amount", typeof(long), t => t.Amount),
        new("pending_id", typeof(Guid?), t => t.PendingId),
        new("flags", typeof(int), t => (int)t.Flags),
        new("expires_at", typeof(long), t => t.ExpiresAt),
        new("code", typeof(string), t => t.Code),
        new("reference", typeof(Guid), t => t.Reference),
        new("at", typeof(long), t => t.At));

    /// <summary>Opens accounts that are not there yet; those that are stay as they are, and must be what is opened, as
    /// far as this unit of work locks them. Before any are locked: who opens after locking may wait in a circle.
    /// </summary>
    /// <exception cref="ArgumentException">An account with both limits, or with a text that doesn't fit.</exception>
    /// <exception cref="InvalidOperationException">From what locks it later: the account that stands is of another
    /// kind or currency, or has other flags.</exception>
    public static void Open(UnitOfWork work, IEnumerable<Account> accounts)
    {
        // In the order in which they are locked, so that two who open the same ones don't wait for each other.
        foreach (var account in accounts.OrderBy(a => a.Id.ToString(), StringComparer.Ordinal))
        {
            if (account.Flags is not (AccountFlags.None or AccountFlags.DebitsMustNotExceedCredits
                or AccountFlags.CreditsMustNotExceedDebits))
                throw new ArgumentException($"account {account.Name}: {account.Flags}", nameof(accounts));
            if (account.Name.Length is 0 or > Account.NameLength ||
                account.Currency.Length is 0 or > Account.WordLength ||
                account.Kind.Length is 0 or > Account.WordLength)
                throw new ArgumentException($"account {account.Name}: a text is empty or too long", nameof(accounts));
            work.Opened[account.Id] = account;
            work.Write(
                $"INSERT INTO accounts ({AccountColumns}) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, $6, 0) " +
                "ON CONFLICT (id) DO NOTHING",
                account.Id, account.Name, account.Currency, account.Kind, (int)account.Flags, work.Now);
        }
    }

    /// <summary>Locks accounts until the end of the transaction; their balances are those that count. Accounts that
    /// don't exist are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Account>> LockAsync(
        UnitOfWork work, IEnumerable<Guid> ids)
    {
        var found = await work.QueryAsync(
            LockAccounts(work), row => ReadAccount(work, row), [work.Ids(ids.Distinct())]);
        return found.ToDictionary(a => a.Id);
    }

    /// <summary>Makes transfers: each, or each chain, stands or is refused with a status; refusals change
    /// nothing.</summary>
    public static async Task<IReadOnlyList<TransferResult>> PostAsync(
        UnitOfWork work, IReadOnlyList<Transfer> transfers)
    {
        var book = await FillAsync(work, transfers);
        var results = book.Apply(transfers);
        Balances.Write(work, book.Changed());
        Made.Write(work, book.Made);
        Journal.Note(work, Journal.Transfers, book.Made.Select(t => t.Id));
        return results;
    }

    /// <summary>Gives back what pending transfers reserved whose time is over; the ids of those that were
    /// voided.</summary>
    /// <param name="most">How many at once.</param>
    public static async Task<IReadOnlyList<Guid>> ExpireAsync(
        UnitOfWork work, int most = 100)
    {
        var over = await work.QueryAsync(
            $"SELECT {TransferColumns} FROM transfers p WHERE expires_at > 0 AND expires_at <= $1 AND NOT EXISTS " +
            "(SELECT 1 FROM transfers r WHERE r.pending_id = p.id) ORDER BY expires_at, id LIMIT $2",
            ReadTransfer, [work.Now, most]);
        var voids = over.Select(p => new Transfer
        {
            Id = Book.ExpiryOf(p.Id), PendingId = p.Id, Amount = p.Amount, Code = "到期",
            Reference = p.Reference, Flags = TransferFlags.VoidPending,
        }).ToList();
        var results = await PostAsync(work, voids);
        return [.. voids.Zip(results).Where(v => v.Second.Status == TransferStatus.Created)
            .Select(v => v.First.PendingId!.Value)];
    }

    /// <summary>The transfers of an account, oldest first, after a moment.</summary>
    /// <param name="after">UTC ticks; the last one's <see cref="Transfer.At"/> to go on.</param>
    public static Task<List<Transfer>> HistoryAsync(
        UnitOfWork work, Guid account, long after = 0, int most = 100) =>
        // Two short walks along two indexes; with an OR the database would sort all that comes after.
        work.QueryAsync($"{FirstOf("debit_id")} UNION ALL {FirstOf("credit_id")} ORDER BY at LIMIT $3", ReadTransfer,
            [account, after, most]);

    /// <summary>An account as it was at a moment; null: it was not open yet.</summary>
    /// <param name="at">UTC ticks; transfers of that very tick count.</param>
    public static async Task<Account?> AsOfAsync(
        UnitOfWork work, Guid account, long at)
    {
        var found = await work.QueryAsync(
            $"SELECT {AccountColumns} FROM accounts WHERE id = $1 AND opened_at <= $2", ReadAccount, [account, at]);
        if (found is not [var now]) return null;
        var then = now with
        {
            DebitsPending = 0, DebitsPosted = 0, CreditsPending = 0, CreditsPosted = 0, ChangedAt = 0,
        };
        // What a resolved pending transfer reserved is taken off again by its resolution.
        var sums = await work.QueryAsync(
            """
            SELECT t.debit_id, t.flags, SUM(t.amount), SUM(COALESCE(p.amount, 0)), MAX(t.at)
            FROM transfers t LEFT JOIN transfers p ON p.id = t.pending_id
            WHERE (t.debit_id = $1 OR t.credit_id = $1) AND t.at <= $2 GROUP BY t.debit_id, t.flags
            """,
            r => (IsDebit: r.GetGuid(0) == account, Flags: (TransferFlags)r.GetInt32(1), Amount: Whole(r, 2),
                Released: Whole(r, 3), Last: r.GetInt64(4)),
            [account, at]);
        foreach (var sum in sums)
        {
            var pending = sum.Flags.HasFlag(TransferFlags.Pending) ? sum.Amount : -sum.Released;
            var posted = (sum.Flags & (TransferFlags.Pending | TransferFlags.VoidPending)) != 0 ? 0 : sum.Amount;
            then = sum.IsDebit
                ? then with
                {
                    DebitsPending = then.DebitsPending + pending, DebitsPosted = then.DebitsPosted + posted,
                    ChangedAt = Math.Max(then.ChangedAt, sum.Last),
                }
                : then with
                {
                    CreditsPending = then.CreditsPending + pending, CreditsPosted = then.CreditsPosted + posted,
                    ChangedAt = Math.Max(then.ChangedAt, sum.Last),
                };
        }
        return then;
    }

    /// <summary>Transfers by id.</summary>
    public static Task<List<Transfer>> FindAsync(
        UnitOfWork work, IEnumerable<Guid> ids) =>
        work.QueryAsync($"SELECT {TransferColumns} FROM transfers WHERE {work.Among("id", 1)}", ReadTransfer,
            [work.Ids(ids)]);

    /// <summary>Locks the accounts first; what the book then reads can't change until the end.</summary>
    private static async Task<Book> FillAsync(UnitOfWork work, IReadOnlyList<Transfer> transfers)
    {
        var pending = transfers.Select(t => t.PendingId).OfType<Guid>().Distinct().ToList();
        var named = transfers.SelectMany(t => new[] { t.DebitId, t.CreditId }).ToHashSet();
        if (pending.Count > 0)
            await work.QueryAsync([new Query(
                $"SELECT debit_id, credit_id FROM transfers WHERE {work.Among("id", 1)}", [work.Ids(pending)],
                row => named.UnionWith([row.GetGuid(0), row.GetGuid(1)]))]);
        while (true)
        {
            var (accounts, before) = (new List<Account>(), new List<Transfer>());
            var queries = new List<Query>
            {
                new(LockAccounts(work), [work.Ids(named)], row => accounts.Add(ReadAccount(work, row))),
                new($"SELECT {TransferColumns} FROM transfers WHERE {work.Among("id", 1)}",
                    [work.Ids(transfers.Select(t => t.Id).Concat(pending).Distinct())],
                    row => before.Add(ReadTransfer(row))),
            };
            if (pending.Count > 0)
                queries.Add(new Query($"SELECT {TransferColumns} FROM transfers WHERE {work.Among("pending_id", 1)}",
                    [work.Ids(pending)], row => before.Add(ReadTransfer(row))));
            await work.QueryAsync(queries);
            // A pending transfer may have been made since its accounts were looked for: then they are locked too, out
            // of order, and should two so wait for each other, the database ends one of them and it is tried again.
            var unlocked = before.Where(t => t.IsPending && pending.Contains(t.Id))
                .SelectMany(t => new[] { t.DebitId, t.CreditId }).Where(named.Add).ToList();
            if (unlocked.Count == 0) return new Book(work.Clock.GetUtcNow().UtcTicks, accounts, before);
        }
    }

    private static string FirstOf(string side) =>
        $"SELECT {TransferColumns} FROM " +
        $"(SELECT * FROM transfers WHERE {side} = $1 AND at > $2 ORDER BY at LIMIT $3) AS f";

    internal static string LockAccounts(UnitOfWork work) =>
        $"SELECT {AccountColumns} FROM accounts WHERE {work.Among("id", 1)} ORDER BY id{work.ForUpdate}";

    /// <summary>What a caller opened in this unit of work under a name is what stands under it: a cap that somebody
    /// opened without its limit must not pass for one.</summary>
    internal static Account ReadAccount(UnitOfWork work, DbDataReader row)
    {
        var account = ReadAccount(row);
        if (work.Opened.TryGetValue(account.Id, out var opened) && (opened.Name, opened.Currency, opened.Kind,
            opened.Flags) != (account.Name, account.Currency, account.Kind, account.Flags))
            throw new InvalidOperationException($"account {account.Name} stands, but is not the one that was opened: " +
                $"{account.Kind}, {account.Currency}, {account.Flags}");
        return account;
    }

    private static Account ReadAccount(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), Name = row.GetString(1), Currency = row.GetString(2), Kind = row.GetString(3),
        Flags = (AccountFlags)row.GetInt32(4), DebitsPending = row.GetInt64(5), DebitsPosted = row.GetInt64(6),
        CreditsPending = row.GetInt64(7), CreditsPosted = row.GetInt64(8), OpenedAt = row.GetInt64(9),
        ChangedAt = row.GetInt64(10),
    };

    internal static Transfer ReadTransfer(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), DebitId = row.GetGuid(1), CreditId = row.GetGuid(2), Amount = row.GetInt64(3),
        PendingId = row.IsDBNull(4) ? null : row.GetGuid(4), Flags = (TransferFlags)row.GetInt32(5),
        ExpiresAt = row.GetInt64(6), Code = row.GetString(7), Reference = row.GetGuid(8), At = row.GetInt64(9),
    };

    /// <summary>PostgreSQL sums bigints to a numeric.</summary>
    private static long Whole(DbDataReader row, int column) => (long)row.GetDecimal(column);
}
