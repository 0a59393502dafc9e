using System.Data.Common;
using Zhida.Ledger.Storage;

namespace Zhida.Casework.Proof;

/// <summary>
/// Triggers that refuse to change or delete rows of sealed tables, and the beginning of the chain. They stop slips of a
/// program or of a person at a prompt; who owns the database can drop them, and is found by the chain.
/// </summary>
internal static class AppendOnly
{
    private static readonly string[] Acts = ["UPDATE", "DELETE"];

    private static IEnumerable<string> Tables =>
        SealedKinds.Newest.Select(k => k.Table).Concat(["audit_seals", "audit_checkpoints"]);

    /// <summary>Makes what is not there yet; after the migrations, every time.</summary>
    public static async Task ApplyAsync(DatabaseKind kind, DbConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var statements = kind == DatabaseKind.PostgreSql ? PostgreSql() : Sqlite();
        foreach (var sql in statements)
        {
            await using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, sql);
            await command.ExecuteNonQueryAsync();
        }
        await BeginAsync(connection, transaction);
        await transaction.CommitAsync();
    }

    private static IEnumerable<string> PostgreSql()
    {
        // Processes that start together; any number that nobody else locks.
        yield return "SELECT pg_advisory_xact_lock(5063541)";
        yield return """
            CREATE OR REPLACE FUNCTION zhida_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
            """;
        foreach (var table in Tables)
        {
            yield return Unless($"{table}_keep", $"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW");
            yield return Unless($"{table}_keep_all", $"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT");
        }

        // Making one anew would lock the table against those who write.
        static string Unless(string name, string when) => $"""
            DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = '{name}') THEN
            CREATE TRIGGER {name} {when} EXECUTE FUNCTION zhida_append_only(); END IF; END $$
            """;
    }

    private static IEnumerable<string> Sqlite() =>
        Tables.SelectMany(table => Acts.Select(act =>
            $"CREATE TRIGGER IF NOT EXISTS {table}_keep_{act.ToLowerInvariant()} BEFORE {act} ON {table} " +
            $"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"));

    private static async Task BeginAsync(DbConnection connection, DbTransaction transaction)
    {
        var database = Guid.NewGuid();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO audit_head (id, database, position, hash) " +
            "VALUES (@id, @database, 0, @hash) ON CONFLICT (id) DO NOTHING";
        Add("@id", AuditHead.TheOne);
        Add("@database", database);
        Add("@hash", AuditHead.Genesis(database));
        await command.ExecuteNonQueryAsync();

        void Add(string name, object value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }
}
