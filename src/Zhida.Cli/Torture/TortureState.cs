using System.Data.Common;
using System.Text.Json;
using Zhida.Casework.Cases;
using Zhida.Ledger;
using Zhida.Ledger.Storage;

namespace Zhida.Cli.Torture;

/// <summary>A case as it stands.</summary>
/// <param name="Amount">分.</param>
internal sealed record StoredCase(
    Guid Id, string? Number, string Item, string Subject, string Object, string Period, CasePhase Phase, long Version,
    long? Amount);

/// <summary>A move as it stands.</summary>
/// <param name="Granted">What its decision came to, in 分; null: it decided nothing, or no amount.</param>
internal sealed record StoredMove(
    Guid Id, Guid Case, long Version, Move Move, CasePhase From, CasePhase To, Guid? Decision, long? Granted,
    IReadOnlyList<Guid> Transfers);

/// <summary>All that the database has, at one moment.</summary>
/// <param name="Others">Decisions and papers, which can't change either.</param>
/// <param name="Sealed">Rows that the audit chain has sealed, by kind.</param>
internal sealed record TortureState(
    IReadOnlyDictionary<Guid, StoredCase> Cases, IReadOnlyList<StoredMove> Moves, IReadOnlyList<Guid> Others,
    IReadOnlyDictionary<Guid, Account> Accounts, IReadOnlyList<Transfer> Transfers,
    IReadOnlyList<(string Kind, Guid Row)> Sealed)
{
    private const string MoveColumns = "m.id, m.case_id, m.version, m.move, m.\"from\", m.\"to\", m.decision, " +
        "d.amount, m.body";

    public static Task<TortureState> ReadAsync(Database database) => database.ReadAsync(async work =>
    {
        var cases = await work.QueryAsync(
            "SELECT id, number, item, subject, object, period, phase, version, amount FROM cases", CaseOf, []);
        var moves = await work.QueryAsync(
            $"SELECT {MoveColumns} FROM case_moves m LEFT JOIN case_decisions d ON d.id = m.decision " +
            "ORDER BY m.case_id, m.version", MoveOf, []);
        var others = await work.QueryAsync(
            "SELECT id FROM case_decisions UNION ALL SELECT id FROM case_papers", row => row.GetGuid(0), []);
        var accounts = await work.QueryAsync(
            "SELECT id, name, currency, kind, flags, debits_pending, debits_posted, credits_pending, credits_posted " +
            "FROM accounts", AccountOf, []);
        var transfers = await work.QueryAsync(
            "SELECT id, debit_id, credit_id, amount, pending_id, flags, code, reference FROM transfers",
            TransferOf, []);
        var seals = await work.QueryAsync("SELECT kind, row_id FROM audit_seals",
            row => (row.GetString(0), row.GetGuid(1)), []);
        return new TortureState(cases.ToDictionary(c => c.Id), moves, others, accounts.ToDictionary(a => a.Id),
            transfers, seals);
    });

    private static StoredCase CaseOf(DbDataReader row) => new(
        row.GetGuid(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
        row.GetString(5), (CasePhase)row.GetInt32(6), row.GetInt64(7), row.IsDBNull(8) ? null : row.GetInt64(8));

    private static StoredMove MoveOf(DbDataReader row)
    {
        using var body = JsonDocument.Parse(row.GetString(8));
        return new StoredMove(row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), (Move)row.GetInt32(3),
            (CasePhase)row.GetInt32(4), (CasePhase)row.GetInt32(5), row.IsDBNull(6) ? null : row.GetGuid(6),
            row.IsDBNull(7) ? null : row.GetInt64(7),
            [.. body.RootElement.GetProperty("transfers").EnumerateArray().Select(t => t.GetGuid())]);
    }

    private static Account AccountOf(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), Name = row.GetString(1), Currency = row.GetString(2), Kind = row.GetString(3),
        Flags = (AccountFlags)row.GetInt32(4), DebitsPending = row.GetInt64(5), DebitsPosted = row.GetInt64(6),
        CreditsPending = row.GetInt64(7), CreditsPosted = row.GetInt64(8),
    };

    private static Transfer TransferOf(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), DebitId = row.GetGuid(1), CreditId = row.GetGuid(2), Amount = row.GetInt64(3),
        PendingId = row.IsDBNull(4) ? null : row.GetGuid(4), Flags = (TransferFlags)row.GetInt32(5),
        Code = row.GetString(6), Reference = row.GetGuid(7),
    };
}
