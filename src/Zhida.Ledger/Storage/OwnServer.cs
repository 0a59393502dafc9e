using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Zhida.Ledger.Storage;

/// <summary>A PostgreSQL server of one's own, for tests and measuring: on the loopback, with a port, a data folder and
/// a socket folder of its own; gone when disposed of.</summary>
public sealed class OwnServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zhida-").FullName;
    private readonly string _settings;

    /// <param name="settings">As for postgresql.conf, <c>name=value</c>; durable where nothing else is said.</param>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL, or it doesn't start.</exception>
    public OwnServer(params string[] settings)
    {
        Programs = FindPrograms() ??
            throw new InvalidOperationException("initdb is nowhere: needs Debian's postgresql");
        Port = FreePort();
        Directory.CreateDirectory(Path.Combine(_folder, "run"));
        // initdb refuses root: then the user that the package made owns the folder.
        if (Environment.IsPrivilegedProcess) Run("chown", "-R", "postgres", _folder);
        _settings = $"-p {Port} -k {Path.Combine(_folder, "run")} -c listen_addresses=127.0.0.1" +
            string.Concat(settings.Select(s => $" -c {s}"));
        Server("initdb", "-D", Data, "-U", "zhida", "-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync");
        Start();
    }

    public static bool IsInstalled => FindPrograms() is not null;

    public int Port { get; }

    /// <summary>Where initdb, pg_ctl and pgbench are.</summary>
    public string Programs { get; }

    /// <summary>For Npgsql.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=zhida;Database=postgres";

    private string Data => Path.Combine(_folder, "data");

    public void Start() =>
        Server("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-o", _settings, "start");

    /// <summary>Stops it at once, as a crash would: the next start recovers from the log of what was written.</summary>
    public void Crash() => Server("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>Stops it as an administrator would: what runs is undone, what was committed is written out.</summary>
    public void Stop() => Server("pg_ctl", "-D", Data, "-m", "fast", "-w", "stop");

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Crash();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The folder with initdb: in the PATH, or where Debian puts it.</summary>
    private static string? FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).AsEnumerable();
        if (Directory.Exists(debian))
            folders = folders.Concat(Directory.GetDirectories(debian).OrderDescending(StringComparer.Ordinal)
                .Select(d => Path.Combine(d, "bin")));
        // Where the path has but a link to it, the others are beside what it points to.
        return folders.Select(f => new FileInfo(Path.Combine(f, "initdb"))).Where(f => f.Exists)
            .Select(f => Path.GetDirectoryName((f.ResolveLinkTarget(returnFinalTarget: true) ?? f).FullName))
            .FirstOrDefault();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Server(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs, program);
        if (Environment.IsPrivilegedProcess) Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Run(path, arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        // The server would keep a pipe open; what it has to say stands in its log.
        var said = Path.Combine(_folder, "said");
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", said, program, .. arguments])
            { WorkingDirectory = _folder };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {File.ReadAllText(said)}");
    }
}
