using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Zhida.Cli.Torture;

/// <summary>The server as a process of its own: <c>zhida torture-server</c>, on the same port whenever it is started
/// again.</summary>
internal sealed class ServerProcess(string address, string bundles) : IDisposable
{
    /// <summary>What the server says when it has read the policies, and when it listens.</summary>
    public const string Loaded = "loaded", Ready = "ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The same through all starts: time goes on where a process ended.</summary>
    private readonly long _offset = (Scenario.Start - DateTimeOffset.UtcNow).Ticks;

    private Process? _process;

    /// <summary>The next one: it has read the policies, and waits to be told to begin.</summary>
    private Task<Process>? _spare;

    public int Port { get; } = FreePort();

    /// <exception cref="InvalidOperationException">It ends before it listens.</exception>
    public async Task StartAsync()
    {
        _process = await (_spare ?? PrepareAsync());
        await _process.StandardInput.WriteLineAsync();
        await SaidAsync(_process, Ready);
        _spare = PrepareAsync();
    }

    /// <summary>SIGKILL: it learns nothing of it.</summary>
    public void Kill()
    {
        if (_process is not { } process) return;
        _process = null;
        End(process);
    }

    public void Dispose()
    {
        Kill();
        // Where it did not start, that was told already.
        if (_spare is not { } spare) return;
        _spare = null;
        if (((Task)spare).ContinueWith(_ => { }, TaskScheduler.Default).Wait(Patience) && spare.IsCompletedSuccessfully)
            End(spare.Result);
    }

    private async Task<Process> PrepareAsync()
    {
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [Path.Combine(AppContext.BaseDirectory, "zhida.dll")] : [];
        string[] arguments = [.. self, "torture-server", "--database", address, "--port", Text(Port),
            "--offset", Text(_offset), "--bundles", bundles];
        var start = new ProcessStartInfo(program, arguments)
            { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Home.Root };
        start.Environment["ZHIDA_HOME"] = Home.Root;
        var process = Process.Start(start)!;
        await SaidAsync(process, Loaded);
        return process;
    }

    private static async Task SaidAsync(Process process, string word)
    {
        if (await process.StandardOutput.ReadLineAsync() != word)
            throw new InvalidOperationException("服务进程没有启动：" + await process.StandardOutput.ReadToEndAsync());
    }

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
