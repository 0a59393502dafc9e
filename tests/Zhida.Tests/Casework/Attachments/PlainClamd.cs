using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zhida.Tests.Casework.Attachments;

/// <summary>A server that speaks INSTREAM as clamd does and looks for the test string of EICAR in what it is sent;
/// hangs up above a limit, as clamd does above its StreamMaxLength.</summary>
internal sealed class PlainClamd : IDisposable
{
    public const int MostBytes = 1 << 20;

    private readonly Socket _listener;
    private readonly bool _answers;

    public PlainClamd(EndPoint at, bool answers = true)
    {
        _answers = answers;
        _listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(at);
        _listener.Listen();
        _ = Serve();
    }

    public EndPoint At => _listener.LocalEndPoint!;

    public void Dispose() => _listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                _ = Answer(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Answer(Socket client)
    {
        using (client)
        {
            if (!_answers)
            {
                await Task.Delay(TimeSpan.FromSeconds(30));
                return;
            }
            await using var stream = new NetworkStream(client);
            var command = new byte[10];
            await stream.ReadExactlyAsync(command);
            var answer = Encoding.ASCII.GetString(command) == "zINSTREAM\0" ? await Look(stream) : "UNKNOWN COMMAND";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\0"));
        }
    }

    private static async Task<string> Look(NetworkStream stream)
    {
        var content = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length);
            var count = BinaryPrimitives.ReadInt32BigEndian(length);
            if (count == 0) break;
            if (content.Length + count > MostBytes) return "INSTREAM size limit exceeded. ERROR";
            var chunk = new byte[count];
            await stream.ReadExactlyAsync(chunk);
            content.Write(chunk);
        }
        return Encoding.Latin1.GetString(content.ToArray()).Contains(SampleFiles.Eicar, StringComparison.Ordinal)
            ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
    }
}
