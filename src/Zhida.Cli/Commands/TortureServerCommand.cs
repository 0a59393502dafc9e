using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Zhida.Cli.Torture;

namespace Zhida.Cli.Commands;

/// <summary>The process that <c>torture</c> starts and kills; not for people.</summary>
internal static class TortureServerCommand
{
    public static Command Build()
    {
        var database = new Option<string>("--database") { Required = true };
        var port = new Option<int>("--port") { Required = true };
        var offset = new Option<long>("--offset") { Required = true };
        var bundles = new Option<string>("--bundles") { Required = true };
        var command = new Command("torture-server", "torture 的服务进程") { database, port, offset, bundles };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetRequiredValue(database), parsed.GetValue(port),
            new OffsetClock(TimeSpan.FromTicks(parsed.GetValue(offset))), parsed.GetRequiredValue(bundles)));
        return command;
    }

    private static int Run(string address, int port, TimeProvider clock, string bundles)
    {
        var maker = Work.Maker([], ["liaoning-2026-demo"], new Dictionary<string, string>());
        Say(ServerProcess.Loaded);
        if (Console.ReadLine() is null) return ExitCode.Fine;
        var server = new TortureServer(pages => TortureTarget.Open(address, clock, pages), maker, bundles);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Say(ServerProcess.Ready);
        using var stop = new CancellationTokenSource();
        // It ends with the process that started it.
        _ = Task.Run(async () =>
        {
            while (Console.ReadLine() is not null) { }
            await stop.CancelAsync();
        });
        server.RunAsync(listener, stop.Token).GetAwaiter().GetResult();
        return ExitCode.Fine;
    }

    private static void Say(string word)
    {
        Console.Out.WriteLine(word);
        Console.Out.Flush();
    }

    /// <summary>Goes with the system's, in another year.</summary>
    private sealed class OffsetClock(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
    }
}
