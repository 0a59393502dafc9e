using System.Data.Common;
using Xunit;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Proof;

/// <summary>Whatever is done to sealed rows or to the chain is found and named; an honest chain raises no alarm.
/// </summary>
public sealed class TamperingTests(TestDatabases databases)
{
    private const int Rows = 14;

    /// <summary>Both databases with each column of each kind.</summary>
    public static TheoryData<DatabaseKind, string> Kinds => new(
        from database in new[] { DatabaseKind.Sqlite, DatabaseKind.PostgreSql }
        from kind in SealedKinds.Newest
        select (database, kind.Kind));

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task An_honest_chain_is_whole(DatabaseKind kind)
    {
        await using var scene = await ProofScene.NewAsync(databases, kind, Rows);
        var before = await scene.VerifyAsync();
        Assert.True(before.IsWhole);
        Assert.Equal((0, Rows), (before.Seals, before.Unsealed));
        Assert.InRange(scene.Database.Clock.GetUtcNow().UtcTicks - before.OldestUnsealed!.Value, 0,
            TimeSpan.TicksPerMinute * 5);
        Assert.Equal(Rows, await new Sealer(scene.Database).SealAllAsync());
        await scene.Checkpoints.MakeAsync();
        var after = await scene.VerifyAsync(withCheckpoints: true);
        Assert.Empty(after.Faults);
        Assert.Equal((Rows, 0, Rows, 2), (after.Seals, after.Unsealed, after.ProvedUpTo, after.Checkpoints));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Each_changed_column_is_found(DatabaseKind database, string kindName)
    {
        var kind = SealedKinds.Newest.Single(k => k.Kind == kindName);
        await using var scene = await SealedAsync(database);
        var (position, _, row) = (await scene.SealsAsync()).First(s => s.Kind == kindName);
        var id = scene.Literal(row);
        foreach (var (name, type) in kind.Fields.Where(f => f.Name != "id"))
        {
            var other = type switch
            {
                "uuid" => scene.Literal(Guid.NewGuid()), "integer" => $"COALESCE(\"{name}\", 0) + 1",
                _ => $"\"{name}\" || ' '",
            };
            await scene.TamperAsync($"CREATE TABLE kept AS SELECT * FROM {kind.Table} WHERE id = {id}");
            await scene.TamperAsync($"UPDATE {kind.Table} SET \"{name}\" = {other} WHERE id = {id}");
            var fault = Assert.Single((await scene.VerifyAsync()).Faults);
            Assert.Equal((FaultKind.Changed, position, kindName, row.ToString()),
                (fault.Kind, fault.Position, fault.RowKind, fault.Row));
            await scene.TamperAsync(
                $"UPDATE {kind.Table} SET \"{name}\" = (SELECT \"{name}\" FROM kept) WHERE id = {id}");
            await scene.TamperAsync("DROP TABLE kept");
            Assert.True((await scene.VerifyAsync()).IsWhole);
        }
        await scene.TamperAsync($"UPDATE {kind.Table} SET id = {scene.Literal(Guid.NewGuid())} WHERE id = {id}");
        Assert.Equal([FaultKind.Removed, FaultKind.Inserted], (await scene.VerifyAsync()).Faults.Select(f => f.Kind));
    }

    [Theory]
    [InlineData("amount = amount + 0.5")]
    [InlineData("amount = CAST(amount AS TEXT) || 'x'")]
    [InlineData("code = CAST(code AS BLOB)")]
    [InlineData("code = code || char(0) || 'x'")]
    [InlineData("reference = LOWER(reference)")]
    [InlineData("pending_id = ''")]
    public async Task A_value_of_another_type_is_found_on_SQLite(string change)
    {
        await using var scene = await SealedAsync(DatabaseKind.Sqlite);
        await scene.TamperAsync($"UPDATE transfers SET {change} WHERE rowid = 1");
        Assert.Equal(FaultKind.Changed, Assert.Single((await scene.VerifyAsync()).Faults).Kind);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_removed_and_an_inserted_row_are_found(DatabaseKind kind)
    {
        await using var scene = await SealedAsync(kind);
        var (position, _, row) = (await scene.SealsAsync()).First(s => s.Kind == "decision");
        var added = Guid.NewGuid();
        await scene.TamperAsync("INSERT INTO case_decisions SELECT " + scene.Literal(added) +
            (kind == DatabaseKind.PostgreSql ? "::uuid" : "") + ", case_id, at, bundle, outcome, amount_state, " +
            "amount, json FROM case_decisions WHERE id = " + scene.Literal(row));
        await scene.TamperAsync($"DELETE FROM case_decisions WHERE id = {scene.Literal(row)}");
        var faults = (await scene.VerifyAsync()).Faults;
        Assert.Equal((FaultKind.Removed, position, row.ToString()),
            (faults[0].Kind, faults[0].Position, faults[0].Row));
        Assert.Equal((FaultKind.Inserted, null, added),
            (faults[1].Kind, faults[1].Position, Guid.Parse(faults[1].Row!)));
        Assert.Equal(2, faults.Count);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_noted_row_that_is_gone_is_found_before_and_after_sealing(DatabaseKind kind)
    {
        await using var scene = await ProofScene.NewAsync(databases, kind, 3);
        await scene.TamperAsync("DELETE FROM transfers");
        Assert.Equal(FaultKind.Removed, Assert.Single((await scene.VerifyAsync()).Faults).Kind);
        await new Sealer(scene.Database).SealAllAsync();
        var fault = Assert.Single((await scene.VerifyAsync()).Faults);
        Assert.Equal((FaultKind.Removed, 1L), (fault.Kind, fault.Position));
    }

    [Theory]
    [InlineData(3, 8, false)]
    [InlineData(3, 4, false)]
    [InlineData(3, 8, true)]
    [InlineData(3, 4, true)]
    public async Task Exchanged_seals_are_found(int first, int second, bool whole)
    {
        foreach (var kind in new[] { DatabaseKind.Sqlite, DatabaseKind.PostgreSql })
        {
            await using var scene = await SealedAsync(kind);
            await scene.TamperAsync(Index(drop: true));
            if (whole)
                foreach (var (from, to) in new[] { (first, -1), (second, first), (-1, second) })
                    await scene.TamperAsync($"UPDATE audit_seals SET position = {to} WHERE position = {from}");
            else
            {
                await scene.TamperAsync("CREATE TABLE kept AS SELECT * FROM audit_seals");
                await scene.TamperAsync(
                    "UPDATE audit_seals SET (kind, form, row_id, digest, sealed_at) = (SELECT kind, form, row_id, " +
                    "digest, sealed_at FROM kept WHERE kept.position = " +
                    $"CASE audit_seals.position WHEN {first} THEN {second} ELSE {first} END) " +
                    $"WHERE position IN ({first}, {second})");
            }
            await scene.TamperAsync(Index(drop: false));
            var faults = (await scene.VerifyAsync()).Faults.Where(f => f.Kind == FaultKind.Reordered).ToList();
            Assert.Equal([(long?)first, second], faults.Select(f => f.Position));
        }

        static string Index(bool drop) => drop ? "DROP INDEX \"IX_audit_seals_kind_row_id\""
            : "CREATE INDEX \"IX_audit_seals_kind_row_id\" ON audit_seals (kind, row_id)";
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_removed_seal_and_a_changed_seal_are_found(DatabaseKind kind)
    {
        await using var scene = await SealedAsync(kind);
        await scene.TamperAsync("DELETE FROM audit_seals WHERE position = 5");
        var faults = (await scene.VerifyAsync()).Faults;
        Assert.Equal([(FaultKind.Gap, 5L), (FaultKind.Inserted, null)], faults.Select(f => (f.Kind, f.Position)));
        await scene.TamperAsync("UPDATE audit_seals SET sealed_at = sealed_at + 1 WHERE position = 8");
        faults = (await scene.VerifyAsync()).Faults;
        Assert.Contains(faults, f => (f.Kind, f.Position) == (FaultKind.BrokenLink, 8L));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_cut_tail_is_found_and_with_checkpoints_also_a_clean_one(DatabaseKind kind)
    {
        await using var scene = await SealedAsync(kind);
        await scene.Checkpoints.MakeAsync();
        var gone = (await scene.SealsAsync()).Where(s => s.Position > 9).ToList();
        await scene.TamperAsync("DELETE FROM audit_seals WHERE position > 9");
        var faults = (await scene.VerifyAsync()).Faults;
        Assert.Contains(faults, f => f.Kind == FaultKind.Cut);
        Assert.Equal(5, faults.Count(f => f.Kind == FaultKind.Inserted));
        // Also the rows, the stored checkpoint and the head: then only what was exported knows.
        foreach (var (_, name, row) in gone)
            await scene.TamperAsync($"DELETE FROM {SealedKinds.Find(name, 1)!.Table} WHERE id = {scene.Literal(row)}");
        await scene.TamperAsync("DELETE FROM audit_checkpoints");
        await scene.TamperAsync("UPDATE audit_head SET position = 9, hash = (SELECT hash FROM audit_seals " +
            "WHERE position = 9)");
        Assert.True((await scene.VerifyAsync()).IsWhole);
        var fault = Assert.Single((await scene.VerifyAsync(withCheckpoints: true)).Faults);
        Assert.Equal((FaultKind.Cut, 14L), (fault.Kind, fault.Position));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_chain_that_is_made_anew_is_found_by_checkpoints_alone(DatabaseKind kind)
    {
        await using var scene = await SealedAsync(kind);
        await scene.Checkpoints.MakeAsync();
        await scene.TamperAsync("UPDATE transfers SET amount = amount * 10");
        await scene.TamperAsync("DELETE FROM audit_checkpoints");
        var seals = await scene.SealsAsync();
        await scene.TamperAsync("DELETE FROM audit_seals");
        var database = (await scene.Database.ReadAsync(ChainHead.FindAsync))!.Database;
        await scene.Database.WriteAsync(work =>
        {
            ChainHead.Move(work, 0, AuditHead.Genesis(database));
            foreach (var (_, name, row) in seals) Zhida.Ledger.Journal.Note(work, name, row);
            return Task.CompletedTask;
        });
        await new Sealer(scene.Database).SealAllAsync();
        Assert.True((await scene.VerifyAsync()).IsWhole);
        Assert.Equal(FaultKind.Rebuilt, Assert.Single((await scene.VerifyAsync(withCheckpoints: true)).Faults).Kind);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Sealed_tables_refuse_changes(DatabaseKind kind)
    {
        await using var scene = await SealedAsync(kind);
        await scene.Checkpoints.MakeAsync();
        foreach (var table in SealedKinds.Newest.Select(k => k.Table).Concat(["audit_seals", "audit_checkpoints"]))
        {
            var change = table is "audit_seals" or "audit_checkpoints" ? "position = position + 100" : "at = at + 1";
            string[] acts = [$"UPDATE {table} SET {change}", $"DELETE FROM {table}"];
            foreach (var sql in kind == DatabaseKind.PostgreSql ? acts.Append($"TRUNCATE {table}") : acts)
            {
                await using var connection = await scene.Database.ConnectAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                var refusal = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());
                Assert.Contains("append-only", refusal.Message);
            }
        }
    }

    private async Task<ProofScene> SealedAsync(DatabaseKind kind)
    {
        var scene = await ProofScene.NewAsync(databases, kind, Rows);
        await new Sealer(scene.Database).SealAllAsync();
        return scene;
    }
}
