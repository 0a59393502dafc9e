using System.Diagnostics;
using System.Text;
using Xunit;
using Zhida.Casework.Proof;
using Zhida.Ledger.Storage;
using Zhida.Tests.Cli;

namespace Zhida.Tests.Casework.Proof;

/// <summary>Signed checkpoints: what OpenSSL says of them, forged ones, files that a crash cut short; the commands.
/// </summary>
public sealed class CheckpointTests(TestDatabases databases)
{
    [Fact]
    public void Keys_go_through_PEM()
    {
        var key = AuditKey.Create();
        Assert.Equal(key.Public.Fingerprint, AuditKey.OfPem(key.ToPem())!.Public.Fingerprint);
        Assert.Equal(key.Public.Fingerprint, AuditPublicKey.OfPem(key.Public.ToPem())!.Fingerprint);
        Assert.Null(AuditKey.OfPem(key.Public.ToPem()));
        Assert.Null(AuditKey.OfPem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"));
        Assert.Null(AuditPublicKey.OfPem("nonsense"));
        using var p256 = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        Assert.Null(AuditPublicKey.OfPem(p256.ExportSubjectPublicKeyInfoPem()));
    }

    /// <summary>docs/proof.md, by hand: the digest of a row, the hash of its seal, the signature.</summary>
    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task OpenSSL_agrees(DatabaseKind kind)
    {
        Repository.Needs("openssl");
        await using var scene = await ProofScene.NewAsync(databases, kind, 1);
        await new Sealer(scene.Database).SealAllAsync();
        var checkpoint = (await scene.Checkpoints.MakeAsync())!;
        using var folder = new TemporaryFolder();
        string Save(string name, byte[] bytes)
        {
            File.WriteAllBytes(Path.Combine(folder.Path, name), bytes);
            return Path.Combine(folder.Path, name);
        }
        var (text, digest, sealedAt) = await scene.Database.ReadAsync(async work => (
            (await work.QueryAsync(
                "SELECT id, debit_id, credit_id, amount, reference, at FROM transfers", row =>
                    $"zhida-row/1 transfer 1\nid uuid 36:{row.GetGuid(0)}\ndebit_id uuid 36:{row.GetGuid(1)}\n" +
                    $"credit_id uuid 36:{row.GetGuid(2)}\namount integer 3:{row.GetInt64(3)}\npending_id null 0:\n" +
                    "flags integer 1:0\nexpires_at integer 1:0\ncode text 6:兑现\n" +
                    $"reference uuid 36:{row.GetGuid(4)}\nat integer 18:{row.GetInt64(5)}\n", []))[0],
            (await work.QueryAsync("SELECT digest FROM audit_seals", row => row.GetFieldValue<byte[]>(0), []))[0],
            (await work.QueryAsync("SELECT sealed_at FROM audit_seals", row => row.GetInt64(0), []))[0]));
        string Sm3Of(string content) => OpenSsl("dgst", "-sm3", "-r", Save("text", Encoding.UTF8.GetBytes(content)))
            .Split(' ')[0];
        Assert.Equal(Sm3Of(text), Convert.ToHexStringLower(digest));
        var row = (await scene.SealsAsync())[0].Row;
        Assert.Equal(checkpoint.Hash, Sm3Of($"zhida-seal/1\n{Sm3Of($"zhida-chain/1\n{checkpoint.Database}\n")}\n1\n" +
            $"transfer 1\n{row}\n{Sm3Of(text)}\n{sealedAt}\n"));
        var message = $"zhida-checkpoint/1\n{checkpoint.Database}\n1\n{checkpoint.Hash}\n{checkpoint.At}\n";
        string[] verify =
        [
            "pkeyutl", "-verify", "-pubin", "-inkey",
            Save("key.pub", Encoding.ASCII.GetBytes(scene.Key.Public.ToPem())), "-in",
            Save("message", Encoding.UTF8.GetBytes(message)), "-sigfile",
            Save("signature", Convert.FromHexString(checkpoint.Signature)), "-rawin", "-digest", "sm3", "-pkeyopt",
            "distid:1234567812345678",
        ];
        Assert.Contains("Signature Verified Successfully", OpenSsl(verify));
        Save("message", Encoding.UTF8.GetBytes(message.Replace("\n1\n", "\n2\n")));
        Assert.Contains("Failure", OpenSsl(verify));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task Forged_checkpoints_are_found(DatabaseKind kind)
    {
        await using var scene = await ProofScene.NewAsync(databases, kind, 4);
        await new Sealer(scene.Database).SealAllAsync();
        var good = (await scene.Checkpoints.MakeAsync())!;
        var stranger = AuditKey.Create();
        var other = AuditKey.Create().Sign(new AuditHead
        {
            Database = good.Database, Position = 4, Hash = Convert.FromHexString(good.Hash),
        }, good.At);
        (string, Checkpoint?)[] forged =
        [
            ("a", good with { At = good.At + 1 }), ("b", other),
            ("c", other with { Key = scene.Key.Public.Fingerprint }),
            ("d", good with { Signature = "zz" }), ("e", null), ("f", good with { Position = 3 }),
        ];
        foreach (var one in forged)
        {
            var report = await AuditVerifier.VerifyAsync(scene.Database, [one], scene.Key.Public);
            Assert.Equal(FaultKind.Signature, Assert.Single(report.Faults).Kind);
        }
        Assert.Equal(2, (await AuditVerifier.VerifyAsync(scene.Database, [("a", good)], stranger.Public)).FaultCount);
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task A_line_that_a_crash_cut_short_is_written_over(DatabaseKind kind)
    {
        await using var scene = await ProofScene.NewAsync(databases, kind, 1);
        await new Sealer(scene.Database).SealAllAsync();
        Assert.NotNull(await scene.Checkpoints.MakeAsync());
        Assert.Null(await scene.Checkpoints.MakeAsync());
        var file = Assert.Single(Directory.GetFiles(scene.Folder));
        await File.AppendAllTextAsync(file, """{"database":"0""", TestContext.Current.CancellationToken);
        Assert.Single(Checkpoints.Read(scene.Folder));
        await scene.WriteAsync(0);
        await new Sealer(scene.Database).SealAllAsync();
        await scene.Checkpoints.MakeAsync();
        Assert.Equal([1L, 2L], Checkpoints.Read(scene.Folder).Select(c => c.Checkpoint!.Position));
    }

    [Theory, MemberData(nameof(TestDatabases.Kinds), MemberType = typeof(TestDatabases))]
    public async Task The_commands_make_a_key_seal_sign_and_verify(DatabaseKind kind)
    {
        await using var scene = await ProofScene.NewAsync(databases, kind, 3);
        using var folder = new TemporaryFolder();
        var (key, checkpoints) = (Path.Combine(folder.Path, "audit.pem"), Path.Combine(folder.Path, "out"));
        var address = kind == DatabaseKind.PostgreSql ? scene.Database.ConnectionString
            : new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(scene.Database.ConnectionString).DataSource;
        Assert.Equal(0, CommandLine.Run("audit", "key", "--key", key).Code);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.Equal(2, CommandLine.Run("audit", "key", "--key", key).Code);
        Assert.Contains("3 行", CommandLine.Run("audit", "seal", "--database", address).Output);
        Assert.Equal(0, CommandLine.Run("audit", "checkpoint", "--database", address, "--key", key, "--checkpoints",
            checkpoints).Code);
        string[] verify = ["audit", "verify", "--database", address, "--checkpoints", checkpoints, "--public-key",
            key + ".pub"];
        var whole = CommandLine.Run(verify);
        Assert.Equal(0, whole.Code);
        Assert.Contains("完好", whole.Output);
        await scene.TamperAsync("UPDATE transfers SET amount = amount + 1");
        var faulty = CommandLine.Run(verify);
        Assert.Equal(1, faulty.Code);
        Assert.Contains("改动", faulty.Output);
        Assert.Contains("\"fault\": \"changed\"", CommandLine.Run([.. verify, "--json"]).Output);
    }

    [Theory]
    [InlineData("verify", "--database", "nowhere.db")]
    [InlineData("verify", "--database", "postgres://nobody")]
    [InlineData("verify", "--database", "Host=127.0.0.1;Port=1;Database=none")]
    [InlineData("verify", "--public-key", "README.md")]
    [InlineData("checkpoint", "--checkpoints", "x")]
    public void Bad_input_exits_2(params string[] arguments)
    {
        var result = CommandLine.Run(["audit", .. arguments]);
        Assert.Equal(2, result.Code);
        Assert.Contains("错误：", result.Error);
    }

    private static string OpenSsl(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments)
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + error.GetAwaiter().GetResult();
    }
}
