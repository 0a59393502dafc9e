using System.Net;
using System.Net.Sockets;

namespace Zhida.Tests.Ledger;

/// <summary>Stands between a client and a server, and can swallow the server's next answer and cut the line: what was
/// asked for is done, and nobody hears of it.</summary>
internal sealed class Severing : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private volatile bool _severs;

    public Severing(int server)
    {
        _server = server;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next answer isn't delivered, and its connection ends.</summary>
    public void SwallowNextAnswer() => _severs = true;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient("127.0.0.1", _server);
                _ = PumpAsync(client, server, answers: false);
                _ = PumpAsync(server, client, answers: true);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed of: nobody connects any more.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                if (answers && _severs)
                {
                    _severs = false;
                    break;
                }
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side is gone.
        }
        from.Dispose();
        to.Dispose();
    }
}
