using System.CommandLine;
using Zhida.Cli.Walk;
using Zhida.Ledger.Storage;

namespace Zhida.Cli.Commands;

/// <summary>Cases, shown: until the portal is there.</summary>
internal static class CaseCommand
{
    public static Command Build() => new("case", "办件：示范一件从起草到拨付") { Demo() };

    private static Command Demo()
    {
        var database = Databases.Option();
        var folder = new Option<string>("--out")
        {
            HelpName = "文件夹", Description = "文书、附件和版本写到哪里", DefaultValueFactory = _ => "case-demo",
        };
        var command = new Command("demo", "示范：4.1一件从起草到拨付，逐步显示，文书为PDF；不写 --database 时用文件夹里的SQLite")
            { database, folder };
        command.SetAction(parsed =>
        {
            var place = Path.GetFullPath(parsed.GetValue(folder)!);
            Directory.CreateDirectory(place);
            var address = parsed.GetValue(database) ?? Path.Combine(place, "demo.db");
            var clock = new WalkClock();
            var maker = Work.Maker([], ["liaoning-2026-demo"], new Dictionary<string, string>());
            return Databases.WithNew(address, clock, async open =>
            {
                await new CaseWalk(open, clock, maker, place).RunAsync();
                return ExitCode.Fine;
            });
        });
        return command;
    }
}
