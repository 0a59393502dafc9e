using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zhida.Tests.Casework.Notices;

/// <summary>A receiver of webhooks on the loopback that answers as it is told and keeps what it gets.</summary>
internal sealed class WebhookReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<(string Id, string Timestamp, string Signature, string Body)> _got = [];

    public WebhookReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/hook/";
        }
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>The next answers; then 204.</summary>
    public Queue<int> Answers { get; } = new();

    public IReadOnlyList<(string Id, string Timestamp, string Signature, string Body)> Got
    {
        get
        {
            lock (_got) return [.. _got];
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var body = await reader.ReadToEndAsync();
                string Header(string name) => context.Request.Headers[name] ?? "";
                lock (_got)
                    _got.Add((Header("Zhida-Notice-Id"), Header("Zhida-Timestamp"), Header("Zhida-Signature"), body));
                context.Response.StatusCode = Answers.TryDequeue(out var code) ? code : 204;
                // Where a guard would have been got round by.
                context.Response.RedirectLocation = "http://127.0.0.1:1/";
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
