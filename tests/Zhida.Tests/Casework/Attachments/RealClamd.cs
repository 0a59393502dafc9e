using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Zhida.Tests.Casework.Attachments;

/// <summary>Debian's clamd (clamav-daemon), started for a test class with one signature of its own, the test string of
/// EICAR: no database of malware is needed. Tests are skipped where it is not installed.</summary>
public sealed class RealClamd : IDisposable
{
    private const string Program = "/usr/sbin/clamd";

    private readonly TemporaryFolder _folder = new();
    private readonly Process? _process;

    public RealClamd()
    {
        if (!File.Exists(Program)) return;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Tcp = (IPEndPoint)free.LocalEndpoint;
        }
        var database = Directory.CreateDirectory(Path.Combine(_folder.Path, "database")).FullName;
        File.WriteAllText(Path.Combine(database, "eicar.ndb"),
            $"Zhida.Eicar:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(SampleFiles.Eicar))}\n");
        var settings = Path.Combine(_folder.Path, "clamd.conf");
        File.WriteAllText(settings, $"""
            Foreground yes
            DatabaseDirectory {database}
            LocalSocket {Local}
            TCPSocket {Tcp.Port}
            TCPAddr 127.0.0.1
            StreamMaxLength 1M
            """);
        _process = Process.Start(new ProcessStartInfo(Program, ["--config-file", settings])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        });
        for (var tries = 0; tries < 300 && !IsUp(); tries++) Thread.Sleep(100);
    }

    private IPEndPoint Tcp { get; } = new(IPAddress.Loopback, 0);

    private string Local => Path.Combine(_folder.Path, "clamd.sock");

    /// <summary>Where it listens; skips the test where it is not installed.</summary>
    public EndPoint At(bool local)
    {
        if (_process is null) Assert.Skip("needs Debian's clamav-daemon");
        return local ? new UnixDomainSocketEndPoint(Local) : Tcp;
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _folder.Dispose();
    }

    private bool IsUp()
    {
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(Tcp);
            return File.Exists(Local);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
