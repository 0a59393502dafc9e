using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace Zhida.Tests.Evaluation;

/// <summary>A PostgreSQL server of one test class, on the loopback, with a port, a data folder and a socket folder of
/// its own; gone when the tests end. Tests are skipped where PostgreSQL is not installed.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly TemporaryFolder? _folder;
    private readonly string _programs = "";
    private readonly int _port;

    public PostgresServer()
    {
        if (Programs() is not { } programs) return;
        (_programs, _folder, _port) = (programs, new TemporaryFolder(), FreePort());
        var (data, sockets) = (Path.Combine(_folder.Path, "data"), Path.Combine(_folder.Path, "run"));
        Directory.CreateDirectory(sockets);
        // initdb refuses root: then the user that the package made owns the folder.
        if (Environment.IsPrivilegedProcess) Run("chown", "-R", "postgres", _folder.Path);
        Server("initdb", "-D", data, "-U", "zhida", "-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync");
        Server("pg_ctl", "-D", data, "-l", Path.Combine(_folder.Path, "log"), "-w", "-o",
            $"-p {_port} -k {sockets} -c listen_addresses=127.0.0.1 -c fsync=off", "start");
    }

    /// <summary>For Npgsql; skips the test where there is no server.</summary>
    public string ConnectionString
    {
        get
        {
            if (_folder is null) Assert.Skip("needs Debian's postgresql");
            return $"Host=127.0.0.1;Port={_port};Username=zhida;Database=postgres";
        }
    }

    /// <summary>The same as an address.</summary>
    public string Address => ConnectionString.Length > 0 ? $"postgres://zhida@127.0.0.1:{_port}/postgres" : "";

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (_folder is null) return;
        NpgsqlConnection.ClearAllPools();
        Server("pg_ctl", "-D", Path.Combine(_folder.Path, "data"), "-m", "immediate", "-w", "stop");
        _folder.Dispose();
    }

    /// <summary>The folder with initdb: in the PATH, or where Debian puts it.</summary>
    private static string? Programs()
    {
        const string debian = "/usr/lib/postgresql";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).AsEnumerable();
        if (Directory.Exists(debian))
            folders = folders.Concat(Directory.GetDirectories(debian).OrderDescending(StringComparer.Ordinal)
                .Select(d => Path.Combine(d, "bin")));
        return folders.FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Server(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess) Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Run(path, arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        // The server would keep a pipe open; what it has to say stands in its log.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", Path.Combine(_folder!.Path,
            "said"), program, .. arguments]) { WorkingDirectory = _folder.Path };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} ended with {process.ExitCode}: {File.ReadAllText(Path.Combine(_folder.Path, "said"))}");
    }
}
