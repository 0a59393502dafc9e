using System.Net;
using System.Text.Json;

namespace Zhida.Casework.Registers;

/// <summary>A register behind HTTP: <c>GET {base}/{credit code}</c>; 200 with a reply as JSON, 404 where it has no such
/// subject, anything else is down.</summary>
/// <param name="address">The base, without a closing slash.</param>
/// <param name="timeout">From the question to the last byte of the reply.</param>
public sealed class HttpRegister(string name, HttpClient client, string address, TimeSpan timeout) : IRegister
{
    private const int MostBytes = 1 << 20;

    public string Name => name;

    public async Task<RegisterAnswer> AskAsync(string creditCode, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(timeout);
        try
        {
            using var reply = await client.GetAsync($"{address}/{Uri.EscapeDataString(creditCode)}",
                HttpCompletionOption.ResponseHeadersRead, limited.Token);
            if (reply.StatusCode == HttpStatusCode.NotFound) return new RegisterNotFound(name);
            if (reply.StatusCode != HttpStatusCode.OK) return new RegisterDown(name, $"答复 {(int)reply.StatusCode}");
            await reply.Content.LoadIntoBufferAsync(MostBytes, limited.Token);
            using var document = JsonDocument.Parse(
                await reply.Content.ReadAsByteArrayAsync(limited.Token), RegisterReply.Strict);
            return RegisterReply.Read(name, document.RootElement);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new RegisterDown(name, $"{(long)timeout.TotalMilliseconds}毫秒内没有答复");
        }
        catch (JsonException)
        {
            return new RegisterDown(name, "答复读不懂：不是可读的JSON");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new RegisterDown(name, "连接不上，或答复超过1MB");
        }
    }
}
