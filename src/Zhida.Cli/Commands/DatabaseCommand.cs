using System.CommandLine;
using Zhida.Casework.Cases;
using Zhida.Casework.Storage;
using Zhida.Cli.Rendering;
using Zhida.Ledger.Storage;

namespace Zhida.Cli.Commands;

/// <summary>The database: its tables, backups, and bringing them back.</summary>
internal static class DatabaseCommand
{
    public static Command Build() => new("database", "数据库：建表和升级、备份、恢复")
    {
        Migrate(), Make(), Restore(),
    };

    private static Command Migrate()
    {
        var database = Databases.Option();
        var command = new Command("migrate", "建表，或把旧库升到本版") { database };
        command.SetAction(parsed => Databases.WithNew(parsed.GetValue(database), async open =>
        {
            await Schema.MigrateAsync(open);
            Screen.Line("数据库已是本版的表");
            return ExitCode.Fine;
        }));
        return command;
    }

    private static Command Make()
    {
        var database = Databases.Option();
        var to = new Option<string>("--out") { HelpName = "文件", Required = true, Description = "备份写到哪里（.tar.gz）" };
        var command = new Command("backup", "备份：库、版本存档、附件，一个文件") { database, to };
        command.SetAction(parsed => Databases.With(parsed.GetValue(database), async open =>
            Report(await Backup.MakeAsync(open, Folders(), parsed.GetValue(to)!), "已备份")));
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("备份") { Description = "备份文件" };
        var database = Databases.Option();
        var command = new Command("restore", "恢复到一个空的库：先核对每个文件，再写") { file, database };
        command.SetAction(parsed => Databases.WithNew(parsed.GetValue(database), async open =>
            Report(await Backup.RestoreAsync(parsed.GetRequiredValue(file), open, Folders()), "已恢复")));
        return command;
    }

    private static Dictionary<string, string> Folders() => new()
    {
        ["bundles"] = Home.Bundles,
        ["attachments"] = Path.Combine(Home.Root, "data", "attachments"),
    };

    private static int Report(Result<BackupContent> made, string done)
    {
        if (made.Value is not { } content) throw new BadInputException(made.Problems[0].Message, made.Problems[0].Mend);
        Screen.Line($"{done}：办理 {content.Moves:N0} 步，转账 {content.Transfers:N0} 笔，文件 {content.Files.Count:N0} 个" +
            $"（{content.MadeAt:yyyy-MM-dd HH:mm}）");
        return ExitCode.Fine;
    }
}
