using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zhida.Casework.Notices;

/// <summary>Webhooks, as the configuration has it.</summary>
/// <param name="Secret">Of this installation; each address has a key of its own made from it.</param>
public sealed record WebhookOptions(string Secret)
{
    /// <summary>Also to loopback and private addresses: only where the receivers are known to be ours.</summary>
    public bool AllowPrivate { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Notices as HTTP POST, to public addresses only: what a name resolves to is checked when the connection is made, so
/// that a name can't first point outside and then inside; redirects and proxies are not followed. Headers:
/// <c>Zhida-Notice-Id</c> (the same when it comes again), <c>Zhida-Topic</c>, <c>Zhida-Timestamp</c> (Unix seconds) and
/// <c>Zhida-Signature</c> (<see cref="WebhookSignature"/>).
/// </summary>
public sealed class WebhookCarrier : ICarrier, IDisposable
{
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public WebhookCarrier(WebhookOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), ConnectCallback = ConnectAsync,
        }) { Timeout = options.Timeout };
    }

    public Channel Channel => Channel.Webhook;

    public async Task<Delivery> DeliverAsync(OutboxNotice notice, CancellationToken stop)
    {
        if (!Uri.TryCreate(notice.Recipient, UriKind.Absolute, out var address) ||
            address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            return Delivery.Never("不是 http 或 https 地址，或地址里带有用户名");
        var timestamp = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(notice.Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Zhida-Notice-Id", notice.Id.ToString());
        request.Headers.Add("Zhida-Topic", notice.Topic);
        request.Headers.Add("Zhida-Timestamp", timestamp);
        request.Headers.Add("Zhida-Signature", WebhookSignature.Of(
            WebhookSignature.KeyFor(_options.Secret, notice.Recipient), notice.Id, timestamp, notice.Body));
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return (int)answer.StatusCode switch
            {
                >= 200 and < 300 => Delivery.Done,
                408 or 425 or 429 or >= 500 => Delivery.Later($"对方回答 {(int)answer.StatusCode}"),
                // Gone is for good; others may be mended at the other side.
                410 => Delivery.Never("对方回答 410"),
                var code => Delivery.Later($"对方回答 {code}"),
            };
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenAddressException forbidden)
        {
            return Delivery.Never(forbidden.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException ||
                                  e is OperationCanceledException && !stop.IsCancellationRequested)
        {
            return Delivery.Later(e.Message);
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        var open = _options.AllowPrivate ? found : [.. found.Where(PublicAddress.Is)];
        if (open.Length == 0) throw new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>On the way out of the connection.</summary>
    private sealed class ForbiddenAddressException() : IOException("这个地址在内网或本机，没有允许");
}
