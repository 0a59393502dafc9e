using System.Diagnostics;
using CsCheck;
using Xunit;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;

namespace Zhida.Tests.Casework.Proof;

/// <summary>The sealer beside writers, killed in the middle, and its speed; random tampering with random histories.
/// </summary>
public sealed class SealerTests(TestDatabases databases, ITestOutputHelper output)
{
    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Sealers_beside_eight_writers_raise_no_alarm(DatabaseKind kind)
    {
        await using var scene = await ProofScene.NewAsync(databases, kind, 0);
        using var stop = new CancellationTokenSource();
        // Two servers that seal; a verifier that looks all the time.
        var sealers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await new Sealer(scene.Database).SealAsync(most: 7);
        })).ToList();
        var verifier = Task.Run(async () =>
        {
            var reports = new List<AuditReport>();
            while (!stop.IsCancellationRequested) reports.Add(await scene.VerifyAsync());
            return reports;
        });
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; i < 30; i++) await scene.WriteAsync(writer * 100 + i);
            })));
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([.. sealers, verifier]);
        }
        Assert.All(await verifier, report => Assert.Empty(report.Faults));
        await new Sealer(scene.Database).SealAllAsync();
        var last = await scene.VerifyAsync();
        Assert.Empty(last.Faults);
        Assert.Equal((240, 0), (last.Seals, last.Unsealed));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_sealer_that_is_killed_leaves_the_notes(DatabaseKind kind)
    {
        await using var scene = await ProofScene.NewAsync(databases, kind, 10);
        await new Sealer(scene.Database).SealAsync(most: 4);
        await scene.Database.WriteAsync(async work =>
        {
            Assert.Equal(5, await Sealer.SealAsync(work, 5));
            await work.FlushAsync();
            work.Abandon();
        });
        var report = await scene.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((4, 6), (report.Seals, report.Unsealed));
        Assert.Equal(6, await new Sealer(scene.Database).SealAllAsync());
        Assert.True((await scene.VerifyAsync()).IsWhole);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_row_noted_twice_is_sealed_once_and_an_unknown_kind_is_told_of(DatabaseKind kind)
    {
        await using var scene = await ProofScene.NewAsync(databases, kind, 2);
        await new Sealer(scene.Database).SealAllAsync();
        var row = (await scene.SealsAsync())[0].Row;
        await scene.Database.WriteAsync(work =>
        {
            Zhida.Ledger.Journal.Note(work, "transfer", row);
            Zhida.Ledger.Journal.Note(work, "nonsense", Guid.CreateVersion7());
            return Task.CompletedTask;
        });
        await scene.WriteAsync(0);
        await new Sealer(scene.Database).SealAllAsync();
        var report = await scene.VerifyAsync();
        Assert.Equal((3, 1), (report.Seals, report.Unsealed));
        Assert.Equal(FaultKind.UnknownKind, Assert.Single(report.Faults).Kind);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task The_loop_seals_and_signs_until_it_is_stopped(DatabaseKind kind)
    {
        await using var scene = await ProofScene.NewAsync(databases, kind, 5);
        using var stop = new CancellationTokenSource();
        var loop = new SealingLoop(scene.Database, scene.Checkpoints,
            new SealingOptions { Pause = TimeSpan.FromMilliseconds(5), SealsPerCheckpoint = 3 });
        var running = loop.RunAsync(e => Assert.Fail(e.Message), stop.Token);
        while ((await scene.VerifyAsync()).Checkpoints == 0) await Task.Delay(5);
        await scene.WriteAsync(0);
        await stop.CancelAsync();
        await running;
        var report = await scene.VerifyAsync(withCheckpoints: true);
        Assert.Empty(report.Faults);
        Assert.Equal((6, 6), (report.Seals, report.ProvedUpTo));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task One_random_change_to_a_random_history_is_found(DatabaseKind kind)
    {
        var tries = Repository.IsLong ? 200 : 8;
        await Gen.Select(Gen.Int[1, 12], Gen.Int[0, 5], Gen.Int[0, 1000], Gen.Int[0, 6]).SampleAsync(
            async (rows, unsealed, at, act) =>
            {
                await using var scene = await ProofScene.NewAsync(databases, kind, rows);
                await new Sealer(scene.Database).SealAllAsync();
                await scene.Checkpoints.MakeAsync();
                for (var i = 0; i < unsealed; i++) await scene.WriteAsync(10_000 + at + i);
                Assert.True((await scene.VerifyAsync(withCheckpoints: true)).IsWhole);
                await scene.TamperAsync(await ChangeAsync(scene, at, act));
                return (await scene.VerifyAsync(withCheckpoints: true)).FaultCount > 0;
            }, iter: tries, threads: 1);
    }

    /// <summary>Speed, told in the test's output; the bound only sees to it that nothing is quadratic.</summary>
    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Sealing_and_verifying_keep_pace(DatabaseKind kind)
    {
        var rows = Repository.IsLong ? 1_000_000 : 20_000;
        await using var scene = await ProofScene.NewAsync(databases, kind, 0);
        var count = kind == DatabaseKind.PostgreSql
            ? $"SELECT gen_random_uuid() AS id FROM generate_series(1, {rows})"
            : $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) SELECT " +
              "UPPER(printf('%s-%s-%s-%s-%s', hex(randomblob(4)), hex(randomblob(2)), hex(randomblob(2)), " +
              "hex(randomblob(2)), hex(randomblob(6)))) AS id FROM n";
        await scene.TamperAsync($"INSERT INTO transfers (id, debit_id, credit_id, amount, flags, expires_at, code, " +
            $"reference, at) SELECT id, id, id, 1, 0, 0, '兑现', id, 1 FROM ({count}) r");
        await scene.TamperAsync("INSERT INTO journal (kind, row_id) SELECT 'transfer', id FROM transfers");
        var sealing = Stopwatch.StartNew();
        Assert.Equal(rows, await new Sealer(scene.Database).SealAllAsync());
        sealing.Stop();
        var verifying = Stopwatch.StartNew();
        Assert.True((await scene.VerifyAsync()).IsWhole);
        output.WriteLine($"{kind}: sealed {rows * 1000L / sealing.ElapsedMilliseconds:N0} rows/s, verified " +
            $"{rows * 1000L / verifying.ElapsedMilliseconds:N0} rows/s");
        Assert.True(rows * 1000L / sealing.ElapsedMilliseconds > 200, $"{sealing.Elapsed} for {rows} rows");
    }

    private static async Task<string> ChangeAsync(ProofScene scene, int at, int act)
    {
        var seals = await scene.SealsAsync();
        var (position, name, row) = seals[at % seals.Count];
        var kind = SealedKinds.Find(name, 1)!;
        var field = kind.Fields[at % kind.Fields.Count];
        var other = field.Type switch
        {
            "uuid" => scene.Literal(Guid.NewGuid()), "integer" => $"COALESCE(\"{field.Name}\", 0) + 1",
            _ => $"'x' || \"{field.Name}\"",
        };
        return act switch
        {
            0 => $"UPDATE {kind.Table} SET \"{field.Name}\" = {other} WHERE id = {scene.Literal(row)}",
            1 => $"DELETE FROM {kind.Table} WHERE id = {scene.Literal(row)}",
            2 => $"DELETE FROM audit_seals WHERE position = {position}",
            3 => $"UPDATE audit_seals SET position = position + 1000 WHERE position = {position}",
            4 => $"UPDATE audit_seals SET sealed_at = sealed_at - 1 WHERE position = {position}",
            5 => "UPDATE audit_checkpoints SET position = position + 1",
            _ => $"UPDATE audit_seals SET form = form + 1 WHERE position = {position}",
        };
    }
}
