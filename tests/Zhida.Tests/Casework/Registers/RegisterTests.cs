using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;
using Zhida.Casework.Registers;

namespace Zhida.Tests.Casework.Registers;

public sealed class RegisterTests
{
    private const string Code = "91210112XXXX000197";
    private const string Reply = """{"时间": "2026-06-01", "主体": {"名称": "甲"}}""";

    [Fact]
    public async Task A_file_answers_knows_nobody_or_is_down()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "registration.json");
        var register = new FileRegister("登记", path);

        Assert.Equal(new RegisterDown("登记", "登记文件打不开"), await AskAsync(register));
        await WriteAsync($$"""{"说明": "示范", "{{Code}}": {{Reply}}}""");
        var found = Assert.IsType<RegisterFound>(await AskAsync(register));
        Assert.Equal(("登记", "2026-06-01", "甲"), (found.Register, found.Time,
            found.Facts.GetProperty("主体").GetProperty("名称").GetString()));
        await WriteAsync("{}");
        Assert.Equal(new RegisterNotFound("登记"), await AskAsync(register));
        await WriteAsync("{\n\"91");
        Assert.Equal(new RegisterDown("登记", "登记文件读不懂：第2行不是可读的JSON"), await AskAsync(register));
        await WriteAsync("[]");
        Assert.StartsWith("登记文件读不懂", Assert.IsType<RegisterDown>(await AskAsync(register)).Why);

        Task WriteAsync(string text) => File.WriteAllTextAsync(path, text);
    }

    [Theory]
    [InlineData(200, Reply, null)]
    [InlineData(200, """{"主体": {}}""", "没有“时间”")]
    [InlineData(200, """{"时间": "昨天", "主体": {}}""", "没有“时间”")]
    [InlineData(200, """{"时间": "2026-06-01", "主体": {"名称": "甲", "名称": "乙"}}""", "不是可读的JSON")]
    [InlineData(200, "<html>", "不是可读的JSON")]
    [InlineData(200, "[]", "最外层")]
    [InlineData(200, "", "不是可读的JSON")]
    [InlineData(500, Reply, "答复 500")]
    [InlineData(503, "", "答复 503")]
    [InlineData(204, "", "答复 204")]
    public async Task A_service_answers_or_is_down(int status, string body, string? why)
    {
        await using var service = new Service(status, body);

        var answer = await AskAsync(service.Register(TimeSpan.FromSeconds(20)));

        if (why is null) Assert.IsType<RegisterFound>(answer);
        else Assert.Contains(why, Assert.IsType<RegisterDown>(answer).Why);
        Assert.Equal("/registers/tax/" + Code, service.Asked);
    }

    [Fact]
    public async Task A_service_may_know_nobody()
    {
        await using var service = new Service(404, "{}");

        Assert.Equal(new RegisterNotFound("税务"), await AskAsync(service.Register(TimeSpan.FromSeconds(20))));
    }

    [Fact]
    public async Task A_service_that_is_slow_is_down_and_does_not_hold_up_filing()
    {
        await using var service = new Service(200, Reply, TimeSpan.FromSeconds(60));
        var began = TimeProvider.System.GetTimestamp();

        var answer = await AskAsync(service.Register(TimeSpan.FromMilliseconds(200)));

        Assert.Equal(new RegisterDown("税务", "200毫秒内没有答复"), answer);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_reply_without_end_is_not_read_to_the_end()
    {
        await using var service = new Service(200, new string(' ', 3 << 20) + Reply);

        Assert.IsType<RegisterDown>(await AskAsync(service.Register(TimeSpan.FromSeconds(20))));
    }

    [Fact]
    public async Task Nobody_at_the_address_is_down()
    {
        using var client = new HttpClient();
        var register = new HttpRegister("税务", client, $"http://127.0.0.1:{FreePort()}", TimeSpan.FromSeconds(20));

        Assert.IsType<RegisterDown>(await AskAsync(register));
    }

    [Fact]
    public async Task Giving_up_is_the_caller_s_choice_and_no_answer()
    {
        await using var service = new Service(200, Reply, TimeSpan.FromSeconds(60));
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            service.Register(TimeSpan.FromSeconds(60)).AskAsync(Code, giveUp.Token));
    }

    private static Task<RegisterAnswer> AskAsync(IRegister register) =>
        register.AskAsync(Code, TestContext.Current.CancellationToken);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A register's service that gives every caller the same reply.</summary>
    private sealed class Service : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly HttpClient _client = new();
        private readonly CancellationTokenSource _closing = new();
        private readonly string _address = $"http://127.0.0.1:{FreePort()}/registers/";
        private readonly Task _answering;

        public Service(int status, string body, TimeSpan delay = default)
        {
            _listener.Prefixes.Add(_address);
            _listener.Start();
            _answering = AnswerAsync(status, Encoding.UTF8.GetBytes(body), delay);
        }

        public string? Asked { get; private set; }

        public HttpRegister Register(TimeSpan timeout) => new("税务", _client, _address + "tax", timeout);

        private async Task AnswerAsync(int status, byte[] body, TimeSpan delay)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Asked = context.Request.Url!.AbsolutePath;
                await Task.Delay(delay, _closing.Token);
                context.Response.StatusCode = status;
                await context.Response.OutputStream.WriteAsync(body, _closing.Token);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or OperationCanceledException
                or ObjectDisposedException or IOException)
            {
                // The test is over, or the caller has hung up.
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _closing.CancelAsync();
            _listener.Close();
            await _answering;
            _client.Dispose();
            _closing.Dispose();
        }
    }
}
