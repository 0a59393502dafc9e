using System.CommandLine;
using Zhida.Casework.Proof;
using Zhida.Cli.Rendering;

namespace Zhida.Cli.Commands;

/// <summary>The audit chain: verify it, seal what waits, sign its end, make the key for that.</summary>
internal static class AuditCommand
{
    private const string KeyVariable = "ZHIDA_AUDIT_KEY";

    public static Command Build() => new("audit", "审计链：核验每一笔转账、每一步办理、每一次判定有没有被改动")
    {
        Verify(), Seal(), Sign(), Key(),
    };

    private static Command Verify()
    {
        var database = Databases.Option();
        var folder = Folder();
        var key = new Option<string?>("--public-key") { HelpName = "文件", Description = "核验检查点签名的公钥（PEM）" };
        var json = Inputs.Json();
        var command = new Command("verify", "核验整条审计链，逐条报告改动、删除、插入、调换；有问题时返回码为1")
            { database, folder, key, json };
        command.SetAction(parsed =>
        {
            var publicKey = parsed.GetValue(key) is { } file
                ? AuditPublicKey.OfPem(TextOf(file)) ?? throw new BadInputException($"{file} 不是SM2公钥（PEM）")
                : null;
            var exported = parsed.GetValue(folder) is { } place ? Read(place) : [];
            return Databases.With(parsed.GetValue(database), async open =>
            {
                var report = await AuditVerifier.VerifyAsync(open, exported, publicKey);
                if (parsed.GetValue(json)) AuditView.PrintJson(report);
                else AuditView.Print(report, open.Clock.GetUtcNow(), publicKey is not null);
                return report.IsWhole ? ExitCode.Fine : ExitCode.Failed;
            });
        });
        return command;
    }

    private static Command Seal()
    {
        var database = Databases.Option();
        var command = new Command("seal", "把待封的行全部封进审计链") { database };
        command.SetAction(parsed => Databases.With(parsed.GetValue(database), async open =>
        {
            Screen.Line($"封存 {await new Sealer(open).SealAllAsync():N0} 行");
            return ExitCode.Fine;
        }));
        return command;
    }

    private static Command Sign()
    {
        var database = Databases.Option();
        var folder = Folder();
        folder.Required = true;
        var key = PrivateKey();
        var command = new Command("checkpoint", "给链头签名，写到库外的文件夹里") { database, folder, key };
        command.SetAction(parsed =>
        {
            var file = parsed.GetValue(key) ?? Environment.GetEnvironmentVariable(KeyVariable);
            if (file is not { Length: > 0 })
                throw new BadInputException("不知道用哪把密钥", $"加 --key 文件，或设环境变量 {KeyVariable}；./zhida audit key 生成");
            var signing = AuditKey.OfPem(TextOf(file)) ?? throw new BadInputException($"{file} 不是SM2私钥（PKCS#8 PEM）");
            return Databases.With(parsed.GetValue(database), async open =>
            {
                var made = await MakeAsync(new Checkpoints(open, signing, parsed.GetValue(folder)!));
                Screen.Line(made is null ? "上次签名以来没有新的封记" : $"已签到第{made.Position}号：{made.Hash}");
                return ExitCode.Fine;
            });
        });
        return command;
    }

    private static Command Key()
    {
        var key = PrivateKey();
        var command = new Command("key", "生成签检查点用的SM2密钥：私钥写到文件，公钥写到同名的 .pub") { key };
        command.SetAction(parsed =>
        {
            var file = parsed.GetValue(key) ?? Environment.GetEnvironmentVariable(KeyVariable);
            if (file is not { Length: > 0 }) throw new BadInputException("不知道写到哪里", $"加 --key 文件，或设环境变量 {KeyVariable}");
            var made = AuditKey.Create();
            WriteNew(file, made.ToPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            WriteNew(file + ".pub", made.Public.ToPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite |
                UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            Screen.Line($"私钥 {file}（只有本用户能读，不要放进数据库和备份），公钥 {file}.pub");
            Screen.Line($"指纹 {made.Public.Fingerprint}");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Option<string?> Folder() => new("--checkpoints")
        { HelpName = "文件夹", Description = "库外存放检查点的文件夹" };

    private static Option<string?> PrivateKey() => new("--key")
        { HelpName = "文件", Description = $"SM2私钥文件（PEM）；不写用环境变量 {KeyVariable}" };

    private static string TextOf(string file) => System.Text.Encoding.UTF8.GetString(Inputs.BytesOf(file));

    private static IReadOnlyList<(string Place, Checkpoint? Checkpoint)> Read(string folder)
    {
        try
        {
            return Checkpoints.Read(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"读不了检查点文件夹 {folder}：{e.Message}");
        }
    }

    private static async Task<Checkpoint?> MakeAsync(Checkpoints checkpoints)
    {
        try
        {
            return await checkpoints.MakeAsync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"写不了检查点文件夹：{e.Message}", "换一个能写的文件夹");
        }
    }

    /// <summary>Never over a key that is there: checkpoints need it.</summary>
    private static void WriteNew(string path, string text, UnixFileMode mode)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
            using var writer = new StreamWriter(path, options);
            writer.Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"写不了 {path}：{e.Message}", "已有的密钥不会被覆盖：换一个文件名");
        }
    }
}
