using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;
using Zhida.Casework.Attachments;

namespace Zhida.Tests.Casework.Attachments;

/// <summary>INSTREAM against a server in the test and against the real clamd, over TCP and a Unix socket.</summary>
public sealed class ClamdScannerTests(RealClamd real) : IClassFixture<RealClamd>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private PlainClamd? _plain;

    public static TheoryData<bool, bool> Servers =>
        new() { { false, false }, { false, true }, { true, false }, { true, true } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _plain?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Clean_and_infected_are_told_apart(bool isReal, bool local)
    {
        var scanner = Scanner(isReal, local);

        Assert.Equal(new ScanResult(ScanOutcome.Clean), await Scan(scanner, new string('a', 200_000)));
        // Across chunks of 64 KiB too.
        var infected = await Scan(scanner, SampleFiles.Eicar);
        Assert.Equal(ScanOutcome.Infected, infected.Outcome);
        Assert.Contains("Eicar", infected.Detail);
        Assert.Equal(ScanOutcome.Infected, (await Scan(scanner, new string('a', 65_500) + SampleFiles.Eicar)).Outcome);
        Assert.Equal(ScanOutcome.Clean, (await Scan(scanner, "")).Outcome);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Above_the_limit_of_the_server_it_is_not_scanned(bool isReal, bool local) => Assert.Equal(
        ScanOutcome.Unavailable,
        (await Scan(Scanner(isReal, local), new string('a', 8 * PlainClamd.MostBytes))).Outcome);

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task An_infected_file_is_refused(bool isReal, bool local)
    {
        var store = Over(Scanner(isReal, local));

        var clean = await store.Store(new MemoryStream(SampleFiles.Pdf()), Stop);
        var infected = await store.Store(new MemoryStream(SampleFiles.Pdf(SampleFiles.Eicar)), Stop);

        Assert.Equal(ScanState.Scanned, clean.Value!.Scan);
        var problem = Assert.Single(infected.Problems);
        Assert.Equal("infected", problem.Code);
        Assert.Contains("Eicar", problem.Message);
        Assert.Equal(clean.Value.Hash[2..], Path.GetFileName(Assert.Single(
            Directory.EnumerateFiles(Path.Combine(_folder.Path, "store"), "*", SearchOption.AllDirectories))));
    }

    [Fact]
    public async Task Without_an_answer_the_file_waits_and_is_scanned_later()
    {
        using var silent = new PlainClamd(new IPEndPoint(IPAddress.Loopback, 0), answers: false);
        IContentScanner[] down =
        [
            new ClamdScanner(silent.At, TimeSpan.FromMilliseconds(200)),
            new ClamdScanner(new UnixDomainSocketEndPoint(Path.Combine(_folder.Path, "none")), Patience),
            new ClamdScanner(new IPEndPoint(IPAddress.Loopback, 1), Patience),
        ];
        foreach (var scanner in down)
        {
            var clean = await Over(scanner).Store(new MemoryStream(SampleFiles.Pdf()), Stop);
            var infected = await Over(scanner).Store(new MemoryStream(SampleFiles.Pdf(SampleFiles.Eicar)), Stop);
            Assert.Equal((ScanState.Pending, ScanState.Pending), (clean.Value!.Scan, infected.Value!.Scan));

            var up = Over(Scanner(false, false));
            Assert.Equal(clean.Value with { Scan = ScanState.Scanned }, (await up.Rescan(clean.Value, Stop)).Value);
            Assert.Equal("infected", Assert.Single((await up.Rescan(infected.Value, Stop)).Problems).Code);
            Assert.Equal("not-found", Assert.Single((await up.Open(infected.Value.Hash, Stop)).Problems).Code);
        }
    }

    [Fact]
    public async Task Who_stops_is_not_told_that_the_scanner_is_down()
    {
        using var silent = new PlainClamd(new IPEndPoint(IPAddress.Loopback, 0), answers: false);
        using var stop = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new ClamdScanner(silent.At, Patience).Scan(new MemoryStream([1]), stop.Token));
    }

    private AttachmentStore Over(IContentScanner scanner) =>
        new(Path.Combine(_folder.Path, "store"), new AttachmentLimits(), scanner);

    private ClamdScanner Scanner(bool isReal, bool local)
    {
        if (isReal) return new ClamdScanner(real.At(local), Patience);
        _plain?.Dispose();
        EndPoint at = local ? new UnixDomainSocketEndPoint(Path.Combine(_folder.Path, "plain.sock"))
            : new IPEndPoint(IPAddress.Loopback, 0);
        _plain = new PlainClamd(at);
        return new ClamdScanner(_plain.At, Patience);
    }

    private static Task<ScanResult> Scan(ClamdScanner scanner, string content) =>
        scanner.Scan(new MemoryStream(Encoding.Latin1.GetBytes(content)), Stop);
}
