using System.CommandLine;
using Zhida.Casework.Attachments;
using Zhida.Casework.Cases;
using Zhida.Casework.Jobs;
using Zhida.Casework.Notices;
using Zhida.Casework.Paper;
using Zhida.Casework.Payments;
using Zhida.Casework.Proof;
using Zhida.Casework.Publicity;
using Zhida.Casework.Registers;
using Zhida.Casework.Storage;
using Zhida.Cli.Rendering;
using Zhida.Ledger;
using Zhida.Ledger.Storage;
using Zhida.Policy.Desk;

namespace Zhida.Cli.Commands;

/// <summary>Runs what nobody asks for: the daily look at cases, the ends of publicities, the treasury's files, expired
/// reservations, the sealing of the audit chain, notices. Several may run over one PostgreSQL database.</summary>
internal static class JobsCommand
{
    public static Command Build()
    {
        var which = new Selection();
        var database = Databases.Option();
        var command = new Command("jobs", "定时任务：催办、公示期满、财政回执、核验、封存、通知，直到停止") { database };
        which.AddTo(command);
        command.SetAction(parsed =>
        {
            var maker = which.Open(parsed);
            return Databases.WithNew(parsed.GetValue(database), open => RunAsync(open, maker));
        });
        return command;
    }

    private static async Task<int> RunAsync(Database database, DecisionMaker maker)
    {
        await Schema.MigrateAsync(database);
        using var stop = new StopSignals();
        await using var scheduler = await JobScheduler.StartAsync(database.Kind, database.ConnectionString,
            Jobs(database, maker), (job, e) => Console.Error.WriteLine($"任务“{job}”没有完成：{e.Message}"), stop.Token);
        Screen.Line("定时任务已启动；Ctrl-C 停止");
        var sealing = new SealingLoop(database, null).RunAsync(Told, stop.Token);
        var notices = new Dispatcher(database, []).RunAsync(TimeSpan.FromSeconds(1), Told, stop.Token);
        await Task.WhenAll(sealing, notices).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Fine;
    }

    private static ScheduledJob[] Jobs(Database database, DecisionMaker maker)
    {
        string At(params string[] below) => Path.Combine([Home.Root, "data", .. below]);
        var cases = new CaseDesk(database, maker, Home.Bundles,
            new PaperTerms(office => new Contact(office, "12345", "以部门公布的为准")), Registers(At("registers")));
        var (reminders, publicity) = (new Reminders(database, cases), new PublicityDesk(database, cases, maker));
        var treasury = new TreasuryLink(database, cases,
            new FileTreasury(At("treasury", "orders"), At("treasury", "answers")), patience: TimeSpan.FromDays(3));
        var files = new CaseAttachments(
            database, new AttachmentStore(At("attachments"), new AttachmentLimits(), new NoScanner()));
        return
        [
            ScheduledJob.Daily("催办", new TimeOnly(7, 30), (_, _) => reminders.RemindAsync()),
            ScheduledJob.Daily("核验", new TimeOnly(6, 0), (_, _) => reminders.VerifyAsync()),
            ScheduledJob.Daily("公示期满", new TimeOnly(0, 10), (_, _) => publicity.CloseDueAsync()),
            ScheduledJob.Daily("清理附件", new TimeOnly(3, 0), (started, _) =>
                files.SweepAsync(started.UtcDateTime.AddDays(-30))),
            ScheduledJob.Every("财政", TimeSpan.FromMinutes(10), async (_, _) =>
            {
                await treasury.SendDueAsync();
                await treasury.ReconcileAsync();
            }),
            ScheduledJob.Every("占用到期", TimeSpan.FromMinutes(1), (_, _) =>
                database.WriteAsync(work => GeneralLedger.ExpireAsync(work))),
            ScheduledJob.Every("扫描附件", TimeSpan.FromMinutes(10), (_, stop) => files.RescanAsync(stop)),
        ];
    }

    /// <summary>Those that lie as files (登记.json, 信用.json, …) in a folder.</summary>
    private static FileRegister[] Registers(string folder) => !Directory.Exists(folder) ? []
        : [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Select(file => new FileRegister(Path.GetFileNameWithoutExtension(file), file))];

    private static void Told(Exception e) => Console.Error.WriteLine($"数据库暂时用不了：{e.Message}");
}
