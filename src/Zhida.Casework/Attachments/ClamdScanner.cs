using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zhida.Casework.Attachments;

/// <summary>ClamAV's daemon over TCP or a Unix socket, by its command INSTREAM (man 8 clamd): chunks of a length in
/// four bytes, most significant first, and the data; a length of zero ends; the answer ends with a zero byte.</summary>
/// <param name="timeout">For the whole of a scan.</param>
public sealed class ClamdScanner(EndPoint at, TimeSpan timeout) : IContentScanner
{
    private const int Chunk = 64 << 10;
    private const int MostAnswer = 4096;

    public async Task<ScanResult> Scan(Stream content, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(timeout);
        try
        {
            using var socket = at.AddressFamily == AddressFamily.Unix
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(at, limit.Token);
            await using var stream = new NetworkStream(socket);
            return Meaning(await Ask(stream, content, limit.Token));
        }
        catch (Exception e) when (e is SocketException or IOException ||
            e is OperationCanceledException && !stop.IsCancellationRequested)
        {
            return new ScanResult(ScanOutcome.Unavailable, e.Message);
        }
    }

    private static async Task<string> Ask(NetworkStream clamd, Stream content, CancellationToken stop)
    {
        try
        {
            await clamd.WriteAsync("zINSTREAM\0"u8.ToArray(), stop);
            var buffer = new byte[4 + Chunk];
            int read;
            while ((read = await content.ReadAsync(buffer.AsMemory(4), stop)) > 0)
            {
                BinaryPrimitives.WriteInt32BigEndian(buffer, read);
                await clamd.WriteAsync(buffer.AsMemory(0, 4 + read), stop);
            }
            await clamd.WriteAsync(new byte[4], stop);
        }
        catch (IOException)
        {
            // It hung up before the end, for a stream above its own limit: what it said is still to be read.
        }
        var answer = new List<byte>();
        var one = new byte[1];
        while (answer.Count < MostAnswer && await clamd.ReadAsync(one, stop) == 1 && one[0] != 0) answer.Add(one[0]);
        return Encoding.UTF8.GetString([.. answer]);
    }

    private static ScanResult Meaning(string answer)
    {
        const string head = "stream: ", found = " FOUND";
        if (answer == head + "OK") return new ScanResult(ScanOutcome.Clean);
        return answer.StartsWith(head, StringComparison.Ordinal) && answer.EndsWith(found, StringComparison.Ordinal)
            ? new ScanResult(ScanOutcome.Infected, answer[head.Length..^found.Length])
            : new ScanResult(ScanOutcome.Unavailable, answer.Length > 0 ? answer : "no answer");
    }
}
