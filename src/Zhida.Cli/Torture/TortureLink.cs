using System.Net;
using System.Net.Sockets;

namespace Zhida.Cli.Torture;

/// <summary>A client's connection: a request is sent until there is an answer to it, always with the id that it had at
/// first.</summary>
internal sealed class TortureLink(int port, TortureLog log) : IDisposable
{
    /// <summary>So long nothing hangs, also where a database recovers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private TcpClient? _client;
    private StreamReader? _reader;
    private StreamWriter? _writer;

    /// <exception cref="TimeoutException">No answer, whatever was tried.</exception>
    public async Task<TortureAnswer> AskAsync(TortureRequest request)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (var sent = false; !patience.IsCancellationRequested;)
        {
            try
            {
                if (_client is null) await ConnectAsync(patience.Token);
                if (sent) log.Repeat();
                sent = true;
                await _writer!.WriteLineAsync(Wire.Line(request).AsMemory(), patience.Token);
                if (await _reader!.ReadLineAsync(patience.Token) is { } line)
                {
                    var answer = Wire.Read<TortureAnswer>(line);
                    log.Answered(answer);
                    if (answer.Code is not (TortureAnswer.Away or TortureAnswer.Full)) return answer;
                }
                else Dispose();
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                Dispose();
            }
            catch (OperationCanceledException)
            {
                break;
            }
            await Task.Delay(Pause);
        }
        throw new TimeoutException($"{request.Operation} {request.Id}：{Patience.TotalSeconds}秒没有答复");
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task ConnectAsync(CancellationToken patience)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, patience);
        }
        catch
        {
            client.Dispose();
            throw;
        }
        _client = client;
        _reader = new StreamReader(client.GetStream());
        _writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" };
    }
}
