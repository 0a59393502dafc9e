using System.Diagnostics;
using Npgsql;
using Zhida.Casework.Cases;

namespace Zhida.Casework.Storage;

/// <summary>The programs that come with PostgreSQL: in the path, or where Debian keeps them.</summary>
internal static class PostgresPrograms
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>Runs a program against a server; null, or why it failed.</summary>
    public static async Task<Problem?> RunAsync(string program, string connectionString, params string[] arguments)
    {
        if (Find(program) is not { } path)
            return new Problem("program", $"没有找到 {program}", "安装 Debian 的 postgresql-client");
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardError = true };
        start.Environment["PGHOST"] = server.Host;
        start.Environment["PGPORT"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = server.Database;
        start.Environment["PGUSER"] = server.Username;
        if (server.Password is { } password) start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : new Problem("program", $"{program} 失败：{said.Trim()}", "看服务器的日志");
    }

    private static string? Find(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).AsEnumerable();
        // Debian's own wrapper in the path picks a version by its clusters; the programs themselves are surer.
        if (Directory.Exists(Debian))
            folders = Directory.GetDirectories(Debian).OrderDescending(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin")).Concat(folders);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
